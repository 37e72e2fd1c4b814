import assert from 'node:assert/strict';
import { it } from 'node:test';
import { USER_STATES } from '../users/user-state.ts';
import { nextAct } from './next-act.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

it('each state has one next act, or none', () => {
  const act = (state: (typeof USER_STATES)[number], sentAt: Date | null) =>
    nextAct({ state, email: 'a@b.example', sentAt }, NOW);
  assert.deepEqual(
    USER_STATES.map((state) => act(state, hoursAgo(1))),
    ['send', 'send_again', 'withdraw', 'send_again', 'send_again', null, null],
  );
  assert.equal(act('invited', hoursAgo(23)), 'withdraw');
  assert.equal(act('invited', hoursAgo(24)), 'change_email');
  assert.equal(nextAct({ state: 'expired', email: null, sentAt: null }, NOW), null);
});
