import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BodyRole } from '#platform/permissions/capabilities.ts';
import { administrationProblem, lastAdministratorProblem } from './rules.ts';

const actor = (personId: string, ...roles: BodyRole[]) => ({
  personId,
  acting: {
    organisationId: 'body',
    kind: 'awarding_body' as const,
    number: '00001',
    name: 'Body',
    features: [],
    activated: true,
    roles,
  },
});
const person = (id: string, ...bodyRoles: BodyRole[]) => ({ id, name: 'Ada Quill', bodyRoles });

it('nobody looks after the own account', () => {
  assert.match(administrationProblem(actor('a', 'body_administrator'), person('a')) ?? '', /your own account/);
  assert.match(administrationProblem(actor('a', 'officer'), person('a', 'officer')) ?? '', /your own account/);
});

it('people of the awarding body are looked after by its administrators', () => {
  assert.equal(administrationProblem(actor('a', 'officer'), person('b')), null);
  assert.match(administrationProblem(actor('a', 'officer'), person('b', 'finance')) ?? '', /Only an Awarding body/);
  assert.equal(administrationProblem(actor('a', 'body_administrator'), person('b', 'finance')), null);
});

it('the awarding body keeps an administrator', () => {
  assert.match(lastAdministratorProblem(person('b', 'body_administrator'), 0) ?? '', /is the last/);
  assert.equal(lastAdministratorProblem(person('b', 'body_administrator'), 1), null);
  assert.equal(lastAdministratorProblem(person('b', 'officer'), 0), null);
});
