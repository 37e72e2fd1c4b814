import type { SeatClock } from '../protocol/wire.ts';
import type { SittingState } from './states.ts';
import { remainingAt, type SittingTime, usedAt } from './time.ts';

/** The clock as a seat is told it. States before the start and without a result count as the nearest the seat knows. */
export function seatClock(state: SittingState, time: SittingTime, now: Date, notice: string | null = null): SeatClock {
  return {
    serverNow: now.toISOString(),
    state:
      state === 'marked'
        ? 'handed_in'
        : state === 'booked' || state === 'cancelled' || state === 'absent'
          ? 'void'
          : state,
    allowedMs: time.allowedMs,
    usedMs: usedAt(time, now.getTime()),
    remainingMs: remainingAt(time, now.getTime()),
    notice,
  };
}
