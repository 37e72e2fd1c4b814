import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsFor } from './body-attention.ts';

const none = { held: 0, heldId: null, heldSince: null, toPublish: 0, ownDrafts: 0 };

test('each is told only what is his or her move', () => {
  const all = { held: 2, heldId: 'a', heldSince: new Date('2026-11-20T10:00:00Z'), toPublish: 1, ownDrafts: 3 };
  const titles = (may: Parameters<typeof rowsFor>[1]) => rowsFor(all, may).map(({ title }) => title);
  assert.deepEqual(titles({ decidesResults: true, publishes: false, works: false }), ['2 results are held']);
  assert.deepEqual(titles({ decidesResults: false, publishes: true, works: true }), [
    '1 test form to publish',
    '3 drafts of yours of a test form',
  ]);
  assert.deepEqual(titles({ decidesResults: false, publishes: false, works: true }), [
    '3 drafts of yours of a test form',
  ]);
  assert.deepEqual(rowsFor(none, { decidesResults: true, publishes: true, works: true }), []);
});
