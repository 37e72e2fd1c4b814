import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { searchWords } from '../names/names.ts';
import type { RegistrationState } from '../registration-state/registration-state.ts';
import { COLUMN_KEYS } from './column-keys.ts';

/** The views of the list, each a chip with its count; the last one only while it is looked at. */
export const STATUSES = ['progress', 'ready', 'late', 'completed', 'withdrawn', 'ended', 'no_uln'] as const;
export type Status = (typeof STATUSES)[number];

export const STATUS_WORDS: Record<Status, string> = {
  progress: 'In progress',
  ready: 'All units achieved',
  late: 'Registered late',
  completed: 'Completed',
  withdrawn: 'Withdrawn',
  ended: 'Ended otherwise',
  no_uln: 'Without ULN',
};

/** Sort orders: the key in the address, and the columns; the id makes the order total. */
const ORDERS = {
  name: sql`c.family_name, c.given_names, r.id`,
  number: sql`c.candidate_number, r.id`,
  registered: sql`r.registered_at, r.id`,
} as const;
const ORDERS_DOWN = {
  name: sql`c.family_name desc, c.given_names desc, r.id desc`,
  number: sql`c.candidate_number desc, r.id desc`,
  registered: sql`r.registered_at desc, r.id desc`,
} as const;

const text = z.string().trim().max(100).optional().catch(undefined);
export const listQuery = z.object({
  q: text,
  product: z.uuid().optional().catch(undefined),
  cohort: text,
  status: z.enum(STATUSES).optional().catch(undefined),
  /** Centre number; the awarding body's people only. */
  centre: text,
  sort: z.enum(['name', 'number', 'registered']).catch('registered'),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(400).catch(1),
  /** The columns chosen, beside the name. */
  columns: z
    .union([z.string(), z.array(z.string())])
    .transform((value) => {
      const named = [value].flat().flatMap((one) => one.split(','));
      const known = COLUMN_KEYS.filter((key) => named.includes(key));
      return known.length > 0 ? known : undefined;
    })
    .optional()
    .catch(undefined),
});
export type ListQuery = z.infer<typeof listQuery>;

/** The order asked for; newest first where none is. */
export function directionOf({ sort, order }: ListQuery): 'asc' | 'desc' {
  return order ?? (sort === 'registered' ? 'desc' : 'asc');
}

/** One registration in the list, with its candidate. */
export interface Row {
  readonly id: string;
  readonly candidateId: string;
  readonly number: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly title: string;
  /** The day in London, YYYY-MM-DD, told by the database: 50 dates by Intl would cost more than the query. */
  readonly registeredOn: string;
  readonly programmeStart: string;
  readonly daysUsed: number;
  readonly late: boolean;
  readonly regulated: boolean;
  readonly state: RegistrationState;
  readonly unitsNeeded: number;
  readonly unitsAchieved: number;
  readonly requirementsMet: boolean;
  readonly centreNumber: string;
  readonly centreReference: string | null;
  readonly orderReference: string | null;
  readonly hasUln: boolean;
  readonly cohort: string | null;
  readonly waived: boolean;
}

/** What narrows the list. Every centre's person sees the own centre only, here and by the policies of the tables. */
function conditions(query: ListQuery, centreId: string | null, withStatus: boolean): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (centreId) all.push(sql`r.centre_id = ${centreId}`, sql`j.centre_id = ${centreId}`);
  else if (query.centre)
    all.push(sql`r.centre_id = (select id from centres_hub.published_centres where number = ${query.centre})`);
  if (query.cohort) all.push(sql`r.cohort = ${query.cohort}`);
  if (query.product) all.push(sql`r.product_id = ${query.product}`);
  for (const word of searchWords(query.q ?? '')) {
    all.push(sql`j.search_text like ${containing(word)}`);
  }
  if (withStatus && query.status) all.push(STATUS_SQL[query.status]);
  return sql.join(all, sql` and `);
}

const STATUS_SQL: Record<Status, RawBuilder<unknown>> = {
  progress: sql`(r.state = 'active' and r.requirements_met_at is null)`,
  ready: sql`(r.state = 'active' and r.requirements_met_at is not null)`,
  late: sql`r.late`,
  completed: sql`r.state = 'completed'`,
  withdrawn: sql`r.state = 'withdrawn'`,
  ended: sql`r.state in ('transferred', 'lapsed', 'void')`,
  no_uln: sql`(r.state = 'active' and c.uln is null)`,
};

/** One page of the list. `limit` rows from `offset` on. */
export function listRows(
  reader: Pick<Reader, 'rows'>,
  query: ListQuery,
  centreId: string | null,
  range: { limit: number; offset: number },
): Promise<Row[]> {
  const order = (directionOf(query) === 'asc' ? ORDERS : ORDERS_DOWN)[query.sort];
  return reader.rows(sql<Row>`
    select r.id, r.candidate_id as "candidateId", c.candidate_number as number, c.given_names as "givenNames",
      c.family_name as "familyName", p.title, (r.registered_at at time zone 'Europe/London')::date as "registeredOn", r.programme_start as "programmeStart",
      r.days_used as "daysUsed", r.late, p.regulated, r.state, r.units_needed as "unitsNeeded",
      r.units_achieved as "unitsAchieved", r.requirements_met_at is not null as "requirementsMet",
      ${centreId ? sql`''` : sql`(select number from centres_hub.published_centres o where o.id = r.centre_id)`} as "centreNumber",
      j.centre_reference as "centreReference", r.order_reference as "orderReference", c.uln is not null as "hasUln", r.cohort,
      exists (select from web_portal.lateness_waivers w where w.registration_id = r.id) as waived
    from web_portal.registrations r
    join web_portal.centre_candidates j on j.centre_id = r.centre_id and j.candidate_id = r.candidate_id
    join web_portal.candidates c on c.id = r.candidate_id
    join products.published_products p on p.id = r.product_id
    where ${conditions(query, centreId, true)}
    order by ${order} limit ${range.limit} offset ${range.offset}`);
}

export interface Counts extends Record<Status, number> {
  readonly all: number;
  readonly candidates: number;
}

/** The filters' choices, and the counts of the chips for one centre; null over all centres, where counting would cost more than it tells. */
export async function listCounts(
  reader: Pick<Reader, 'rows'>,
  query: ListQuery,
  centreId: string | null,
): Promise<{ counts: Counts | null; products: { id: string; title: string }[] }> {
  const products = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title) order by title), '[]'::jsonb) from products.published_products)`;
  if (!centreId && !query.centre) {
    const [row] = await reader.rows(sql<{ products: { id: string; title: string }[] }>`select ${products} as products`);
    return { counts: null, products: row?.products ?? [] };
  }
  const chips = STATUSES.map((status) => sql`count(*) filter (where ${STATUS_SQL[status]}) as ${sql.ref(status)}`);
  const [row] = await reader.rows(sql<Counts & { products: { id: string; title: string }[] }>`
    select count(*) as "all", count(distinct r.candidate_id) as candidates, ${sql.join(chips)}, ${products} as products
    from web_portal.registrations r
    join web_portal.centre_candidates j on j.centre_id = r.centre_id and j.candidate_id = r.candidate_id
    join web_portal.candidates c on c.id = r.candidate_id
    where ${conditions(query, centreId, false)}`);
  if (!row) return { counts: null, products: [] };
  const { products: choices, ...counts } = row;
  return { counts, products: choices };
}
