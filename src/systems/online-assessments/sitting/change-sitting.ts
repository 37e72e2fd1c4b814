/** The only writer of a sitting's state. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { sittingChanged } from '../audit.ts';
import { type SittingEventKind, type SittingState, transition } from './states.ts';
import { deadlineOf, type SittingTime, started, stopped } from './time.ts';

/** What happens to a sitting: the kind, and what people read about why. */
export interface SittingEvent {
  readonly kind: SittingEventKind;
  /** Why, in words for the time line: "Fire alarm", "Time was over". */
  readonly reason: string;
  /** confirm_identity: kind of document seen. */
  readonly document?: string;
  /** start: what is fixed by it. */
  readonly fixes?: { readonly allowedMs: number; readonly head: Buffer; readonly deviceKey: unknown };
}

/** The row of a sitting, locked until the end of the transaction. */
export interface LockedSitting {
  readonly id: string;
  readonly centreId: string;
  readonly sessionId: string;
  readonly registrationId: string;
  readonly candidateId: string;
  readonly unitId: string;
  readonly testFormId: string;
  readonly seat: number;
  readonly state: SittingState;
  readonly time: SittingTime;
  readonly deadlineAt: Date | null;
  readonly lateUntil: Date | null;
  readonly seenAt: Date | null;
  readonly epoch: number;
  readonly deviceKey: unknown;
  readonly seatTokenHash: Buffer | null;
  readonly lastSeq: number;
  readonly head: Buffer;
  readonly extraTimePercent: number;
  readonly addedSeconds: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/**
 * Locks a sitting until the end of the transaction. Throws NotFound when there is none in the writer's scope. A second
 * writer waits: nobody acts on a state that is about to change.
 */
export async function lockSitting(writer: Writer, sittingId: string): Promise<LockedSitting> {
  const row = await writer.db
    .selectFrom('online_assessments.sittings')
    .selectAll()
    .where('id', '=', sittingId)
    .$if(writer.identity.centreId !== null, (query) =>
      query.where('centre_id', '=', writer.identity.centreId as string),
    )
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new NotFound();
  return {
    id: row.id,
    centreId: row.centre_id,
    sessionId: row.session_id,
    registrationId: row.registration_id,
    candidateId: row.candidate_id,
    unitId: row.unit_id,
    testFormId: row.test_form_id,
    seat: row.seat,
    state: row.state,
    time: { allowedMs: row.allowed_ms ?? 0, usedMs: row.used_ms, runningSince: row.running_since?.getTime() ?? null },
    deadlineAt: row.deadline_at,
    lateUntil: row.late_until,
    seenAt: row.seen_at,
    epoch: row.epoch,
    deviceKey: row.device_key,
    seatTokenHash: row.seat_token_hash,
    lastSeq: row.last_seq,
    head: row.head,
    extraTimePercent: row.extra_time_percent,
    addedSeconds: row.added_seconds,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

/** The clock after an event: which events start it, which stop it. */
function timeAfter(time: SittingTime, event: SittingEvent, at: number): SittingTime {
  switch (event.kind) {
    case 'start':
      return started({ allowedMs: event.fixes?.allowedMs ?? time.allowedMs, usedMs: 0, runningSince: null }, at);
    case 'resume':
      return started(time, at);
    case 'pause':
    case 'hand_in':
    case 'time_out':
    case 'end':
      return stopped(time, at);
    default:
      return time;
  }
}

const ENDS: readonly SittingEventKind[] = ['hand_in', 'time_out', 'end'];
const MOVES_DEADLINE: readonly SittingEventKind[] = ['start', 'resume', 'pause'];

/**
 * When a sitting ends: now, or with its last answer where that one was stored while this writer waited for the lock.
 * Nothing is ever stored after the end.
 */
async function momentOfEnd(writer: Writer, sitting: LockedSitting): Promise<Date> {
  const last = await writer.db
    .selectFrom('online_assessments.answers')
    .select('at')
    .where('sitting_id', '=', sitting.id)
    .where('seq', '=', sitting.lastSeq)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
  return later(writer.now, last?.at ?? null);
}

const later = (now: Date, other: Date | null): Date => (other && other > now ? other : now);

/**
 * Changes the state of a locked sitting: asks the rule, moves the clock, writes the row, the time line and the audit in
 * the writer's transaction. Throws Refused with the rule's sentence. Returns the sitting as it is now.
 */
export async function changeSitting(
  writer: Writer,
  sitting: LockedSitting,
  event: SittingEvent,
): Promise<LockedSitting> {
  const next = transition(sitting.state, event.kind);
  if (!next.ok) throw new Refused(next.message);
  const ends = ENDS.includes(event.kind);
  const at = ends ? await momentOfEnd(writer, sitting) : later(writer.now, sitting.endedAt);
  const time = timeAfter(sitting.time, event, at.getTime());
  const deadline = deadlineOf(time);
  // The deadline of a sitting that has ended stays on record.
  const moves = MOVES_DEADLINE.includes(event.kind);
  const deadlineAt = !moves ? sitting.deadlineAt : deadline === null ? null : new Date(deadline);
  const lateUntil = moves ? null : sitting.lateUntil;
  const personId = writer.identity.personId;
  await writer.db
    .updateTable('online_assessments.sittings')
    .set({
      state: next.to,
      state_changed_at: at,
      used_ms: time.usedMs,
      running_since: time.runningSince === null ? null : new Date(time.runningSince),
      deadline_at: deadlineAt,
      late_until: lateUntil,
      ...(ends ? { ended_at: at } : {}),
      ...(event.kind === 'confirm_identity'
        ? { identity_document: event.document ?? null, identity_confirmed_at: at, identity_confirmed_by: personId }
        : {}),
      ...(event.kind === 'start' && event.fixes
        ? {
            started_at: at,
            allowed_ms: event.fixes.allowedMs,
            epoch: Math.max(1, sitting.epoch),
            device_key: JSON.stringify(event.fixes.deviceKey),
            head: event.fixes.head,
            last_seq: 0,
            seen_at: at,
          }
        : {}),
    })
    .where('id', '=', sitting.id)
    .execute();
  await noteState(writer, sitting, next.to, event.reason, at);
  return {
    ...sitting,
    state: next.to,
    time,
    deadlineAt,
    lateUntil,
    ...(ends ? { endedAt: at } : {}),
    ...(event.kind === 'start' && event.fixes
      ? {
          startedAt: at,
          epoch: Math.max(1, sitting.epoch),
          deviceKey: event.fixes.deviceKey,
          head: event.fixes.head,
          lastSeq: 0,
          seenAt: at,
        }
      : {}),
  };
}

/** One line of the time line: who, when, why. */
async function noteState(
  writer: Writer,
  sitting: LockedSitting,
  to: SittingState,
  reason: string,
  at: Date,
): Promise<void> {
  await writer.db
    .insertInto('online_assessments.sitting_states')
    .values({
      centre_id: sitting.centreId,
      sitting_id: sitting.id,
      from_state: sitting.state,
      to_state: to,
      at,
      person_id: writer.identity.personId,
      reason,
    })
    .execute();
  await writer.audit(
    sittingChanged,
    { kind: 'sitting', id: sitting.id },
    { from: sitting.state, to, reason },
    sitting.centreId,
  );
}

/** Writes a changed clock of a sitting whose state stays (minutes added, an outage credited). */
export async function writeTime(writer: Writer, sitting: LockedSitting, time: SittingTime): Promise<LockedSitting> {
  const deadline = deadlineOf(time);
  await writer.db
    .updateTable('online_assessments.sittings')
    .set({
      allowed_ms: time.allowedMs,
      used_ms: time.usedMs,
      deadline_at: deadline === null ? null : new Date(deadline),
      late_until: null,
    })
    .where('id', '=', sitting.id)
    .execute();
  return { ...sitting, time, deadlineAt: deadline === null ? null : new Date(deadline), lateUntil: null };
}

/** Something staff must know about a sitting or session: shown on the board and in the time line. */
export async function reportIncident(
  writer: Writer,
  incident: { centreId: string; sessionId?: string; sittingId?: string; kind: string; detail: string },
): Promise<void> {
  await writer.rows(sql`insert into online_assessments.incidents (centre_id, session_id, sitting_id, kind, detail, at, reported_by)
    values (${incident.centreId}, ${incident.sessionId ?? null}, ${incident.sittingId ?? null}, ${incident.kind}, ${incident.detail}, ${writer.now},
      ${writer.identity.personId})`);
}
