import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { type Asking, readableBy } from '../requests/may-read.ts';
import type { Outcome, RequestState } from '../requests/request-state.ts';
import type { RequestsQuery, Shown } from './list-query.ts';

export interface ListedRequest {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly centreNumber: string;
  readonly centreName: string;
  readonly state: RequestState;
  readonly begunBy: string | null;
  readonly assignedTo: string | null;
  readonly savedAt: Date;
  readonly submittedAt: Date | null;
  readonly dueOn: string | null;
  readonly pausedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly outcome: Outcome | null;
  readonly total: number;
}

/** Whose requests are looked at. */
export interface RequestScope {
  /** Null: of all centres. */
  readonly centreId: string | null;
  /** Only what this person may read. */
  readonly asking: Asking;
  /** The awarding body looks: drafts are the centre's own matter. */
  readonly forBody: boolean;
}

const SHOW = {
  open: sql`r.state in ('draft', 'submitted', 'question')`,
  centre: sql`r.state in ('draft', 'question')`,
  body: sql`r.state = 'submitted'`,
  draft: sql`r.state = 'draft'`,
  decided: sql`r.state = 'decided'`,
  withdrawn: sql`r.state = 'withdrawn'`,
  all: sql`true`,
} as const;

const shown = (show: Shown, today: string) =>
  show === 'overdue' ? sql`r.state = 'submitted' and r.due_on < ${today}::date` : SHOW[show];

const ORDERS = {
  due: sql`r.due_on`,
  number: sql`r.number`,
  title: sql`v.definition ->> 'title'`,
  centre: sql`o.name`,
} as const;

const inScope = ({ centreId, asking }: RequestScope) =>
  sql`(${centreId}::uuid is null or r.centre_id = ${centreId}) and ${readableBy(asking)}`;

/** The requests of a list, with how many there are in all. */
export async function findRequests(
  reader: Reader,
  scope: RequestScope,
  query: Pick<RequestsQuery, 'q' | 'show' | 'form' | 'assigned' | 'sort' | 'order' | 'page'>,
  size: number,
): Promise<ListedRequest[]> {
  const words = query.q?.replace(/^R-?(?=\d+$)/i, '') ?? '';
  const like = containing(words);
  return reader.rows(sql<ListedRequest>`
    select r.id, r.number, v.definition ->> 'title' as title, o.number as "centreNumber", o.name as "centreName", r.state,
      p.given_names || ' ' || p.family_name as "begunBy", a.given_names || ' ' || a.family_name as "assignedTo",
      r.saved_at as "savedAt", r.submitted_at as "submittedAt", r.due_on as "dueOn", r.paused_at as "pausedAt",
      r.decided_at as "decidedAt", r.outcome, count(*) over ()::int as total
    from centres_hub.requests r
      join centres_hub.form_versions v on v.id = r.form_version_id
      join centres_hub.forms f on f.id = v.form_id
      join accounts.published_organisations o on o.id = r.centre_id
      left join accounts.published_people p on p.id = r.begun_by
      left join accounts.published_people a on a.id = r.assigned_to
    where ${inScope(scope)} and ${shown(query.show, dayInLondon(reader.now))}
      and (${query.form ?? null}::text is null or f.code = ${query.form ?? null})
      and (${query.assigned ?? null}::text is null
        or (${query.assigned ?? null} = 'me' and r.assigned_to = ${reader.identity.personId})
        or (${query.assigned ?? null} = 'nobody' and r.assigned_to is null))
      and (${like}::text is null or v.definition ->> 'title' ilike ${like} or r.number::text like ${like}
        or o.name ilike ${like} or o.number like ${like})
    order by ${ORDERS[query.sort]} ${query.order === 'desc' ? sql`desc` : sql`asc`} nulls first, r.number
    limit ${size} offset ${(query.page - 1) * size}`);
}

export type RequestCounts = Readonly<Record<Shown, number>>;

/** How many requests each choice of the list shows, by all other filters left out. */
export async function countRequests(reader: Reader, scope: RequestScope): Promise<RequestCounts> {
  const [counted] = await reader.rows(sql<RequestCounts>`
    select count(*) filter (where ${SHOW.open})::int as open, count(*) filter (where ${SHOW.centre})::int as centre,
      count(*) filter (where ${SHOW.body})::int as body, count(*) filter (where ${SHOW.draft})::int as draft,
      count(*) filter (where ${SHOW.decided})::int as decided, count(*) filter (where ${SHOW.withdrawn})::int as withdrawn,
      count(*) filter (where ${shown('overdue', dayInLondon(reader.now))})::int as overdue, count(*)::int as all
    from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id where ${inScope(scope)}`);
  return counted as RequestCounts;
}

/** The forms that have been published, for the filter. */
export function publishedForms(reader: Reader): Promise<{ code: string; title: string }[]> {
  return reader.rows(sql<{ code: string; title: string }>`
    select distinct on (f.code) f.code, v.definition ->> 'title' as title
    from centres_hub.forms f join centres_hub.form_versions v on v.form_id = f.id order by f.code, v.number desc`);
}
