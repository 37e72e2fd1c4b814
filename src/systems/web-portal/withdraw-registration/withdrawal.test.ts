import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withdrawalDayProblem, withdrawalWords } from './withdrawal.ts';

const today = '2026-05-20';
test('a withdrawal lies within the programme and not in the future', () => {
  const dates = { programmeStart: '2026-05-01', today };
  assert.equal(withdrawalDayProblem('2026-05-01', dates), null);
  assert.equal(withdrawalDayProblem(today, dates), null);
  assert.match(withdrawalDayProblem('2026-05-21', dates) ?? '', /future/);
  assert.match(withdrawalDayProblem('2026-04-30', dates) ?? '', /before the start/);
});

test('a programme that begins later is withdrawn from today', () => {
  const dates = { programmeStart: '2026-09-01', today };
  assert.equal(withdrawalDayProblem(today, dates), null);
  assert.match(withdrawalDayProblem('2026-05-19', dates) ?? '', /today only/);
});

test('the history says the reason of the list and the words', () => {
  assert.equal(withdrawalWords('moved_away', ''), 'Moved away');
  assert.equal(withdrawalWords('moved_away', 'to Leeds'), 'Moved away: to Leeds');
  assert.equal(withdrawalWords('other', 'Own words'), 'Own words');
});
