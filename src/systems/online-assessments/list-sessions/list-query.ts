import { type RawBuilder, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import type { SessionState } from '../session/sessions.ts';

export const STATES = ['planned', 'open', 'closed'] as const;
export const DAYS = ['today', 'next7', 'last7', 'last30'] as const;

const text = z.string().trim().max(60).optional().catch(undefined);
export const sessionsQuery = z.object({
  /** Room or code. */
  q: text,
  state: z.enum(STATES).optional().catch(undefined),
  day: z.enum(DAYS).optional().catch(undefined),
  /** Centre number; the awarding body's people only. */
  centre: text,
  page: z.coerce.number().int().min(1).max(400).catch(1),
});
export type SessionsQuery = z.infer<typeof sessionsQuery>;

export interface SessionRow {
  readonly id: string;
  readonly room: string;
  readonly site: string | null;
  readonly startsAt: Date;
  readonly code: string;
  readonly state: SessionState;
  /** Titles of the tests, without repetition. */
  readonly tests: readonly string[];
  readonly booked: number;
  readonly finished: number;
  readonly centreNumber: string;
  readonly centreName: string;
  readonly openedBy: string | null;
}

export interface SessionCounts extends Record<(typeof STATES)[number], number> {
  readonly all: number;
}

/** The first moment of the day in London that is `days` from the day of `now`. */
export function dayStart(now: Date, days: number): Date {
  const day = Temporal.PlainDate.from(dayInLondon(now)).add({ days });
  return new Date(day.toZonedDateTime('Europe/London').epochMilliseconds);
}

const SPANS: Record<(typeof DAYS)[number], readonly [number, number]> = {
  today: [0, 1],
  next7: [0, 7],
  last7: [-6, 1],
  last30: [-29, 1],
};

function conditions(query: SessionsQuery, centreId: string | null, now: Date, withState: boolean): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (centreId) all.push(sql`n.centre_id = ${centreId}`);
  else if (query.centre)
    all.push(sql`n.centre_id = (select id from centres_hub.published_centres where number = ${query.centre})`);
  if (query.q) {
    const like = containing(query.q);
    all.push(sql`(n.room ilike ${like} or n.code ilike ${like})`);
  }
  if (query.day) {
    const [from, to] = SPANS[query.day];
    all.push(sql`n.starts_at >= ${dayStart(now, from)} and n.starts_at < ${dayStart(now, to)}`);
  }
  if (withState && query.state) all.push(sql`n.state = ${query.state}`);
  return sql.join(all, sql` and `);
}

/** Today's first, then what comes, the nearest first, then what was, the latest first. */
export function listSessionRows(
  reader: Pick<Reader, 'rows' | 'now'>,
  query: SessionsQuery,
  centreId: string | null,
  range: { readonly limit: number; readonly offset: number },
): Promise<SessionRow[]> {
  const [today, tomorrow] = [dayStart(reader.now, 0), dayStart(reader.now, 1)];
  return reader.rows(sql<SessionRow>`
    select n.id, n.room, t.name as site, n.starts_at as "startsAt", n.code, n.state, coalesce(s.tests, '{}') as tests,
      coalesce(s.booked, 0)::int as booked, coalesce(s.finished, 0)::int as finished, c.number as "centreNumber", c.name as "centreName",
      (select given_names || ' ' || family_name from accounts.published_people where id = n.opened_by) as "openedBy"
    from online_assessments.sessions n
    join centres_hub.published_centres c on c.id = n.centre_id
    left join centres_hub.published_sites t on t.id = n.site_id
    left join lateral (
      select array_agg(distinct f.title order by f.title) as tests, count(*) as booked, count(s.ended_at) as finished
      from online_assessments.sittings s join online_assessments.test_forms f on f.id = s.test_form_id
      where s.session_id = n.id and s.centre_id = n.centre_id and s.state <> 'cancelled') s on true
    where ${conditions(query, centreId, reader.now, true)}
    order by case when n.starts_at >= ${tomorrow} then 1 when n.starts_at >= ${today} then 0 else 2 end,
      case when n.starts_at >= ${today} then n.starts_at end, n.starts_at desc, n.id
    limit ${range.limit} offset ${range.offset}`);
}

/** How many there are of each state. */
export async function countSessions(
  reader: Pick<Reader, 'rows' | 'now'>,
  query: SessionsQuery,
  centreId: string | null,
): Promise<SessionCounts> {
  const [row] = await reader.rows(sql<SessionCounts>`
    select count(*)::int as "all", count(*) filter (where n.state = 'planned')::int as planned,
      count(*) filter (where n.state = 'open')::int as open, count(*) filter (where n.state = 'closed')::int as closed
    from online_assessments.sessions n where ${conditions(query, centreId, reader.now, false)}`);
  return row ?? { all: 0, planned: 0, open: 0, closed: 0 };
}
