import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extraTimeProblem, extraTimeUnder } from './extra-time.ts';

test('a centre gives up to 25 % by itself, and what was granted', () => {
  assert.equal(extraTimeProblem(0, 0), null);
  assert.equal(extraTimeProblem(25, 0), null);
  assert.match(extraTimeProblem(26, 0) ?? '', /needs the awarding body.*25 % or less/);
  assert.equal(extraTimeProblem(50, 50), null);
  assert.match(extraTimeProblem(75, 50) ?? '', /50 % or less/);
  assert.equal(extraTimeProblem(25, 10), null);
});

test('a newer arrangement takes away what only the former one gave, never what the centre gave', () => {
  assert.equal(extraTimeUnder(0, 50), 50);
  assert.equal(extraTimeUnder(25, 0), 25, 'a reader was granted, and the centre had given a quarter');
  assert.equal(extraTimeUnder(25, 50), 50);
  assert.equal(extraTimeUnder(100, 50), 50);
  assert.equal(extraTimeUnder(50, 0), 25, 'after the last day the centre may still give a quarter');
});
