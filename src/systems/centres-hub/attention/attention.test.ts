import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bodyRowsFor, rowsFor } from './attention.ts';

it('only what needs the coordinator is there, the most urgent first', () => {
  assert.deepEqual(rowsFor([], { expired: 0, expiring: 0 }), []);
  const rows = rowsFor([{ capability: 'claim', productTitle: null, reason: 'Evidence missing', until: null }], {
    expired: 2,
    expiring: 1,
  });
  assert.deepEqual(
    rows.map(({ title, why }) => [title, why]),
    [
      ['Stopped: claim certificates', 'Every product. Reason: Evidence missing'],
      ['2 invitations not used in time', 'Unused links stop working. Send the invitation again, or end the roles.'],
      ['1 invitation ends within a day', 'Links work for 72 hours. Remind the user, or check the e-mail address.'],
    ],
  );
  assert.ok((rows[0]?.urgency ?? 9) < (rows[1]?.urgency ?? 0));
});

it('the awarding body is told of centres without a coordinator at work', () => {
  assert.deepEqual(bodyRowsFor({ count: 0, name: null }), []);
  assert.equal(bodyRowsFor({ count: 1, name: 'Northgate' })[0]?.title, '1 centre without a coordinator at work');
  assert.match(String(bodyRowsFor({ count: 3, name: 'Northgate' })[0]?.why), /^Northgate and others/);
});
