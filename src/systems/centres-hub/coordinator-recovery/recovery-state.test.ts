import assert from 'node:assert/strict';
import { it } from 'node:test';
import { grantProblem, RECOVERY_STATES, recoveryTransition } from './recovery-state.ts';

it('a request is closed once', () => {
  assert.deepEqual(recoveryTransition('waiting', 'grant'), { ok: true, state: 'granted' });
  assert.deepEqual(recoveryTransition('waiting', 'object'), { ok: true, state: 'waiting' });
  for (const state of RECOVERY_STATES.filter((one) => one !== 'waiting'))
    for (const act of ['grant', 'refuse', 'withdraw', 'object'] as const)
      assert.equal(recoveryTransition(state, act).ok, false, `${act} of one ${state}`);
});

it('is granted only to a user who is no coordinator yet, and by somebody else', () => {
  const asker = { name: 'Ada Lyme', isUser: true, isCoordinator: false, isDecider: false };
  assert.equal(grantProblem(asker), null);
  assert.match(grantProblem({ ...asker, isUser: false }) ?? '', /no user of the centre any more/);
  assert.match(grantProblem({ ...asker, isCoordinator: true }) ?? '', /coordinator of the centre already/);
  assert.match(grantProblem({ ...asker, isDecider: true }) ?? '', /own request/);
});
