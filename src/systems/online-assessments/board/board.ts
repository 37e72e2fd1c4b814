/** What the invigilator's board and the pages of staff read of sittings. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { type Session, sessionById } from '../session/sessions.ts';
import type { SittingState } from '../sitting/states.ts';
import { OFFLINE_AFTER_MS, remainingAt } from '../sitting/time.ts';

export interface BoardSeat {
  readonly sittingId: string;
  readonly seat: number;
  readonly name: string;
  readonly candidateNumber: string;
  readonly test: string;
  readonly state: SittingState;
  /** Booked, and somebody has entered number and code at the seat: the identity is to be confirmed. */
  readonly arrived: boolean;
  /** A sign of the seat within 15 seconds; null while there is none to expect. */
  readonly online: boolean | null;
  readonly seenAt: Date | null;
  readonly answered: number;
  readonly flagged: number;
  readonly questions: number;
  /** Null before the start. */
  readonly remainingMs: number | null;
  readonly extraTimePercent: number;
  readonly addedSeconds: number;
  readonly leftWindowCount: number;
  /** How many of them an invigilator has looked at. */
  readonly leftWindowSeen: number;
  /** Since when it is in this state, and who brought it there. */
  readonly changedAt: Date;
  readonly changedBy: string | null;
  /** Events kept outside the chain (late, after the end, from an old lease, a fork). */
  readonly heldEvents: number;
  readonly heldSeen: number;
  readonly incidents: number;
  readonly result: { readonly score: number; readonly maximum: number; readonly passed: boolean } | null;
}

export interface Board {
  readonly session: Session;
  readonly seats: readonly BoardSeat[];
}

interface Row {
  id: string;
  seat: number;
  name: string;
  candidate_number: string;
  title: string;
  state: SittingState;
  arrived: boolean;
  seen_at: Date | null;
  questions: number;
  allowed_ms: number | null;
  used_ms: number;
  running_since: Date | null;
  extra_time_percent: number;
  added_seconds: number;
  left_window_count: number;
  left_window_seen: number;
  held_seen: number;
  state_changed_at: Date;
  changed_by: string | null;
  answered: number;
  flagged: number;
  held: number;
  incidents: number;
  score: number | null;
  maximum: number | null;
  passed: boolean | null;
}

const WATCHED: readonly SittingState[] = ['checked_in', 'running', 'paused'];

/** The live board of a session in the reader's scope. Throws NotFound. */
export async function boardOf(reader: Reader, sessionId: string): Promise<Board> {
  const session = await sessionById(reader, sessionId);
  const rows = await reader.rows(sql<Row>`
    select s.id, s.seat, c.given_names || ' ' || c.family_name as name, c.candidate_number, f.title, s.state, s.seat_token_hash is not null as arrived,
      s.seen_at, f.questions, s.allowed_ms, s.used_ms, s.running_since, s.extra_time_percent, s.added_seconds, s.left_window_count,
      s.left_window_seen, s.held_seen, s.state_changed_at,
      (select t.person_id from online_assessments.sitting_states t where t.sitting_id = s.id order by t.at desc, t.id desc limit 1) as changed_by,
      coalesce(a.answered, 0)::int as answered, coalesce(a.flagged, 0)::int as flagged,
      (select count(*) from online_assessments.held_events h where h.sitting_id = s.id)::int as held,
      (select count(*) from online_assessments.incidents i where i.sitting_id = s.id and i.kind <> 'time_added')::int as incidents,
      r.score, r.maximum, r.passed
    from online_assessments.sittings s
    join online_assessments.test_forms f on f.id = s.test_form_id
    join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
    left join lateral (
      select count(*) filter (where kind = 'answer' and value <> '') as answered, count(*) filter (where kind = 'flag' and value = '1') as flagged
      from (select distinct on (kind, item) kind, item, value from online_assessments.answers
        where sitting_id = s.id and kind in ('answer', 'flag') order by kind, item, seq desc) last
    ) a on true
    left join lateral (select score, maximum, passed from online_assessments.results
      where sitting_id = s.id and released_at is not null order by version desc limit 1) r on true
    where s.session_id = ${session.id} and s.centre_id = ${session.centreId} and s.state <> 'cancelled'
    order by s.seat`);
  return { session, seats: rows.map((row) => boardSeat(row, reader.now)) };
}

function boardSeat(row: Row, now: Date): BoardSeat {
  const watched = WATCHED.includes(row.state) || (row.state === 'booked' && row.arrived);
  return {
    sittingId: row.id,
    seat: row.seat,
    name: row.name,
    candidateNumber: row.candidate_number,
    test: row.title,
    state: row.state,
    arrived: row.arrived,
    online: watched ? row.seen_at !== null && now.getTime() - row.seen_at.getTime() <= OFFLINE_AFTER_MS : null,
    seenAt: row.seen_at,
    answered: row.answered,
    flagged: row.flagged,
    questions: row.questions,
    remainingMs:
      row.allowed_ms === null
        ? null
        : remainingAt(
            { allowedMs: row.allowed_ms, usedMs: row.used_ms, runningSince: row.running_since?.getTime() ?? null },
            now.getTime(),
          ),
    extraTimePercent: row.extra_time_percent,
    addedSeconds: row.added_seconds,
    leftWindowCount: row.left_window_count,
    leftWindowSeen: row.left_window_seen,
    changedAt: row.state_changed_at,
    changedBy: row.changed_by,
    heldEvents: row.held,
    heldSeen: row.held_seen,
    incidents: row.incidents,
    result:
      row.score === null || row.maximum === null || row.passed === null
        ? null
        : { score: row.score, maximum: row.maximum, passed: row.passed },
  };
}

export interface ResultOfUnit {
  readonly sittingId: string;
  readonly unitId: string;
  readonly score: number;
  readonly maximum: number;
  readonly passMark: number;
  readonly passed: boolean;
  readonly topics: readonly { readonly topic: string; readonly score: number; readonly max: number }[];
  readonly releasedAt: Date;
  readonly nextSittingFrom: Date | null;
}

/** Released results of a registration, newest first, the newest version of each sitting. */
export async function resultsOf(reader: Reader, registrationId: string): Promise<ResultOfUnit[]> {
  const rows = await reader.rows(sql<{
    sitting_id: string;
    unit_id: string;
    score: number;
    maximum: number;
    pass_mark: number;
    passed: boolean;
    topics: ResultOfUnit['topics'];
    released_at: Date;
    next_sitting_from: Date | null;
  }>`select * from (
      select distinct on (sitting_id) sitting_id, unit_id, score, maximum, pass_mark, passed, topics, released_at, next_sitting_from
      from online_assessments.published_results
      where registration_id = ${registrationId} and (${reader.identity.centreId}::uuid is null or centre_id = ${reader.identity.centreId}::uuid)
      order by sitting_id, version desc) newest order by released_at desc`);
  return rows.map((row) => ({
    sittingId: row.sitting_id,
    unitId: row.unit_id,
    score: row.score,
    maximum: row.maximum,
    passMark: row.pass_mark,
    passed: row.passed,
    topics: row.topics,
    releasedAt: row.released_at,
    nextSittingFrom: row.next_sitting_from,
  }));
}

export interface TimelineEntry {
  readonly at: Date;
  readonly what: string;
  readonly detail: string;
  readonly personId: string | null;
}

/** Everything that happened to a sitting, oldest first (states of one moment in the order of their ids): states, gaps of saving over 10 seconds, added time, credits, held events, incidents. */
export async function timelineOf(reader: Reader, sittingId: string): Promise<TimelineEntry[]> {
  const { centreId } = reader.identity;
  const [own] = await reader.rows(sql<{ id: string }>`select id from online_assessments.sittings
    where id = ${sittingId} and (${centreId}::uuid is null or centre_id = ${centreId}::uuid)`);
  if (!own) throw new NotFound();
  const rows = await reader.rows(sql<{ at: Date; what: string; detail: string; person_id: string | null }>`
    select at, what, detail, person_id from (
    select at, to_state as what, reason as detail, person_id, id as place from online_assessments.sitting_states where sitting_id = ${sittingId}
    union all
    select until, 'save_gap', extract(epoch from until - at)::int || ' seconds without a save', null, null from (
      select at, lead(at) over (order by seq) as until from online_assessments.answers where sitting_id = ${sittingId}) gaps
    where until - at > interval '10 seconds'
    union all
    select at, 'outage_credited', (credited_ms / 1000)::int || ' seconds given back for an outage of the service', null, null
    from online_assessments.outage_credits where sitting_id = ${sittingId}
    union all
    select ended_at, 'seat_released', 'Lease ' || epoch || ' ended', null, null from online_assessments.former_seats where sitting_id = ${sittingId}
    union all
    select min(received_at), 'held_' || why, count(*) || case when count(*) = 1 then ' entry held' else ' entries held' end, null, null from online_assessments.held_events where sitting_id = ${sittingId} group by why
    union all
    select arrived_at, 'arrived', 'Candidate number and session code entered at seat ' || seat, null, null from online_assessments.sittings
    where id = ${sittingId} and arrived_at is not null
    union all
    select at, case when kind = 'time_added' then 'time_added' else 'incident' end, detail, reported_by, null from online_assessments.incidents where sitting_id = ${sittingId}
    ) entries order by at, place nulls first`);
  return rows.map(({ at, what, detail, person_id }) => ({ at, what, detail, personId: person_id }));
}

export interface HeldEventRow {
  readonly id: string;
  readonly sittingId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly why: 'late' | 'closed' | 'lease_lost' | 'fork';
  readonly event: unknown;
  readonly receivedAt: Date;
}

/** Events kept outside the chains of a session's sittings, for staff to look at. */
export async function heldEventsOf(reader: Reader, sessionId: string): Promise<HeldEventRow[]> {
  const session = await sessionById(reader, sessionId);
  const rows = await reader.db
    .selectFrom('online_assessments.held_events as h')
    .innerJoin('online_assessments.sittings as s', 's.id', 'h.sitting_id')
    .select(['h.id', 'h.sitting_id', 'h.epoch', 'h.seq', 'h.why', 'h.event', 'h.received_at'])
    .where('s.session_id', '=', session.id)
    .where('h.centre_id', '=', session.centreId)
    .orderBy('h.received_at')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    sittingId: row.sitting_id,
    epoch: row.epoch,
    seq: row.seq,
    why: row.why,
    event: row.event,
    receivedAt: row.received_at,
  }));
}
