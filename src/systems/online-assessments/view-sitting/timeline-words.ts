/** The timeline of a sitting in words that somebody outside the centre understands. Pure. */
import type { TimelineEntry } from '../board/board.ts';
import { type SittingState, STATE_WORDS } from '../sitting/states.ts';

const WORDS: Record<string, string> = {
  booked: 'Booked',
  arrived: 'Arrived at the seat',
  checked_in: 'Identity confirmed',
  cancelled: 'Booking cancelled',
  absent: 'Marked absent',
  paused: 'Paused',
  handed_in: 'Handed in',
  timed_out: 'Closed because the time was over',
  ended_by_invigilator: 'Ended by the invigilator',
  marked: 'Marked',
  released: 'Result released',
  held: 'Result held',
  void: 'Made void',
  save_gap: 'No answer was saved for a while',
  outage_credited: 'Time given back',
  time_added: 'Time added',
  seat_released: 'Computer released: the candidate moves to another',
  held_late: 'Entries came after the end and are held',
  held_closed: 'Entries came after the hand-in and are held',
  held_lease_lost: 'Entries came from a former computer and are held',
  held_fork: 'Entries contradict what was saved and are held',
  incident: 'Incident',
};

/** Why an entry is held, for a table. */
export const HELD_WORDS: Record<'late' | 'closed' | 'lease_lost' | 'fork', string> = {
  late: 'Came after the time was over',
  closed: 'Came after the test was closed',
  lease_lost: 'Came from a computer that had lost the right to write',
  fork: 'Contradicts an entry that was saved',
};

export interface TimelineLine {
  readonly at: Date;
  readonly what: string;
  readonly detail: string;
  readonly personId: string | null;
}

/** One line each. "running" is a start the first time and a resumption after. */
export function timelineWords(entries: readonly TimelineEntry[]): TimelineLine[] {
  let started = false;
  return entries.map(({ at, what, detail, personId }) => {
    let words = WORDS[what] ?? STATE_WORDS[what as SittingState] ?? what;
    if (what === 'running') {
      words = started ? 'Resumed' : 'Started';
      started = true;
    }
    return { at, what: words, detail: detail === words ? '' : detail, personId };
  });
}
