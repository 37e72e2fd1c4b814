import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { type FieldError, Refused } from '#platform/http/answers.ts';
import { arrangementOn, holdArrangements } from '#web-portal';
import { extraTimeProblem } from '../access-arrangements/extra-time.ts';
import { candidateBooked } from '../audit.ts';
import { availability } from '../availability/availability.ts';
import { readAvailability } from '../availability/read-availability.ts';
import { lockSession } from '../session/sessions.ts';
import { changeSitting, lockSitting } from '../sitting/change-sitting.ts';

/** A candidate's registration and the unit to be tested, with the approved access arrangement. */
export interface Booking {
  readonly registrationId: string;
  readonly unitId: string;
  /** Left out: the next free seat. */
  readonly seat?: number;
  /** Left out: what was granted to the candidate for that day. */
  readonly extraTimePercent?: number;
  readonly addedSeconds?: number;
}

/**
 * Books candidates to seats of a session that has not ended, all or none; returns the sittings in the order given.
 * Throws Refused with one sentence for each candidate who may not sit at the session's time: field `registrationId`.
 */
export async function bookCandidates(
  writer: Writer,
  { sessionId, bookings }: { readonly sessionId: string; readonly bookings: readonly Booking[] },
): Promise<string[]> {
  const session = await lockSession(writer, sessionId);
  if (session.state !== 'planned' && session.state !== 'open')
    throw new Refused(`The session is ${session.state}. Plan another one and book the candidates there.`);
  const taken = new Set(
    (
      await writer.db
        .selectFrom('online_assessments.sittings')
        .select('seat')
        .where('session_id', '=', session.id)
        .execute()
    ).map(({ seat }) => seat),
  );
  const at = new Date(Math.max(session.startsAt.getTime(), writer.now.getTime()));
  const errors: FieldError[] = [];
  const ids: string[] = [];
  for (const booking of bookings) {
    const unit = await readAvailability(writer, booking);
    const answer = availability(unit.facts, at);
    if (!answer.available || !unit.form) {
      const why = answer.available ? [] : answer.obstacles.map(({ message }) => message);
      errors.push({ field: 'registrationId', message: why.join(' ') });
      continue;
    }
    await holdArrangements(writer, unit.candidateId);
    const granted = await arrangementOn(writer, { candidateId: unit.candidateId, day: dayInLondon(at) });
    const extraTimePercent = booking.extraTimePercent ?? granted?.extraTimePercent ?? 0;
    const tooMuch = extraTimeProblem(extraTimePercent, granted?.extraTimePercent ?? 0);
    if (tooMuch) {
      errors.push({ field: 'extraTimePercent', message: tooMuch });
      continue;
    }
    const seat = booking.seat ?? firstFree(taken);
    if (taken.has(seat)) {
      errors.push({ field: 'seat', message: `Seat ${seat} is taken. Choose another seat.` });
      continue;
    }
    taken.add(seat);
    const row = await writer.db
      .insertInto('online_assessments.sittings')
      .values({
        centre_id: session.centreId,
        session_id: session.id,
        registration_id: booking.registrationId,
        candidate_id: unit.candidateId,
        unit_id: booking.unitId,
        test_form_id: unit.form.id,
        seat,
        state: 'booked',
        state_changed_at: writer.now,
        booked_at: writer.now,
        booked_by: writer.identity.personId,
        extra_time_percent: extraTimePercent,
        added_seconds: booking.addedSeconds ?? 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writer.db
      .insertInto('online_assessments.sitting_states')
      .values({
        centre_id: session.centreId,
        sitting_id: row.id,
        from_state: null,
        to_state: 'booked',
        at: writer.now,
        person_id: writer.identity.personId,
        reason: `Booked for seat ${seat}`,
      })
      .execute();
    await writer.audit(
      candidateBooked,
      { kind: 'sitting', id: row.id },
      {
        sessionId: session.id,
        registrationId: booking.registrationId,
        form: `${unit.form.code} version ${unit.form.version}`,
        seat,
      },
    );
    ids.push(row.id);
  }
  if (errors.length > 0) throw new Refused(errors);
  return ids;
}

function firstFree(taken: ReadonlySet<number>): number {
  let seat = 1;
  while (taken.has(seat)) seat++;
  return seat;
}

/** Takes a booking back before the test has started. */
export async function cancelBooking(
  writer: Writer,
  { sittingId, reason }: { sittingId: string; reason: string },
): Promise<void> {
  await changeSitting(writer, await lockSitting(writer, sittingId), { kind: 'cancel', reason });
}
