/** Whom a published notice reaches today, and how many of them have read and confirmed it. */
import { type RawBuilder, sql } from 'kysely';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';

export interface Figures {
  readonly people: number;
  readonly read: number;
  readonly acknowledged: number;
}

export interface OrganisationFigures extends Figures {
  readonly name: string | null;
  readonly number: string | null;
}

/** Each reader and organisation once, with what he or she has done of the version that counts. */
const readers = (noticeId: string) => sql`
  readers as materialized (
    select r.person_id, r.organisation_id, d.person_id is not null as read, a.person_id is not null as acknowledged
    from connect.notices n
    cross join lateral connect.readers_of(n.id, n.published_version) r
    left join (select distinct person_id from connect.notice_readings d join connect.notices o on o.id = d.notice_id
      where d.notice_id = ${noticeId} and d.version >= o.renewed_version) d on d.person_id = r.person_id
    left join (select distinct person_id from connect.notice_acknowledgements a join connect.notices o on o.id = a.notice_id
      where a.notice_id = ${noticeId} and a.version >= o.renewed_version) a on a.person_id = r.person_id
    where n.id = ${noticeId})`;

/** The figures in all and by organisation, in one query. Somebody of two centres counts at each, and once in all. */
export async function figuresOf(
  reader: Pick<Reader, 'rows'>,
  noticeId: string,
): Promise<{ readonly all: Figures; readonly byOrganisation: readonly OrganisationFigures[] }> {
  const rows = await reader.rows(sql<OrganisationFigures & { total: boolean }>`
    with ${readers(noticeId)}
    select grouping(o.id) = 1 as total, o.name, o.number, count(distinct r.person_id)::int as people,
      count(distinct r.person_id) filter (where r.read)::int as read,
      count(distinct r.person_id) filter (where r.acknowledged)::int as acknowledged
    from readers r left join accounts.published_organisations o on o.id = r.organisation_id
    group by grouping sets ((), (o.id, o.name, o.number))
    order by total desc, o.name nulls last`);
  const none = { people: 0, read: 0, acknowledged: 0 };
  return { all: rows.find(({ total }) => total) ?? none, byOrganisation: rows.filter(({ total }) => !total) };
}

export interface Missing {
  readonly personId: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string | null;
  /** Names of the organisations by which the notice reaches the person. */
  readonly organisations: string;
  readonly read: boolean;
  readonly total: number;
}

/** Those who have not confirmed it, or where nothing is confirmed not read it, by name. */
export function missingReaders(
  reader: Pick<Reader, 'rows'>,
  noticeId: string,
  what: 'acknowledged' | 'read',
  { q, limit, offset }: { q?: string | undefined; limit: number; offset: number },
): Promise<Missing[]> {
  const like = containing(q);
  const lacks: RawBuilder<unknown> = what === 'read' ? sql`not r.read` : sql`not r.acknowledged`;
  return reader.rows(sql<Missing>`
    with ${readers(noticeId)}
    select p.id as "personId", p.given_names as "givenNames", p.family_name as "familyName", p.email,
      coalesce(string_agg(o.name, ', ' order by o.name), '') as organisations, bool_or(r.read) as read, count(*) over ()::int as total
    from readers r
    join accounts.published_people p on p.id = r.person_id
    left join accounts.published_organisations o on o.id = r.organisation_id
    where ${lacks}
    group by p.id, p.given_names, p.family_name, p.email
    having ${like}::text is null or p.given_names || ' ' || p.family_name || ' ' || coalesce(string_agg(o.name || ' ' || o.number, ' '), '') ilike ${like}
    order by p.family_name, p.given_names, p.id limit ${limit} offset ${offset}`);
}
