import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type DeclaredInterest, declaredConflict } from './conflict-rule.ts';

const interest = (more: Partial<DeclaredInterest>): DeclaredInterest => ({
  personId: 'a',
  relation: 'relative',
  candidateId: null,
  otherEntryId: null,
  otherPersonId: null,
  aboutName: 'Maud Ferriby',
  endedAt: null,
  ...more,
});

it('binds to a candidate while it is in force', () => {
  const declared = [interest({ candidateId: 'c1' })];
  assert.equal(
    declaredConflict(declared, { personId: 'a', candidateId: 'c1' })?.words,
    'A declared interest stands against it: relative, Maud Ferriby.',
  );
  assert.equal(declaredConflict(declared, { personId: 'a', candidateId: 'c2' }), null);
  assert.equal(declaredConflict(declared, { personId: 'b', candidateId: 'c1' }), null);
  assert.equal(
    declaredConflict([interest({ candidateId: 'c1', endedAt: new Date(0) })], { personId: 'a', candidateId: 'c1' }),
    null,
  );
});

it('binds two colleagues both ways', () => {
  const declared = [interest({ otherEntryId: 'e2', otherPersonId: 'b' })];
  assert.ok(declaredConflict(declared, { personId: 'a', otherPersonId: 'b' }));
  assert.ok(declaredConflict(declared, { personId: 'a', otherEntryId: 'e2' }));
  assert.ok(declaredConflict(declared, { personId: 'b', otherPersonId: 'a' }));
  assert.equal(declaredConflict(declared, { personId: 'b', otherPersonId: 'c' }), null);
  assert.equal(declaredConflict([interest({})], { personId: 'a', candidateId: 'c1', otherPersonId: 'b' }), null);
});
