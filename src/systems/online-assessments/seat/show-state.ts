import { type Answer, json } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import type { SeatState } from '../protocol/wire.ts';
import { seatClock } from '../sitting/seat-clock.ts';
import { noticeOf } from './notice.ts';
import { type Seat, seatOf } from './seat.ts';
import { seatSitting } from './seat-sitting.ts';

/** GET /sit/state: what the seat waits for. */
export async function showSeatState(context: Context): Promise<Answer> {
  const seat: Seat = seatOf(context.request);
  const sitting = await seatSitting(context.services, seat);
  if (!sitting.holdsLease) return json({ verdict: 'no_seat' }, 401);
  const state: SeatState = {
    state: sitting.state,
    test: sitting.test,
    candidateName: sitting.candidateName,
    candidateNumber: sitting.candidateNumber,
    seat: sitting.seat,
    questions: sitting.questions,
    reckoning: sitting.reckoning,
    clock: sitting.started
      ? seatClock(sitting.state, sitting.time, context.now, await noticeOf(context.services, seat, sitting.state))
      : null,
    goTo: placeFor(sitting.state, sitting.started),
    serverNow: context.now.toISOString(),
  };
  return json(state);
}

/** The page of a seat in this state. */
export function placeFor(state: SeatState['state'], started: boolean): string {
  if (state === 'running' || state === 'paused') return '/sit/test';
  return started ? '/sit/result' : '/sit/waiting';
}
