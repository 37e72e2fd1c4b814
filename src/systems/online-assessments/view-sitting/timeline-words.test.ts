import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SITTING_STATES } from '../sitting/states.ts';
import { timelineWords } from './timeline-words.ts';

const at = new Date('2026-11-23T10:00:00Z');
const entry = (what: string, detail = 'because') => ({ at, what, detail, personId: null });

it('tells a start from a resumption', () => {
  const lines = timelineWords([entry('booked'), entry('running'), entry('paused'), entry('running')]);
  assert.deepEqual(
    lines.map(({ what }) => what),
    ['Booked', 'Started', 'Paused', 'Resumed'],
  );
});

it('has plain words for everything that can stand in a timeline, and says nothing twice', () => {
  const kinds = ['save_gap', 'outage_credited', 'seat_released', 'held_late', 'held_closed', 'held_lease_lost'];
  for (const what of [...SITTING_STATES, ...kinds, 'held_fork', 'incident', 'time_added', 'arrived'])
    assert.match(timelineWords([entry(what)])[0]?.what ?? '', /^[A-Z][a-z]+[^_]*$/, what);
  assert.equal(timelineWords([entry('paused', 'Paused')])[0]?.detail, '');
});
