/** Late registrations and the rate of each centre, as the database tells them. */
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { listFields } from '#ui';
import { searchWords } from '../names/names.ts';
import { DAYS_ALLOWED } from '../programme-days/programme-days.ts';

export const LATE = '/web-portal/late-registrations';

const number = z.string().trim().max(10).optional().catch(undefined);
const period = z.enum(['all']).optional().catch(undefined);
export const lateQuery = z.object({
  ...listFields(['registered', 'days', 'name', 'centre'], 'desc'),
  product: z.uuid().optional().catch(undefined),
  /** Centre number; the awarding body's people only. */
  centre: number,
  waived: z.enum(['no', 'yes']).optional().catch(undefined),
  period,
});
export type LateQuery = z.infer<typeof lateQuery>;

export const rateQuery = z.object({
  ...listFields(['rate', 'late', 'centre'], 'desc'),
  product: z.uuid().optional().catch(undefined),
  period,
});
export type RateQuery = z.infer<typeof rateQuery>;

/** What the list and the rates look back upon, unless all is asked for. */
const MONTHS = 12;
export const PERIOD_CHOICES = [
  { value: '', label: `The last ${MONTHS} months` },
  { value: 'all', label: 'All time' },
];

const since = (asked: { readonly period?: 'all' | undefined }, now: Date): RawBuilder<unknown> =>
  asked.period === 'all' ? sql`true` : sql`r.registered_at > ${now}::timestamptz - make_interval(months => ${MONTHS})`;

export interface LateRow {
  readonly id: string;
  readonly candidateId: string;
  readonly number: string;
  readonly name: string;
  readonly centreNumber: string;
  readonly centreName: string;
  readonly title: string;
  readonly programmeStart: string;
  readonly registeredAt: Date;
  readonly registeredBy: string | null;
  readonly daysLate: number;
  readonly state: string;
  readonly waivedFrom: Date | null;
  readonly waivedTo: Date | null;
}

/** What counts: a void one never did, and one that was transferred counts where it was made. */
const COUNTS = sql`r.state <> 'void' and r.transferred_from is null`;

function conditions(asked: LateQuery, centreId: string | null, now: Date, withWaived: boolean): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`r.late`, COUNTS, since(asked, now)];
  if (centreId) all.push(sql`r.centre_id = ${centreId}`, sql`j.centre_id = ${centreId}`);
  else if (asked.centre) all.push(sql`o.number = ${asked.centre}`);
  if (asked.product) all.push(sql`r.product_id = ${asked.product}`);
  for (const word of searchWords(asked.q ?? '')) all.push(sql`j.search_text like ${containing(word)}`);
  if (withWaived && asked.waived)
    all.push(asked.waived === 'yes' ? sql`w.registration_id is not null` : sql`w.registration_id is null`);
  return sql.join(all, sql` and `);
}

const FROM = sql`web_portal.registrations r
  join web_portal.centre_candidates j on j.centre_id = r.centre_id and j.candidate_id = r.candidate_id
  join web_portal.candidates c on c.id = r.candidate_id
  join products.published_products p on p.id = r.product_id
  join centres_hub.published_centres o on o.id = r.centre_id
  left join web_portal.lateness_waivers w on w.registration_id = r.id`;

const ORDERS: Record<LateQuery['sort'], RawBuilder<unknown>> = {
  registered: sql`r.registered_at`,
  days: sql`r.days_used`,
  name: sql`c.family_name`,
  centre: sql`o.number`,
};

export function lateRows(
  reader: Reader,
  asked: LateQuery,
  centreId: string | null,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<LateRow[]> {
  const direction = asked.order === 'asc' ? sql`asc` : sql`desc`;
  return reader.rows(sql<LateRow>`
    select r.id, r.candidate_id as "candidateId", c.candidate_number as number, c.family_name || ', ' || c.given_names as name,
      o.number as "centreNumber", o.name as "centreName", p.title, r.programme_start as "programmeStart",
      r.registered_at as "registeredAt", r.days_used - ${DAYS_ALLOWED}::int as "daysLate", r.state,
      (select given_names || ' ' || family_name from accounts.published_people where id = r.registered_by) as "registeredBy",
      w.outage_began_at as "waivedFrom", w.outage_ended_at as "waivedTo"
    from ${FROM} where ${conditions(asked, centreId, reader.now, true)}
    order by ${ORDERS[asked.sort]} ${direction}, r.id limit ${limit} offset ${offset}`);
}

export async function lateCounts(
  reader: Reader,
  asked: LateQuery,
  centreId: string | null,
): Promise<{ readonly all: number; readonly waived: number }> {
  const [row] = await reader.rows(sql<{ all: number; waived: number }>`
    select count(*)::int as "all", count(w.registration_id)::int as waived
    from ${FROM} where ${conditions(asked, centreId, reader.now, false)}`);
  return row ?? { all: 0, waived: 0 };
}

export interface RateRow {
  readonly centreNumber: string;
  readonly centreName: string;
  /** Registrations for regulated products. */
  readonly registered: number;
  /** Late ones, without those that an outage of ours waives. */
  readonly late: number;
  readonly waived: number;
}

/** Registrations of regulated products by centre, of one where its number is asked for, and how many of them were late. */
export function lateRates(
  reader: Reader,
  asked: Pick<RateQuery, 'product' | 'period'> & Pick<Partial<LateQuery>, 'centre'>,
  centreId: string | null,
): Promise<RateRow[]> {
  return reader.rows(sql<RateRow>`
    select o.number as "centreNumber", o.name as "centreName", count(*)::int as registered,
      count(*) filter (where r.late and w.registration_id is null)::int as late, count(w.registration_id)::int as waived
    from web_portal.registrations r
    join products.published_products p on p.id = r.product_id and p.regulated
    join centres_hub.published_centres o on o.id = r.centre_id
    left join web_portal.lateness_waivers w on w.registration_id = r.id
    where ${since(asked, reader.now)} and ${COUNTS} and (${centreId}::uuid is null or r.centre_id = ${centreId}::uuid)
      and (${asked.centre ?? null}::text is null or o.number = ${asked.centre ?? null})
      and (${asked.product ?? null}::uuid is null or r.product_id = ${asked.product ?? null}::uuid)
    group by o.number, o.name order by o.number`);
}

/** "1.4%", of registrations for regulated products; null when there were none. */
export function rateInWords({ registered, late }: Pick<RateRow, 'registered' | 'late'>): string | null {
  return registered === 0 ? null : `${((late / registered) * 100).toFixed(1)}%`;
}

export async function productChoices(reader: Reader): Promise<{ id: string; title: string }[]> {
  return reader.rows(sql<{ id: string; title: string }>`
    select id, title from products.published_products where regulated order by title`);
}
