import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { brand } from '#platform/settings/brand.ts';
import type { HubCapability } from '../capabilities/capability-answer.ts';

/** A capability that is switched off at a centre. */
export interface Stopped {
  readonly id: string;
  readonly capability: HubCapability;
  /** Null: for every product. */
  readonly productId: string | null;
  readonly productCode: string | null;
  readonly productTitle: string | null;
  readonly reason: string;
  readonly switchedOffAt: Date;
  /** By the name of that day; of older ones the awarding body. */
  readonly switchedOffBy: string;
  /** Null: until it is allowed again. */
  readonly until: Date | null;
}

/** What is switched off at a centre, newest first. */
export async function stoppedAt(reader: Pick<Reader, 'rows' | 'now'>, centreId: string): Promise<Stopped[]> {
  return reader.rows(sql<Stopped>`
    select s.id, s.capability, s.product_id as "productId", p.code as "productCode", p.title as "productTitle", s.reason,
      s.switched_off_at as "switchedOffAt", coalesce(s.switched_off_by_name, ${brand.awardingBody}) as "switchedOffBy", s.until
    from centres_hub.capability_switches s left join products.published_products p on p.id = s.product_id
    where s.centre_id = ${centreId} and s.switched_on_at is null and (s.until is null or s.until > ${reader.now})
    order by s.switched_off_at desc`);
}
