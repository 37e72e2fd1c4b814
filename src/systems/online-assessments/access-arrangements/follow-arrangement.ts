/** A granted arrangement reaches the tests that are booked already; what has started keeps its clock. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { plural } from '#ui';
import type { AccessArrangement } from '#web-portal';
import { arrangementApplied } from '../audit.ts';
import { extraTimeUnder } from './extra-time.ts';

/**
 * Gives the tests of the candidate that are booked at the centre the extra time that now holds on their day. Time that
 * the centre gave by itself is never taken away. Returns the sentence for the thread.
 */
export async function followArrangement(
  writer: Writer,
  arrangement: AccessArrangement & { readonly centreId: string },
): Promise<string[]> {
  const { candidateId, centreId, extraTimePercent, validFrom, validUntil } = arrangement;
  const booked = await writer.rows(sql<{ id: string; before: number; held: boolean }>`
    select s.id, s.extra_time_percent as before,
      (e.starts_at at time zone 'Europe/London')::date between ${validFrom}::date and ${validUntil}::date as held
    from online_assessments.sittings s join online_assessments.sessions e on e.id = s.session_id
    where s.candidate_id = ${candidateId} and s.centre_id = ${centreId} and s.state in ('booked', 'checked_in')
    for update of s`);
  let changed = 0;
  for (const { id, before, held } of booked) {
    const after = extraTimeUnder(before, held ? extraTimePercent : 0);
    if (after === before) continue;
    changed += 1;
    await writer.db
      .updateTable('online_assessments.sittings')
      .set({ extra_time_percent: after })
      .where('id', '=', id)
      .execute();
    await writer.audit(arrangementApplied, { kind: 'sitting', id }, { before, after }, centreId);
  }
  return changed > 0 ? [`${plural(changed, 'booked test')} changed to it.`] : [];
}
