/** What the board says of a seat: which group it belongs to, how loud it is, and in which words. Pure. */
import { formatClock, formatTime, type IconName, plural, type SeatTone } from '#ui';
import type { BoardSeat } from '../board/board.ts';

export const GROUPS = ['check', 'working', 'paused', 'finished', 'away'] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_WORDS: Record<Group, string> = {
  check: 'Check now',
  working: 'Working',
  paused: 'Paused',
  finished: 'Finished',
  away: 'Not arrived',
};

/** Why somebody must look at a seat now. */
export type Need = 'offline' | 'left-window' | 'identity' | 'held';

export interface SeatState {
  readonly group: Group;
  readonly needs: readonly Need[];
  readonly tone: SeatTone;
  readonly state: string;
  readonly stateIcon?: IconName;
  readonly time?: { readonly text: string; readonly left?: boolean };
  readonly remark: string;
}

const FINISHED = ['handed_in', 'timed_out', 'ended_by_invigilator', 'marked', 'released', 'held', 'void'];
const LIVE = ['checked_in', 'running', 'paused'];

/** Every reason to look at the seat, most urgent first. */
export function needsOf(seat: BoardSeat): Need[] {
  const needs: Need[] = [];
  const live = LIVE.includes(seat.state);
  // A paused seat may be switched off: the clock stands. Nothing waits for it.
  if (live && seat.state !== 'paused' && seat.online === false) needs.push('offline');
  if (live && seat.leftWindowCount > seat.leftWindowSeen) needs.push('left-window');
  if (seat.state === 'booked' && seat.arrived) needs.push('identity');
  if (seat.heldEvents > seat.heldSeen) needs.push('held');
  return needs;
}

/** "twice", "3 times"; nothing for once. */
export function timesInWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** "40 s", "2 min". */
export function sinceInWords(from: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - from.getTime()) / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** The seat at a moment, for the person who looks (`viewerId`). */
export function seatState(seat: BoardSeat, now: Date, viewerId: string | null): SeatState {
  const needs = needsOf(seat);
  const time = seat.remainingMs === null ? {} : { time: { text: formatClock(seat.remainingMs / 1000), left: true } };
  if (FINISHED.includes(seat.state)) {
    return {
      group: needs.length > 0 ? 'check' : 'finished',
      needs,
      tone: needs.length > 0 ? 'warn' : 'done',
      ...(needs.length > 0
        ? { state: 'Check', stateIcon: 'alert' as const }
        : { state: seat.state === 'void' ? 'Void' : 'Finished', stateIcon: 'check' as const }),
      time: { text: FINISHED_WORDS[seat.state] ?? 'Submitted' },
      remark: needs.includes('held') ? `${plural(seat.heldEvents, 'entry', 'entries')} held` : resultInWords(seat),
    };
  }
  if (seat.state === 'booked' || seat.state === 'absent' || seat.state === 'cancelled') {
    if (seat.state === 'booked' && seat.arrived)
      return { group: 'check', needs, tone: 'warn', state: 'Arrived', stateIcon: 'user', remark: '' };
    const state = seat.state === 'absent' ? 'Absent' : 'Waiting';
    return { group: 'away', needs, tone: 'idle', state, remark: seat.state === 'absent' ? '' : 'Not arrived' };
  }
  if (needs.includes('offline')) {
    const remark = seat.seenAt ? `Offline ${sinceInWords(seat.seenAt, now)}, answers kept` : 'No sign of this seat yet';
    return { group: 'check', needs, tone: 'bad', state: 'Offline', stateIcon: 'nowifi', ...time, remark };
  }
  if (needs.length > 0)
    return {
      group: 'check',
      needs,
      tone: 'warn',
      state: 'Check',
      stateIcon: 'alert',
      ...time,
      remark: needs.includes('left-window')
        ? `Left the test window ${timesInWords(seat.leftWindowCount)}`
        : `${plural(seat.heldEvents, 'entry', 'entries')} held`,
    };
  if (seat.state === 'paused') {
    const by = seat.changedBy !== null && seat.changedBy === viewerId ? ' by you' : '';
    const remark = `Paused${by} ${formatTime(seat.changedAt)}`;
    return { group: 'paused', needs, tone: 'warn', state: 'Paused', stateIcon: 'pause', ...time, remark };
  }
  const remark =
    seat.state === 'checked_in'
      ? 'Reads the rules'
      : [
          seat.flagged > 0 && `${seat.flagged} flagged`,
          seat.extraTimePercent > 0 && `${seat.extraTimePercent}% extra time`,
        ]
          .filter(Boolean)
          .join(', ');
  return { group: 'working', needs, tone: 'working', state: 'Online', stateIcon: 'wifi', ...time, remark };
}

const FINISHED_WORDS: Partial<Record<BoardSeat['state'], string>> = {
  timed_out: 'Time over',
  ended_by_invigilator: 'Ended',
  void: 'Void',
};

function resultInWords(seat: BoardSeat): string {
  if (seat.result) return `${seat.result.passed ? 'Pass' : 'Not yet'}, ${seat.result.score} of ${seat.result.maximum}`;
  return seat.state === 'held' ? 'Result held: it is checked' : '';
}
