/** What an act of the invigilator is about: one sitting, or everyone of a session. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { Which } from '../pause-sitting/pause-sitting.ts';
import { sessionById } from '../session/sessions.ts';
import type { SittingState } from '../sitting/states.ts';

export interface SittingFacts {
  readonly id: string;
  readonly centreId: string;
  readonly sessionId: string;
  readonly registrationId: string;
  readonly candidateId: string;
  readonly name: string;
  readonly candidateNumber: string;
  /** YYYY-MM-DD, to compare with the document. */
  readonly birthDate: string;
  readonly seat: number;
  readonly test: string;
  readonly state: SittingState;
  readonly room: string;
}

export interface Target {
  readonly which: Which;
  readonly sessionId: string;
  readonly centreId: string;
  readonly room: string;
  /** "Aaron Pike at seat 3", or "everyone in Room B12". */
  readonly who: string;
  /** Null when everyone is meant. */
  readonly sitting: SittingFacts | null;
  /** How many it reaches now: working and paused. */
  readonly working: number;
  readonly paused: number;
}

/** A sitting in the reader's scope with its candidate. Throws NotFound. */
export async function sittingFacts(reader: Reader, sittingId: string): Promise<SittingFacts> {
  const { centreId } = reader.identity;
  const [facts] = await reader.rows(sql<SittingFacts>`
    select s.id, s.centre_id as "centreId", s.session_id as "sessionId", s.registration_id as "registrationId",
      s.candidate_id as "candidateId", c.given_names || ' ' || c.family_name as name,
      c.candidate_number as "candidateNumber", c.birth_date as "birthDate", s.seat, f.title as test, s.state, n.room
    from online_assessments.sittings s
    join online_assessments.sessions n on n.id = s.session_id
    join online_assessments.test_forms f on f.id = s.test_form_id
    join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
    where s.id = ${sittingId} and (${centreId}::uuid is null or s.centre_id = ${centreId}::uuid)`);
  if (!facts) throw new NotFound();
  return facts;
}

/** One sitting as target. Throws NotFound. */
export async function sittingTarget(reader: Reader, sittingId: string): Promise<Target> {
  const sitting = await sittingFacts(reader, sittingId);
  return {
    which: { sittingId },
    sessionId: sitting.sessionId,
    centreId: sitting.centreId,
    room: sitting.room,
    who: `${sitting.name} at seat ${sitting.seat}`,
    sitting,
    working: sitting.state === 'running' ? 1 : 0,
    paused: sitting.state === 'paused' ? 1 : 0,
  };
}

/** Everyone of a session as target. Throws NotFound. */
export async function sessionTarget(reader: Reader, sessionId: string): Promise<Target> {
  const session = await sessionById(reader, sessionId);
  const [count] = await reader.rows(sql<{ working: number; paused: number }>`
    select count(*) filter (where state = 'running')::int as working, count(*) filter (where state = 'paused')::int as paused
    from online_assessments.sittings where session_id = ${session.id} and centre_id = ${session.centreId}`);
  return {
    which: { sessionId: session.id },
    sessionId: session.id,
    centreId: session.centreId,
    room: session.room,
    who: `everyone in ${session.room}`,
    sitting: null,
    working: count?.working ?? 0,
    paused: count?.paused ?? 0,
  };
}
