/** The server's own downtime is always credited in full (delivery rule 7). */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { outageCredited } from '../audit.ts';
import { type LockedSitting, lockSitting, writeTime } from '../sitting/change-sitting.ts';
import { OPEN_STATES } from '../sitting/states.ts';
import { overlapMs, withCredit } from '../sitting/time.ts';

export interface Outage {
  readonly id: string;
  readonly beganAt: Date;
  readonly endedAt: Date;
}

/**
 * Gives a locked, open sitting back the part of the outage in which its clock ran, by the time line of its states.
 * Once for each outage and sitting: a second call changes nothing. Returns the sitting as it is now.
 */
export async function creditOutage(writer: Writer, sitting: LockedSitting, outage: Outage): Promise<LockedSitting> {
  if (!OPEN_STATES.includes(sitting.state)) return sitting;
  const states = await writer.db
    .selectFrom('online_assessments.sitting_states')
    .select(['to_state', 'at'])
    .where('sitting_id', '=', sitting.id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const span = { from: outage.beganAt.getTime(), to: outage.endedAt.getTime() };
  let ms = 0;
  states.forEach(({ to_state, at }, index) => {
    if (to_state !== 'running') return;
    // A clock that still runs has run until now, and nothing that is yet to come is given back.
    const until = states[index + 1]?.at.getTime() ?? writer.now.getTime();
    ms += overlapMs(span, { from: at.getTime(), to: until });
  });
  if (ms <= 0) return sitting;
  const [credited] = await writer.rows(sql<{ sitting_id: string }>`
    insert into online_assessments.outage_credits (sitting_id, outage_id, centre_id, credited_ms, at)
    values (${sitting.id}, ${outage.id}, ${sitting.centreId}, ${ms}, ${writer.now})
    on conflict do nothing returning sitting_id`);
  if (!credited) return sitting;
  await writer.audit(
    outageCredited,
    { kind: 'sitting', id: sitting.id },
    { outageId: outage.id, milliseconds: ms },
    sitting.centreId,
  );
  return writeTime(writer, sitting, withCredit(sitting.time, ms));
}

/** Credits every outage on record to every open sitting that was running in it and has no credit yet. */
export async function creditOutages(services: Services): Promise<number> {
  const due = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ sitting_id: string; id: string; began_at: Date; ended_at: Date }>`
      select s.id as sitting_id, o.id, o.began_at, o.ended_at
      from online_assessments.sittings s
      join platform.outages o on o.ended_at > s.started_at
      where s.state in ('running', 'paused')
        and not exists (select from online_assessments.outage_credits c where c.sitting_id = s.id and c.outage_id = o.id)
        and exists (select from online_assessments.sitting_states t
          where t.sitting_id = s.id and t.to_state = 'running' and t.at < o.ended_at)
      order by s.id, o.began_at`),
  );
  for (const { sitting_id, id, began_at, ended_at } of due) {
    await services.database.write(SYSTEM, async (writer) => {
      await creditOutage(writer, await lockSitting(writer, sitting_id), { id, beganAt: began_at, endedAt: ended_at });
    });
  }
  return due.length;
}
