/** What the pages of a seat know of their sitting. Read by the system: a seat's own role may read almost nothing. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { SittingState } from '../sitting/states.ts';
import { reckoning, type SittingTime } from '../sitting/time.ts';
import type { Seat } from './seat.ts';

/** A seat is forgotten an hour after its sitting ended: the next person at the machine sees nothing. */
const SEAT_FORGOTTEN_MS = 3_600_000;

export interface SeatSitting {
  readonly id: string;
  readonly centreId: string;
  readonly state: SittingState;
  readonly time: SittingTime;
  readonly started: boolean;
  /** True when the seat that asks holds the lease. */
  readonly holdsLease: boolean;
  readonly epoch: number;
  readonly deviceKey: unknown;
  readonly lastSeq: number;
  readonly head: Buffer;
  readonly seat: number;
  readonly test: string;
  readonly formCode: string;
  readonly formVersion: number;
  readonly questions: number;
  readonly passMark: number;
  readonly hoursAfterFail: number;
  readonly baseSeconds: number;
  readonly extraTimePercent: number;
  readonly addedSeconds: number;
  readonly reckoning: string;
  readonly candidateName: string;
  readonly candidateGivenNames: string;
  readonly candidateNumber: string;
  readonly centreName: string;
  readonly endedAt: Date | null;
}

interface Row {
  id: string;
  centre_id: string;
  state: SittingState;
  allowed_ms: number | null;
  used_ms: number;
  running_since: Date | null;
  started_at: Date | null;
  ended_at: Date | null;
  seat_token_hash: Buffer | null;
  epoch: number;
  device_key: unknown;
  last_seq: number;
  head: Buffer;
  seat: number;
  title: string;
  code: string;
  version: number;
  questions: number;
  pass_mark: number;
  hours_after_fail: number;
  base_seconds: number;
  extra_time_percent: number;
  added_seconds: number;
  given_names: string;
  family_name: string;
  candidate_number: string;
  centre_name: string;
}

/** The sitting of a seat. Throws NotFound an hour after its end. */
export async function readSeatSitting(reader: Reader, seat: Seat): Promise<SeatSitting> {
  const [row] = await reader.rows(sql<Row>`
    select s.id, s.centre_id, s.state, s.allowed_ms, s.used_ms, s.running_since, s.started_at, s.ended_at, s.seat_token_hash, s.epoch, s.device_key,
      s.last_seq, s.head, s.seat, f.title, f.code, f.version, f.questions, f.pass_mark, f.hours_after_fail, f.base_seconds,
      s.extra_time_percent, s.added_seconds, c.given_names, c.family_name, c.candidate_number, o.name as centre_name
    from online_assessments.sittings s
    join online_assessments.test_forms f on f.id = s.test_form_id
    join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
    join accounts.published_organisations o on o.id = s.centre_id
    where s.id = ${seat.sittingId}`);
  if (!row) throw new NotFound();
  if (row.ended_at && reader.now.getTime() - row.ended_at.getTime() > SEAT_FORGOTTEN_MS) throw new NotFound();
  const arrangement = { extraTimePercent: row.extra_time_percent, addedSeconds: row.added_seconds };
  return {
    id: row.id,
    centreId: row.centre_id,
    state: row.state,
    time: { allowedMs: row.allowed_ms ?? 0, usedMs: row.used_ms, runningSince: row.running_since?.getTime() ?? null },
    started: row.started_at !== null,
    holdsLease: row.seat_token_hash?.toString('hex') === seat.token,
    epoch: row.epoch,
    deviceKey: row.device_key,
    lastSeq: row.last_seq,
    head: row.head,
    seat: row.seat,
    test: row.title,
    formCode: row.code,
    formVersion: row.version,
    questions: row.questions,
    passMark: row.pass_mark,
    hoursAfterFail: row.hours_after_fail,
    baseSeconds: row.base_seconds,
    ...arrangement,
    reckoning: reckoning(row.base_seconds, arrangement),
    candidateName: `${row.given_names} ${row.family_name}`,
    candidateGivenNames: row.given_names,
    candidateNumber: row.candidate_number,
    centreName: row.centre_name,
    endedAt: row.ended_at,
  };
}

/** The same in a transaction of its own. */
export function seatSitting(services: Services, seat: Seat): Promise<SeatSitting> {
  return services.database.read(SYSTEM, (reader) => readSeatSitting(reader, seat));
}
