import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { type Session, sessionById } from '../session/sessions.ts';
import type { SittingState } from '../sitting/states.ts';

export interface BookedSeat {
  readonly sittingId: string;
  readonly seat: number;
  readonly name: string;
  readonly candidateId: string;
  readonly candidateNumber: string;
  readonly test: string;
  readonly state: SittingState;
  readonly baseSeconds: number;
  readonly extraTimePercent: number;
  readonly addedSeconds: number;
  readonly score: number | null;
  readonly maximum: number | null;
  readonly passed: boolean | null;
}

export interface SessionFacts extends Session {
  readonly site: string | null;
  readonly centreName: string;
  readonly centreNumber: string;
  readonly plannedBy: string | null;
  readonly invigilator: string | null;
  readonly closedBy: string | null;
  readonly seats: readonly BookedSeat[];
  readonly incidents: readonly {
    readonly at: Date;
    readonly detail: string;
    readonly who: string | null;
    readonly seat: number | null;
  }[];
}

interface Row {
  site: string | null;
  centreName: string;
  centreNumber: string;
  plannedBy: string | null;
  invigilator: string | null;
  closedBy: string | null;
}

/** A session with everybody who is or was booked, by seat; cancelled bookings last. Throws NotFound. */
export async function sessionFacts(reader: Reader, sessionId: string): Promise<SessionFacts> {
  const session = await sessionById(reader, sessionId);
  const person = (column: 'created_by' | 'opened_by' | 'closed_by') =>
    sql`(select given_names || ' ' || family_name from accounts.published_people p where p.id = ${sql.ref(`n.${column}`)})`;
  const [facts] = await reader.rows(sql<Row>`
    select t.name as site, c.name as "centreName", c.number as "centreNumber", ${person('created_by')} as "plannedBy",
      ${person('opened_by')} as invigilator, ${person('closed_by')} as "closedBy"
    from online_assessments.sessions n
    join centres_hub.published_centres c on c.id = n.centre_id
    left join centres_hub.published_sites t on t.id = n.site_id
    where n.id = ${session.id} and n.centre_id = ${session.centreId}`);
  const seats = await reader.rows(sql<BookedSeat>`
    select s.id as "sittingId", s.seat, c.given_names || ' ' || c.family_name as name, c.id as "candidateId",
      c.candidate_number as "candidateNumber", f.title as test, s.state, f.base_seconds as "baseSeconds",
      s.extra_time_percent as "extraTimePercent", s.added_seconds as "addedSeconds", r.score, r.maximum, r.passed
    from online_assessments.sittings s
    join online_assessments.test_forms f on f.id = s.test_form_id
    join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
    left join lateral (select score, maximum, passed from online_assessments.results
      where sitting_id = s.id and released_at is not null order by version desc limit 1) r on true
    where s.session_id = ${session.id} and s.centre_id = ${session.centreId}
    order by s.state = 'cancelled', s.seat`);
  const incidents = await reader.rows(sql<SessionFacts['incidents'][number]>`
    select i.at, i.detail, s.seat,
      (select given_names || ' ' || family_name from accounts.published_people p where p.id = i.reported_by) as who
    from online_assessments.incidents i left join online_assessments.sittings s on s.id = i.sitting_id
    where i.centre_id = ${session.centreId} and i.kind <> 'time_added' and (i.session_id = ${session.id} or s.session_id = ${session.id})
    order by i.at`);
  return { ...session, ...(facts as Row), seats, incidents };
}
