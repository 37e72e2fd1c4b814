import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { type Version, versionsOf } from '../catalogue/catalogue.ts';

export interface PublishedVersion extends Version {
  readonly publishedAt: Date;
  /** Null: it came with the product. */
  readonly publishedBy: string | null;
  readonly reason: string | null;
}

/** All published versions with who published them and why, the newest first. */
export async function historyOf(
  reader: Pick<Reader, 'db' | 'rows' | 'now'>,
  productId: string,
): Promise<PublishedVersion[]> {
  const versions = await versionsOf(reader, productId);
  const said = await reader.rows(sql<{
    id: string;
    publishedAt: Date;
    publishedBy: string | null;
    reason: string | null;
  }>`
    select v.id, v.published_at as "publishedAt", v.publish_reason as reason,
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = v.published_by) as "publishedBy"
    from products.versions v where v.product_id = ${productId} and v.published_at is not null`);
  const byId = new Map(said.map((one) => [one.id, one]));
  return versions.map((version) => ({ ...version, ...(byId.get(version.id) as (typeof said)[number]) }));
}
