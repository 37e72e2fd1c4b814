import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Expiry } from '../competence/expiries.ts';
import { centreExpiryRows, equipmentRows, ownExpiryRows } from './competence-attention.ts';

const TODAY = '2026-11-25';
const expiry = (more: Partial<Expiry>): Expiry => ({
  aboutId: 'r1',
  about: 'licence',
  centreId: 'c1',
  staffMemberId: 's1',
  personId: 'a',
  name: 'Ada Lyme',
  title: 'Refrigerants',
  function: null,
  lastDay: '2026-12-20',
  written: [],
  ...more,
});

it('each sees what runs out of the own, the coordinator of the others', () => {
  const all = [expiry({}), expiry({ aboutId: 'r2', personId: 'b', name: 'Bo Wragg', lastDay: '2026-11-01' })];
  const [own, ...more] = ownExpiryRows(all, 'a', TODAY);
  assert.deepEqual(more, []);
  assert.equal(own?.title, 'The licence "Refrigerants" runs out');
  assert.equal(own?.until, '2026-12-20');
  assert.match(String(ownExpiryRows(all, 'b', TODAY)[0]?.title), /has run out/);
  assert.deepEqual(
    centreExpiryRows(all, 'a', TODAY).map(({ title, urgency, until }) => [title, urgency, until]),
    [['Bo Wragg: the licence "Refrigerants" has run out', 4, null]],
  );
  const [both] = centreExpiryRows(all, 'z', TODAY);
  assert.equal(both?.title, '2 licences and approvals run out');
  assert.equal(both?.until, '2026-12-20');
  assert.deepEqual(centreExpiryRows([], 'z', TODAY), []);
});

it('asks for the declaration of sites without one, and of those that soon have none', () => {
  const site = (state: 'missing' | 'given' | 'running_out', lastDay: string | null) => ({
    siteId: state,
    site: state,
    state,
    lastDay,
  });
  assert.deepEqual(equipmentRows([site('given', '2027-11-01')]), []);
  const [soon] = equipmentRows([site('given', '2027-11-01'), site('running_out', '2026-12-10')]);
  assert.deepEqual([soon?.urgency, soon?.until], [7, '2026-12-10']);
  assert.equal(equipmentRows([site('missing', null)])[0]?.urgency, 5);
});
