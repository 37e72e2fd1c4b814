/**
 * The job that closes sittings nobody came back to, from the server's own log (delivery rule 11). Safe to run in
 * several processes and to be killed at any step: each sitting is one transaction, locked and checked again inside it.
 */
import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { closeSitting } from '../close-sitting/close-sitting.ts';
import { creditOutages } from '../credit-outage/credit-outage.ts';
import { heartbeatIsLate } from '../save-answer/outage-now.ts';
import { lockSitting } from '../sitting/change-sitting.ts';
import { graceEnd } from '../sitting/time.ts';

/** One round: credits outages, then closes what is past its deadline and grace. Returns how many it closed. */
export async function closeOverdueSittings(services: Services): Promise<number> {
  await creditOutages(services);
  // A gap that is not on record yet would be taken from the candidates.
  if (await heartbeatIsLate(services)) return 0;
  const now = services.clock.now();
  const due = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ id: string }>`
      select id from online_assessments.sittings where state = 'running' and deadline_at < ${now} order by deadline_at limit 500`),
  );
  let closed = 0;
  for (const { id } of due) {
    try {
      if (await closeIfOverdue(services, id)) closed++;
    } catch (error) {
      // One that cannot be closed must not keep the others open; the next round tries it again.
      services.log.error(`sitting ${id} could not be closed for time`, error);
    }
  }
  return closed;
}

async function closeIfOverdue(services: Services, id: string): Promise<boolean> {
  return services.database.write(SYSTEM, async (writer) => {
    const sitting = await lockSitting(writer, id);
    if (sitting.state !== 'running' || !sitting.deadlineAt) return false;
    const until =
      sitting.lateUntil?.getTime() ?? graceEnd(sitting.deadlineAt.getTime(), sitting.seenAt?.getTime() ?? null);
    if (writer.now.getTime() <= until) return false;
    await closeSitting(writer, services.keys, sitting, {
      kind: 'time_out',
      reason: 'The time was over and nothing more arrived',
    });
    return true;
  });
}
