import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsFor } from './attention.ts';

test('only what needs somebody is there, the most urgent first', () => {
  assert.deepEqual(rowsFor({ ready: 0, late: 0, noUln: 0, idle: 0 }), []);
  const rows = rowsFor({ ready: 1, late: 2, noUln: 3, idle: 4 });
  assert.deepEqual(
    rows.map(({ title }) => title),
    [
      '2 registrations made late',
      '1 registration with all units achieved',
      '3 candidates with achieved units and no ULN',
      '4 registrations without progress for half a year',
    ],
  );
  assert.deepEqual(
    rows.map(({ urgency }) => urgency),
    [...rows].map(({ urgency }) => urgency).sort(),
  );
  for (const { action } of rows)
    assert.match(action?.href ?? '', /^\/web-portal\/(candidates\?status=|late-registrations\?waived=no)/);
});
