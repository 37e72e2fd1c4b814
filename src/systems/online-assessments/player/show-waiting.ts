/** GET /sit/waiting: right without script, which asks again by itself; on to where the seat belongs when it is elsewhere. */
import { sql } from 'kysely';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { seatOf } from '../seat/seat.ts';
import { readSeatSitting } from '../seat/seat-sitting.ts';
import { placeFor } from '../seat/show-state.ts';
import { waitingPage } from './waiting-page.ts';

export async function showWaiting(context: Context): Promise<Answer> {
  const seat = seatOf(context.request);
  const { sitting, invigilators } = await context.services.database.read(SYSTEM, async (reader) => ({
    sitting: await readSeatSitting(reader, seat),
    invigilators: await reader.rows(sql<{ name: string }>`
      select distinct p.given_names || ' ' || p.family_name as name
      from online_assessments.sittings s
      join online_assessments.session_invigilators i on i.session_id = s.session_id
      join accounts.published_people p on p.id = i.person_id
      where s.id = ${seat.sittingId} order by 1`),
  }));
  if (!sitting.holdsLease) return redirect('/sit');
  const place = placeFor(sitting.state, sitting.started);
  if (place !== '/sit/waiting') return redirect(place);
  return page(
    waitingPage(await context.frame(), { state: sitting, invigilators: invigilators.map(({ name }) => name) }),
  );
}
