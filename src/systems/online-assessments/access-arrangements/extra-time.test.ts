import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extraTimeProblem } from './extra-time.ts';

test('a centre gives up to 25 % by itself, and what was granted', () => {
  assert.equal(extraTimeProblem(0, 0), null);
  assert.equal(extraTimeProblem(25, 0), null);
  assert.match(extraTimeProblem(26, 0) ?? '', /needs the awarding body.*25 % or less/);
  assert.equal(extraTimeProblem(50, 50), null);
  assert.match(extraTimeProblem(75, 50) ?? '', /50 % or less/);
  assert.equal(extraTimeProblem(25, 10), null);
});
