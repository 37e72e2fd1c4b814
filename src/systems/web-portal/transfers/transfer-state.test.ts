import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRANSFER_STATES, transferActs, transferMove } from './transfer-state.ts';

test('only the other side answers, only the asker takes back, only time expires', () => {
  assert.deepEqual(transferActs('asked', 'answerer'), ['accept', 'refuse']);
  assert.deepEqual(transferActs('asked', 'asker'), ['withdraw']);
  assert.equal(transferMove('asked', 'accept', 'asker').ok, false);
  assert.equal(transferMove('asked', 'expire', 'answerer').ok, false);
  assert.deepEqual(transferMove('asked', 'expire', 'time'), { ok: true, to: 'expired' });
});

test('an answer ends it', () => {
  for (const state of TRANSFER_STATES.filter((one) => one !== 'asked'))
    for (const side of ['asker', 'answerer', 'time'] as const) {
      assert.deepEqual(transferActs(state, side), []);
      assert.equal(transferMove(state, 'expire', side).ok, false);
    }
});
