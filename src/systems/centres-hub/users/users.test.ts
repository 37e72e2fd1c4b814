import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endRoleProblem, rightsLost } from './roles.ts';
import { userState } from './user-state.ts';

const member = (personId: string, ...roles: ('coordinator' | 'invigilator')[]) => ({
  personId,
  roles: roles.map((role) => ({ membershipId: `${personId}-${role}`, role, startedAt: new Date(0) })),
});

describe('ending a role', () => {
  it('keeps the last coordinator of a centre', () => {
    const members = [member('a', 'coordinator'), member('b', 'invigilator')];
    assert.match(endRoleProblem(members, 'a', 'coordinator', 'a') ?? '', /You are the only centre coordinator/);
    assert.match(endRoleProblem(members, 'a', 'coordinator', 'b') ?? '', /would have no centre coordinator left/);
    assert.equal(endRoleProblem(members, 'b', 'invigilator', 'a'), null);
  });
  it('lets a coordinator go when another stays', () => {
    const members = [member('a', 'coordinator'), member('b', 'coordinator')];
    assert.equal(endRoleProblem(members, 'a', 'coordinator', 'a'), null);
    assert.equal(endRoleProblem(members, 'b', 'coordinator', 'a'), null);
  });
  it('names only the rights that no other role gives', () => {
    assert.deepEqual(rightsLost(['administrator', 'invigilator'], 'invigilator'), ['Run test sessions as invigilator']);
    assert.ok(rightsLost(['invigilator'], 'invigilator').includes('See Centres Hub'));
    assert.deepEqual(rightsLost(['coordinator', 'administrator'], 'administrator'), []);
  });
});

it('a user goes from invited to opened, to an account, to activated', () => {
  const state = (
    pin: 'issued' | 'activated',
    invitation: 'none' | 'sent' | 'expired' | 'used',
    more: { openedAt?: Date; hasAccount?: boolean; suspended?: boolean } = {},
  ) =>
    userState({
      pin,
      invitation: { state: invitation, sentAt: null, openedAt: more.openedAt ?? null, expiresAt: null },
      hasAccount: more.hasAccount ?? false,
      suspended: more.suspended ?? false,
    });
  assert.equal(state('issued', 'none'), 'not_invited');
  assert.equal(state('issued', 'sent'), 'invited');
  assert.equal(state('issued', 'expired'), 'expired');
  assert.equal(state('issued', 'sent', { openedAt: new Date(0) }), 'opened');
  assert.equal(state('issued', 'expired', { openedAt: new Date(0) }), 'expired');
  assert.equal(state('issued', 'used'), 'set_up');
  assert.equal(state('issued', 'sent', { hasAccount: true }), 'set_up');
  assert.equal(state('activated', 'used', { suspended: true }), 'suspended');
  assert.equal(state('activated', 'sent'), 'activated');
});
