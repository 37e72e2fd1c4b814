import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audienceInWords, audienceProblems } from './audience.ts';

test('an audience that reaches nobody is refused with what to do', () => {
  const problem = (...[audience]: Parameters<typeof audienceProblems>) => audienceProblems(audience)[0]?.field;
  assert.equal(problem({ reach: 'product', productId: null, roles: [] }), 'productId');
  assert.equal(problem({ reach: 'roles', productId: null, roles: [] }), 'roles');
  assert.equal(problem({ reach: 'centres', productId: null, roles: ['coordinator', 'officer'] }), 'roles');
  assert.equal(problem({ reach: 'roles', productId: null, roles: ['coordinator', 'officer'] }), undefined);
  assert.equal(problem({ reach: 'everybody', productId: null, roles: [] }), undefined);
});

test('an audience in words', () => {
  assert.equal(audienceInWords({ reach: 'centres', roles: [] }, null), 'All users of all centres');
  assert.equal(
    audienceInWords({ reach: 'product', roles: ['coordinator', 'iqa'] }, 'Diploma'),
    'At centres approved for Diploma: Centre coordinator and Internal quality assurer',
  );
  assert.equal(audienceInWords({ reach: 'roles', roles: ['candidate'] }, null), 'Whoever has the role Candidate');
});
