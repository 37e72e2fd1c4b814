import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepsAchievements, REGISTRATION_STATES, type RegistrationAct, transition } from './registration-state.ts';

const ACTS: RegistrationAct[] = ['complete', 'withdraw', 'transfer', 'lapse', 'reopen', 'void'];
const none = { unitsAchieved: 0 };

test('the whole table of transitions', () => {
  const table = Object.fromEntries(
    REGISTRATION_STATES.map((from) => [
      from,
      ACTS.flatMap((act) => {
        const result = transition(from, act, none);
        return result.ok ? [`${act}>${result.to}`] : [];
      }),
    ]),
  );
  assert.deepEqual(table, {
    active: ['complete>completed', 'withdraw>withdrawn', 'transfer>transferred', 'lapse>lapsed', 'void>void'],
    completed: ['reopen>active'],
    withdrawn: ['reopen>active', 'void>void'],
    transferred: [],
    lapsed: ['reopen>active', 'void>void'],
    void: [],
  });
});

test('a refusal names the state and the act', () => {
  const result = transition('completed', 'withdraw', none);
  assert.deepEqual(result, { ok: false, message: 'The registration is completed, so it cannot be withdrawn' });
});

test('a registration with an achieved unit is withdrawn, never void', () => {
  const result = transition('active', 'void', { unitsAchieved: 1 });
  assert.ok(!result.ok);
  assert.match(result.message, /Withdraw it instead/);
  assert.equal(transition('active', 'withdraw', { unitsAchieved: 1 }).ok, true);
});

test('achieved units are kept in every state but void', () => {
  assert.deepEqual(
    REGISTRATION_STATES.filter((state) => !keepsAchievements(state)),
    ['void'],
  );
});
