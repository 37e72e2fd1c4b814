import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { sessionPlanned } from '../audit.ts';
import { newSessionCode } from '../session/code.ts';

export interface SessionToPlan {
  readonly room: string;
  readonly startsAt: Date;
  readonly siteId?: string;
}

/** Plans a session of the acting centre: a room at a time, with a code of its own. `startsAt` may be now (on demand). */
export async function planSession(
  writer: Writer,
  { room, startsAt, siteId }: SessionToPlan,
): Promise<{ readonly id: string; readonly code: string }> {
  const { centreId, personId } = writer.identity;
  if (!centreId) throw new Refused('Only a centre plans sessions. Choose the centre you act for.');
  if (startsAt.getTime() < writer.now.getTime() - 60 * 60_000)
    throw new Refused([
      { field: 'startsAt', message: 'The session would begin in the past. Choose a time from now on.' },
    ]);
  for (;;) {
    const code = newSessionCode();
    const [made] = await writer.rows(sql<{ id: string }>`
      insert into online_assessments.sessions (centre_id, site_id, room, starts_at, code, state, created_at, created_by)
      values (${centreId}, ${siteId ?? null}, ${room}, ${startsAt}, ${code}, 'planned', ${writer.now}, ${personId})
      on conflict (code) where state in ('planned', 'open') do nothing returning id`);
    if (!made) continue;
    await writer.audit(sessionPlanned, { kind: 'session', id: made.id }, { room, startsAt: startsAt.toISOString() });
    return { id: made.id, code };
  }
}
