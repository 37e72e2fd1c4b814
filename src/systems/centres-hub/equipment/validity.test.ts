import assert from 'node:assert/strict';
import { it } from 'node:test';
import { equipmentState, nextTerm } from './validity.ts';

it('holds for a year and is renewed in its last 30 days without losing one', () => {
  assert.deepEqual(nextTerm(null, '2026-11-25'), { from: '2026-11-25', until: '2027-11-24' });
  assert.equal(nextTerm('2027-11-24', '2027-10-24'), null);
  assert.deepEqual(nextTerm('2027-11-24', '2027-10-25'), { from: '2027-11-25', until: '2028-11-24' });
  assert.deepEqual(nextTerm('2027-11-24', '2027-11-25'), { from: '2027-11-25', until: '2028-11-24' });
  assert.deepEqual(
    ['2027-10-24', '2027-10-25', '2027-11-24', '2027-11-25'].map((today) => equipmentState('2027-11-24', today)),
    ['given', 'running_out', 'running_out', 'ran_out'],
  );
  assert.equal(equipmentState(null, '2026-11-25'), 'missing');
});
