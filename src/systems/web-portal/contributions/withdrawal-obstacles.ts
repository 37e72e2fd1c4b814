import { sql } from 'kysely';
import type { WithdrawalObstacle, WithdrawalSubject } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';

/** The part of the Web Portal in a withdrawal: registrations that are still active. */
export async function registrationsInTheWay(
  reader: Reader,
  { centreId, centreNumber, productId, forBody }: WithdrawalSubject,
): Promise<WithdrawalObstacle[]> {
  const [row] = await reader.rows(sql<{ count: number }>`
    select count(*)::int as count from web_portal.registrations r
    where r.centre_id = ${centreId} and r.state = 'active' and (${productId}::uuid is null or r.product_id = ${productId}::uuid)`);
  const query = new URLSearchParams({
    ...(forBody ? { centre: centreNumber } : {}),
    ...(productId ? { product: productId } : {}),
    status: 'progress',
  });
  return [
    {
      name: 'Active registrations: finish or transfer them',
      count: row?.count ?? 0,
      href: `/web-portal/candidates?${query}`,
      capability: 'web-portal.view',
      whose: 'the centre',
    },
  ];
}
