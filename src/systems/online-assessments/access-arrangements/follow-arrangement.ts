/** A granted arrangement reaches the tests that are booked already; what has started keeps its clock. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { plural } from '#ui';
import type { AccessArrangement } from '#web-portal';
import { arrangementApplied } from '../audit.ts';

/** Gives the booked tests of the candidate, up to the last day, the extra time granted. Returns the sentence for the thread. */
export async function followArrangement(
  writer: Writer,
  arrangement: AccessArrangement & { readonly centreId: string },
): Promise<string[]> {
  const { candidateId, centreId, extraTimePercent, validFrom, validUntil } = arrangement;
  const booked = await writer.rows(sql<{ id: string; before: number }>`
    select s.id, s.extra_time_percent as before from online_assessments.sittings s
    join online_assessments.sessions e on e.id = s.session_id
    where s.candidate_id = ${candidateId} and s.centre_id = ${centreId} and s.state in ('booked', 'checked_in') and s.extra_time_percent <> ${extraTimePercent}
      and (e.starts_at at time zone 'Europe/London')::date between ${validFrom}::date and ${validUntil}::date
    for update of s`);
  for (const { id, before } of booked) {
    await writer.db
      .updateTable('online_assessments.sittings')
      .set({ extra_time_percent: extraTimePercent })
      .where('id', '=', id)
      .execute();
    await writer.audit(arrangementApplied, { kind: 'sitting', id }, { before, after: extraTimePercent }, centreId);
  }
  return booked.length > 0 ? [`${plural(booked.length, 'booked test')} changed to it.`] : [];
}
