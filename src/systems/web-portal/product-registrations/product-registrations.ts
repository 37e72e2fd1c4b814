/** What the awarding body is shown before it sets the last dates of a product. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { InProgress } from '#products';

/** Registrations of the product that are in progress, over all centres. */
export async function registrationsOfProduct(reader: Reader, productId: string): Promise<InProgress> {
  const rows = await reader.rows(sql<{ version: number; registrations: number }>`
    select v.version, count(*)::int as registrations
    from web_portal.registrations r join products.published_versions v on v.id = r.product_version_id
    where r.product_id = ${productId} and r.state = 'active' group by v.version order by v.version desc`);
  const [whole] = await reader.rows(sql<Omit<InProgress, 'byVersion'>>`
    select count(*)::int as registrations, count(distinct r.centre_id)::int as centres,
      count(*) filter (where r.requirements_met_at is not null)::int as "readyToClaim",
      max(r.programme_start)::text as "newestStart"
    from web_portal.registrations r where r.product_id = ${productId} and r.state = 'active'`);
  return { ...(whole as Omit<InProgress, 'byVersion'>), byVersion: rows };
}
