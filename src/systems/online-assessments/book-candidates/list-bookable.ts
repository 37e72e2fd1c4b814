/** Who of a centre could be booked for which test at a moment. */
import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { type AccessArrangement, arrangementsOn } from '#web-portal';
import { DELEGATED_PERCENT } from '../access-arrangements/extra-time.ts';
import { type Availability, availability } from '../availability/availability.ts';
import { readAvailability } from '../availability/read-availability.ts';
import { reckoning } from '../sitting/time.ts';

export const bookableQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  product: z.uuid().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(400).catch(1),
});
export type BookableQuery = z.infer<typeof bookableQuery>;

export const PAGE_SIZE = 25;

/** A unit of a registration that is tested online and not achieved yet. */
export interface Bookable {
  readonly registrationId: string;
  readonly unitId: string;
  readonly name: string;
  readonly candidateNumber: string;
  readonly product: string;
  readonly test: string;
  readonly baseSeconds: number;
  readonly answer: Availability;
  /** What was granted to the candidate for that day. */
  readonly arrangement: AccessArrangement | null;
}

interface Row extends Omit<Bookable, 'answer' | 'arrangement'> {
  readonly candidateId: string;
  readonly total: number;
}

/** One page of them, by name, each with the rule's answer for the moment `at`. */
export async function listBookable(
  reader: Reader,
  centreId: string,
  query: BookableQuery,
  at: Date,
): Promise<{
  readonly rows: readonly Bookable[];
  readonly total: number;
  readonly products: readonly { readonly id: string; readonly title: string }[];
}> {
  const words = (query.q ?? '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').split(/\s+/).filter(Boolean);
  const matches = words.map((word) => sql`c.search_text like ${containing(word)}`);
  const conditions = sql.join(
    [sql`true`, ...matches, ...(query.product ? [sql`r.product_id = ${query.product}`] : [])],
    sql` and `,
  );
  const from = sql`
    from web_portal.published_registrations r
    join web_portal.published_candidates c on c.id = r.candidate_id and c.centre_id = r.centre_id
    join products.published_products p on p.id = r.product_id
    join products.published_units u on u.version_id = r.product_version_id and u.assessed_by = 'online_test'
    join lateral (
      select f.title, f.base_seconds from online_assessments.test_forms f
      where f.product_id = r.product_id and f.unit_code = u.code and f.published_at is not null and f.withdrawn_at is null
      order by f.published_at desc, f.version desc limit 1) f on true
    where r.centre_id = ${centreId} and r.state = 'active' and not exists (
      select from web_portal.published_unit_achievements a where a.registration_id = r.id and a.unit_id = u.id)`;
  const rows = await reader.rows(sql<Row>`
    select r.id as "registrationId", u.id as "unitId", c.id as "candidateId", c.given_names || ' ' || c.family_name as name,
      c.candidate_number as "candidateNumber", p.title as product, f.title as test, f.base_seconds as "baseSeconds",
      count(*) over ()::int as total
    ${from} and ${conditions}
    order by c.family_name, c.given_names, r.id, u.position limit ${PAGE_SIZE} offset ${(query.page - 1) * PAGE_SIZE}`);
  const bookable: Bookable[] = [];
  const candidateIds = rows.map(({ candidateId }) => candidateId);
  const arrangements = await arrangementsOn(reader, { candidateIds, day: dayInLondon(at) });
  for (const { total: _, candidateId, ...row } of rows) {
    const { facts } = await readAvailability(reader, row);
    bookable.push({ ...row, answer: availability(facts, at), arrangement: arrangements.get(candidateId) ?? null });
  }
  const products = await reader.rows(
    sql<{ id: string; title: string }>`select distinct p.id, p.title ${from} order by p.title`,
  );
  return { rows: bookable, total: rows[0]?.total ?? 0, products };
}

/** What an arrangement can be, with the time it makes: "25 % extra: 60 minutes = 48 + 25 %". */
export function extraTimeChoices(baseSeconds: number, granted: number): { value: string; label: string }[] {
  const offered = new Set([0, 10, 15, 20, DELEGATED_PERCENT, granted]);
  return [...offered]
    .sort((a, b) => a - b)
    .map((extraTimePercent) => ({
      value: String(extraTimePercent),
      label:
        extraTimePercent === 0
          ? `No extra time: ${reckoning(baseSeconds, { extraTimePercent, addedSeconds: 0 })}`
          : `${extraTimePercent} % extra: ${reckoning(baseSeconds, { extraTimePercent, addedSeconds: 0 })}`,
    }));
}
