import { sql } from 'kysely';
import type { WithdrawalObstacle, WithdrawalSubject } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';

/** The part of certificates in a withdrawal: claims that nobody has decided. */
export async function claimsInTheWay(
  reader: Reader,
  { centreId, centreNumber, productId, forBody }: WithdrawalSubject,
): Promise<WithdrawalObstacle[]> {
  const [row] = await reader.rows(sql<{ count: number }>`
    select count(*)::int as count from certificates.claims c join web_portal.published_registrations r on r.id = c.registration_id
    where c.centre_id = ${centreId} and c.state = 'submitted' and (${productId}::uuid is null or r.product_id = ${productId}::uuid)`);
  return [
    {
      name: 'Claims that are not decided',
      count: row?.count ?? 0,
      href: `/certificates${forBody ? `?centre=${centreNumber}` : ''}`,
      capability: 'certificates.view',
      whose: 'the awarding body',
    },
  ];
}
