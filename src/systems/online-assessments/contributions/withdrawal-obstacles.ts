import { sql } from 'kysely';
import type { WithdrawalObstacle, WithdrawalSubject } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';

/** The part of Online Assessments in a withdrawal: sessions that are planned or open, and sittings that have not ended. */
export async function testsInTheWay(
  reader: Reader,
  { centreId, productId }: WithdrawalSubject,
): Promise<WithdrawalObstacle[]> {
  const [row] = await reader.rows(sql<{ sessions: number; sittings: number }>`
    with open_sittings as (
      select s.id, s.session_id, s.state from online_assessments.sittings s
      join web_portal.published_registrations r on r.id = s.registration_id
      where s.centre_id = ${centreId} and s.state in ('booked', 'checked_in', 'running', 'paused')
        and (${productId}::uuid is null or r.product_id = ${productId}::uuid))
    select (select count(*)::int from online_assessments.sessions e where e.centre_id = ${centreId} and e.state in ('planned', 'open')
        and (${productId}::uuid is null or e.id in (select session_id from open_sittings))) as sessions,
      (select count(*)::int from open_sittings) as sittings`);
  const where = { href: '/online-assessments', capability: 'online-assessments.view', whose: 'the centre' } as const;
  return [
    { name: 'Test sessions that are planned or open: hold or cancel them', count: row?.sessions ?? 0, ...where },
    { name: 'Sittings that have not ended', count: row?.sittings ?? 0, ...where },
  ];
}
