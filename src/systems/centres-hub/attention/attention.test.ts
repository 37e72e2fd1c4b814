import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rowsFor } from './attention.ts';

it('only what needs the coordinator is there, the most urgent first', () => {
  assert.deepEqual(rowsFor([], 0), []);
  const rows = rowsFor([{ capability: 'claim', productTitle: null, reason: 'Evidence missing' }], 2);
  assert.deepEqual(
    rows.map(({ title, why }) => [title, why]),
    [
      ['Stopped: claim certificates', 'Every product. Reason: Evidence missing'],
      ['2 invitations not used in time', 'Unused links stop working. Send the invitation again, or end the roles.'],
    ],
  );
  assert.ok((rows[0]?.urgency ?? 9) < (rows[1]?.urgency ?? 0));
});
