/** GET /sit/result: at once after the hand-in. */
import { sql } from 'kysely';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { submissionOf } from '../close-sitting/close-sitting.ts';
import { seatOf } from '../seat/seat.ts';
import { readSeatSitting } from '../seat/seat-sitting.ts';
import { placeFor } from '../seat/show-state.ts';
import { type ResultRow, resultPage } from './page.ts';

export async function showResult(context: Context): Promise<Answer> {
  const seat = seatOf(context.request);
  const { sitting, submission, result } = await context.services.database.read(SYSTEM, async (reader) => {
    const [row] = await reader.rows(sql<ResultRow>`
      select score, maximum, pass_mark, passed, topics, next_sitting_from from online_assessments.results
      where sitting_id = ${seat.sittingId} and released_at is not null order by version desc limit 1`);
    return {
      sitting: await readSeatSitting(reader, seat),
      submission: await submissionOf(reader, seat.sittingId),
      result: row ?? null,
    };
  });
  if (!sitting.holdsLease) return redirect('/sit');
  if (!submission) return redirect(placeFor(sitting.state, sitting.started));
  return page(
    resultPage(await context.frame(), { sitting, submission, result: sitting.state === 'released' ? result : null }),
  );
}
