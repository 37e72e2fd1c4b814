import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  CLOSED_STATES,
  OPEN_STATES,
  SITTING_STATES,
  type SittingEventKind,
  type SittingState,
  transition,
} from './states.ts';

const EVENTS: SittingEventKind[] = [
  'confirm_identity',
  'start',
  'pause',
  'resume',
  'hand_in',
  'time_out',
  'end',
  'mark',
  'release',
  'hold',
  'cancel',
  'mark_absent',
  'void',
];

/** The states an arbitrary story of events goes through; refused events change nothing. */
function story(events: readonly SittingEventKind[]): SittingState[] {
  const path: SittingState[] = ['booked'];
  for (const event of events) {
    const result = transition(path.at(-1) as SittingState, event);
    if (result.ok) path.push(result.to);
  }
  return path;
}

describe('states of a sitting', () => {
  it('go from booking to a released result', () => {
    const path = story(['confirm_identity', 'start', 'pause', 'resume', 'hand_in', 'mark', 'release']);
    assert.deepEqual(path, ['booked', 'checked_in', 'running', 'paused', 'running', 'handed_in', 'marked', 'released']);
  });
  it('never reopen, start without an identity check, or release without marking, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
        const path = story(events);
        const firstClosed = path.findIndex((state) => CLOSED_STATES.includes(state));
        if (firstClosed >= 0)
          for (const state of path.slice(firstClosed)) assert.ok(!OPEN_STATES.includes(state) && state !== 'booked');
        if (path.includes('running')) assert.equal(path[1], 'checked_in');
        if (path.includes('released')) assert.ok(path.includes('marked'));
        assert.ok(path.filter((state) => state === 'marked').length <= 1, 'marked once');
      }),
      { numRuns: 2000 },
    );
  });
  it('reach every state', () => {
    const reached = new Set<SittingState>(['booked']);
    for (let grown = true; grown; ) {
      grown = false;
      for (const state of [...reached]) {
        for (const event of EVENTS) {
          const result = transition(state, event);
          if (result.ok && !reached.has(result.to)) grown = !!reached.add(result.to);
        }
      }
    }
    assert.deepEqual([...reached].sort(), [...SITTING_STATES].sort());
  });
  it('refuse with a sentence that says what is and what is needed', () => {
    const result = transition('booked', 'start');
    assert.ok(!result.ok && /state is "Booked".*needs "Identity confirmed"/.test(result.message));
  });
  it('let a clock that stands neither run out nor be handed in', () => {
    assert.equal(transition('paused', 'time_out').ok, false);
    assert.equal(transition('paused', 'hand_in').ok, false);
  });
});
