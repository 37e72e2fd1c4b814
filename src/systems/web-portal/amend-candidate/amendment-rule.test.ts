import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amendmentMove, amendmentWay, changesOf, type Details } from './amendment-rule.ts';

const before: Details = {
  givenNames: 'Ann',
  familyName: 'Lee',
  birthDate: '2001-02-03',
  uln: null,
  scottishNumber: null,
  ulnAbsentReason: 'Not known yet',
  postcode: null,
  email: null,
};
const change = (more: Partial<Details>) => changesOf(before, { ...before, ...more });
const nobody = { certified: false, knownElsewhere: false };

test('what changes is named with its old and new value, and nothing else', () => {
  assert.deepEqual(change({ familyName: 'Lea' }), { before: { familyName: 'Lee' }, after: { familyName: 'Lea' } });
  assert.deepEqual(change({}), { before: {}, after: {} });
});

test('free without certificate; evidence for name and birth date with one', () => {
  assert.equal(amendmentWay(change({ familyName: 'Lea', birthDate: '2001-02-04' }), nobody), 'free');
  for (const more of [{ givenNames: 'Anna' }, { familyName: 'Lea' }, { birthDate: '2001-02-04' }])
    assert.equal(amendmentWay(change(more), { ...nobody, certified: true }), 'evidence');
  assert.equal(amendmentWay(change({ email: 'ann@home.example' }), { certified: true, knownElsewhere: true }), 'free');
});

test('birth date and learner numbers of somebody known elsewhere are decided by the awarding body', () => {
  const known = { ...nobody, knownElsewhere: true };
  assert.equal(amendmentWay(change({ birthDate: '2001-02-04' }), known), 'decision');
  assert.equal(amendmentWay(change({ uln: '9000000001' }), known), 'decision');
  assert.equal(amendmentWay(change({ familyName: 'Lea' }), known), 'free');
});

test('decided once, by the side that may', () => {
  assert.deepEqual(amendmentMove('asked', 'grant', 'body'), { ok: true, to: 'granted' });
  assert.equal(amendmentMove('asked', 'grant', 'centre').ok, false);
  assert.equal(amendmentMove('asked', 'withdraw', 'body').ok, false);
  for (const state of ['done', 'granted', 'refused', 'withdrawn'] as const)
    assert.equal(amendmentMove(state, 'refuse', 'body').ok, false);
});
