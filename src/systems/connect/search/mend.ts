import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

/** Looks through one kind of the search table when it is due, each once a day. Returns what was mended, or null. */
export async function mendSearch({ database, log }: Services): Promise<{ kind: string; mended: number } | null> {
  const [done] = await database.write(SYSTEM, ({ rows, now }) =>
    rows(sql<{ kind: string; mended: number }>`select kind, mended from platform.mend_search_when_due(${now})`),
  );
  if (done && done.mended > 0)
    log.error(`The search table was wrong about ${done.mended} of kind ${done.kind}, and was mended.`);
  return done ?? null;
}
