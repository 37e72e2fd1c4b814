import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { searchWords } from '#web-portal';
import { CLAIM_STATES, type ClaimState } from '../claim-state/claim-state.ts';
import type { ClaimKind } from '../eligibility/eligibility.ts';
import { EXPIRES, expiresIn } from '../expiry/expiring.ts';
import { readSerial } from '../serial/serial.ts';

const text = z.string().trim().max(100).optional().catch(undefined);
export const listQuery = z.object({
  q: text,
  product: z.uuid().optional().catch(undefined),
  state: z.enum(CLAIM_STATES).optional().catch(undefined),
  /** Awards that end within so many days, or have ended. */
  expires: z.enum(EXPIRES).optional().catch(undefined),
  /** Centre number; the awarding body's people only. */
  centre: text,
  sort: z.enum(['name', 'claimed', 'number']).catch('claimed'),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(400).catch(1),
  claimed: z.string().optional().catch(undefined),
});
export type ListQuery = z.infer<typeof listQuery>;

/** The order asked for; newest first where none is. */
export function directionOf({ sort, order }: Pick<ListQuery, 'sort' | 'order'>): 'asc' | 'desc' {
  return order ?? (sort === 'claimed' ? 'desc' : 'asc');
}

const ORDERS = {
  name: sql`p.family_name, p.given_names, c.id`,
  claimed: sql`c.claimed_at, c.id`,
  number: sql`f.serial nulls last, c.id`,
} as const;
const ORDERS_DOWN = {
  name: sql`p.family_name desc, p.given_names desc, c.id desc`,
  claimed: sql`c.claimed_at desc, c.id desc`,
  number: sql`f.serial desc nulls last, c.id desc`,
} as const;

/** One claim in the list, with its certificate if it led to one. */
export interface Row {
  readonly id: string;
  readonly registrationId: string;
  readonly candidateNumber: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly title: string;
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  readonly claimedAt: Date;
  readonly reason: string | null;
  readonly certificateId: string | null;
  readonly serial: string | null;
  /** YYYY-MM-DD */
  readonly issuedOn: string | null;
  readonly centreNumber: string;
}

/** What narrows the list. A centre's people see their own centre, here and by the policies of the tables. */
function conditions(query: ListQuery, centreId: string | null, today: string, withState: boolean): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (centreId) all.push(sql`c.centre_id = ${centreId}`);
  else if (query.centre)
    all.push(sql`c.centre_id = (select id from centres_hub.published_centres where number = ${query.centre})`);
  if (query.expires) all.push(expiresIn(query.expires, today));
  if (query.product) all.push(sql`r.product_id = ${query.product}`);
  if (withState && query.state) all.push(sql`c.state = ${query.state}`);
  const typed = query.q ?? '';
  const number = readSerial(typed);
  if (number.kind === 'serial') all.push(sql`f.serial = ${number.serial}`);
  else
    for (const word of searchWords(typed)) {
      all.push(sql`p.search_text like ${containing(word)}`);
    }
  return sql.join(all, sql` and `);
}

const FROM = sql`
  from certificates.claims c
  join web_portal.published_registrations r on r.id = c.registration_id
  join web_portal.published_candidates p on p.id = r.candidate_id and p.centre_id = r.centre_id
  left join certificates.certificates f on f.claim_id = c.id`;

/** One page of the list. */
export function listRows(
  reader: Pick<Reader, 'rows' | 'now'>,
  query: ListQuery,
  centreId: string | null,
  range: { limit: number; offset: number },
): Promise<Row[]> {
  const order = (directionOf(query) === 'asc' ? ORDERS : ORDERS_DOWN)[query.sort];
  return reader.rows(sql<Row>`
    select c.id, c.registration_id as "registrationId", p.candidate_number as "candidateNumber", p.given_names as "givenNames",
      p.family_name as "familyName", d.title, c.kind, c.state, c.claimed_at as "claimedAt", c.reason, f.id as "certificateId",
      f.serial, f.issued_on as "issuedOn",
      (select number from centres_hub.published_centres o where o.id = c.centre_id) as "centreNumber"
    ${FROM}
    join products.published_products d on d.id = r.product_id
    where ${conditions(query, centreId, dayInLondon(reader.now), true)}
    order by ${order} limit ${range.limit} offset ${range.offset}`);
}

export interface Counts extends Record<ClaimState, number> {
  readonly all: number;
  /** Registrations whose rule is met and which nobody has claimed: only for a centre. */
  readonly ready: number;
}

/** The counts of the chips and the products to choose from. */
export async function listCounts(
  reader: Pick<Reader, 'rows' | 'now'>,
  query: ListQuery,
  centreId: string | null,
): Promise<{ counts: Counts; products: { id: string; title: string }[] }> {
  const chips = CLAIM_STATES.map((state) => sql`count(*) filter (where c.state = ${state}) as ${sql.ref(state)}`);
  const [row] = await reader.rows(sql<Counts & { products: { id: string; title: string }[] }>`
    select count(*) as "all", ${sql.join(chips)}, ${centreId ? readySql(centreId) : sql`0`} as ready,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title) order by title), '[]'::jsonb) from products.published_products) as products
    ${FROM} where ${conditions(query, centreId, dayInLondon(reader.now), false)}`);
  const { products, ...counts } = row as Counts & { products: { id: string; title: string }[] };
  return { counts, products };
}

function readySql(centreId: string): RawBuilder<unknown> {
  return sql`(select count(*) from web_portal.published_registrations g
    where g.centre_id = ${centreId} and g.state = 'active' and g.requirements_met_at is not null
      and not exists (select from certificates.claims w where w.registration_id = g.id and w.state in ('submitted', 'issued')))`;
}
