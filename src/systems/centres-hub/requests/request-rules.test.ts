import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addWorkingDays, workingDaysBetween } from '../working-days/working-days.ts';
import { clockWords, daysLeft, dueAfterPause, dueOn } from './request-clock.ts';
import { REQUEST_STATES, type RequestAct, transition, whoseMove } from './request-state.ts';

const ACTS: readonly RequestAct[] = ['submit', 'ask', 'answer', 'decide', 'withdraw'];

test('a request ends, and what has ended never moves again', () => {
  for (const state of ['decided', 'withdrawn'] as const) {
    assert.equal(whoseMove(state), null);
    for (const act of ACTS) assert.equal(transition(state, act).ok, false, `${act} of ${state}`);
  }
  const reached = new Set<string>(['draft']);
  for (let before = 0; before !== reached.size; ) {
    before = reached.size;
    for (const state of REQUEST_STATES)
      for (const act of ACTS) {
        const next = transition(state, act);
        if (reached.has(state) && next.ok) reached.add(next.state);
      }
  }
  assert.deepEqual([...reached].sort(), [...REQUEST_STATES].sort(), 'every state can be reached');
});

test('a refusal is a sentence that says what to do', () => {
  for (const state of REQUEST_STATES)
    for (const act of ACTS) {
      const next = transition(state, act);
      if (!next.ok) assert.match(next.message, /^[A-Z].*\.$/);
    }
  assert.deepEqual(transition('question', 'decide'), {
    ok: false,
    message: 'A question to the centre is open. Decide when it has answered.',
  });
});

test('a question costs the awarding body no time and gives it none', () => {
  const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2034-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.nat(40), fc.nat(30), fc.integer({ min: 1, max: 60 }), (date, used, paused, allowed) => {
      const submitted = date.toISOString().slice(0, 10);
      const due = dueOn(submitted, allowed);
      const pausedOn = addWorkingDays(submitted, used);
      const answeredOn = addWorkingDays(pausedOn, paused);
      const left = daysLeft({ dueOn: due, pausedOn }, answeredOn);
      const moved = dueAfterPause({ dueOn: due, pausedOn }, answeredOn);
      // While time is left it is the same before and after.
      if (left >= 0 && workingDaysBetween(pausedOn, due) >= 0)
        assert.equal(daysLeft({ dueOn: moved, pausedOn: null }, answeredOn), left);
    }),
  );
});

test('the clock is told in words', () => {
  const due = '2026-12-02';
  assert.equal(clockWords({ dueOn: due, pausedOn: null }, '2026-11-25'), '5 working days left');
  assert.equal(clockWords({ dueOn: due, pausedOn: null }, '2026-12-01'), '1 working day left');
  assert.equal(clockWords({ dueOn: due, pausedOn: null }, due), 'Last day today');
  assert.equal(clockWords({ dueOn: due, pausedOn: null }, '2026-12-04'), 'Overdue by 2 working days');
  assert.equal(
    clockWords({ dueOn: due, pausedOn: '2026-11-27' }, '2026-12-20'),
    'Clock stopped with 3 working days left',
  );
});
