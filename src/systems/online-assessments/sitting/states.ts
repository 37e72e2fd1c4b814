/** The states of a sitting and the only rule by which they change. Pure: no clock, no database. */

export const SITTING_STATES = [
  'booked',
  'cancelled',
  'absent',
  'checked_in',
  'running',
  'paused',
  'handed_in',
  'timed_out',
  'ended_by_invigilator',
  'marked',
  'released',
  'held',
  'void',
] as const;
export type SittingState = (typeof SITTING_STATES)[number];

/** What may happen to a sitting. */
export type SittingEventKind =
  | 'confirm_identity'
  | 'start'
  | 'pause'
  | 'resume'
  | 'hand_in'
  | 'time_out'
  | 'end'
  | 'mark'
  | 'release'
  | 'hold'
  | 'cancel'
  | 'mark_absent'
  | 'void';

/** From which states an event leads where. What is not listed is refused. */
const TABLE: Record<SittingEventKind, { readonly from: readonly SittingState[]; readonly to: SittingState }> = {
  confirm_identity: { from: ['booked'], to: 'checked_in' },
  start: { from: ['checked_in'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  hand_in: { from: ['running'], to: 'handed_in' },
  // A clock that stands cannot run out.
  time_out: { from: ['running'], to: 'timed_out' },
  end: { from: ['running', 'paused'], to: 'ended_by_invigilator' },
  mark: { from: ['handed_in', 'timed_out', 'ended_by_invigilator'], to: 'marked' },
  release: { from: ['marked', 'held'], to: 'released' },
  hold: { from: ['marked'], to: 'held' },
  cancel: { from: ['booked', 'checked_in'], to: 'cancelled' },
  mark_absent: { from: ['booked'], to: 'absent' },
  void: { from: ['marked', 'released', 'held'], to: 'void' },
};

/** Answers are taken only while the clock of the sitting belongs to the candidate. */
export const OPEN_STATES: readonly SittingState[] = ['running', 'paused'];
/** Nothing of these can change any more, but for a correction by two people. */
export const CLOSED_STATES: readonly SittingState[] = [
  'cancelled',
  'absent',
  'handed_in',
  'timed_out',
  'ended_by_invigilator',
  'marked',
  'released',
  'held',
  'void',
];
/** One of these at a time for a registration and unit (the index `sittings_one_live`). */
export const LIVE_STATES: readonly SittingState[] = [
  'booked',
  'checked_in',
  'running',
  'paused',
  'handed_in',
  'timed_out',
  'ended_by_invigilator',
  'marked',
  'held',
];

/** Words for a state, as staff and candidates read them. */
export const STATE_WORDS: Record<SittingState, string> = {
  booked: 'Booked',
  cancelled: 'Cancelled',
  absent: 'Absent',
  checked_in: 'Identity confirmed',
  running: 'Working',
  paused: 'Paused',
  handed_in: 'Handed in',
  timed_out: 'Time ran out',
  ended_by_invigilator: 'Ended by the invigilator',
  marked: 'Marked',
  released: 'Result released',
  held: 'Result held',
  void: 'Void',
};

const EVENT_WORDS: Record<SittingEventKind, string> = {
  confirm_identity: 'the identity confirmed',
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  hand_in: 'handed in',
  time_out: 'closed for time',
  end: 'ended',
  mark: 'marked',
  release: 'released',
  hold: 'held',
  cancel: 'cancelled',
  mark_absent: 'marked absent',
  void: 'made void',
};

export type Transition =
  | { readonly ok: true; readonly to: SittingState }
  | { readonly ok: false; readonly message: string };

/** The one rule: where an event leads from a state, or a sentence that says why it cannot happen. */
export function transition(from: SittingState, event: SittingEventKind): Transition {
  const rule = TABLE[event];
  if (rule.from.includes(from)) return { ok: true, to: rule.to };
  const needed = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
    rule.from.map((state) => `"${STATE_WORDS[state]}"`),
  );
  return {
    ok: false,
    message: `This sitting cannot be ${EVENT_WORDS[event]}: its state is "${STATE_WORDS[from]}", and that needs ${needed}. Reload the page to see what has changed.`,
  };
}
