import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPostcode } from './postcode.ts';

test('the six forms of postcode are read and put in order', () => {
  const read = {
    m11ae: 'M1 1AE',
    'b33 8th': 'B33 8TH',
    'CR2  6XH': 'CR2 6XH',
    dn551pt: 'DN55 1PT',
    w1a0ax: 'W1A 0AX',
    ec1a1bb: 'EC1A 1BB',
    'zz4-4qt': 'ZZ4 4QT',
    gir0aa: 'GIR 0AA',
  };
  for (const [typed, postcode] of Object.entries(read)) assert.equal(readPostcode(typed), postcode);
});

test('what has not the form of a postcode is not read', () => {
  for (const typed of ['', 'M1', '1M1 1AE', 'ABC1 1AE', 'M1 1A', 'M1 1AEE', 'D02 AF30'])
    assert.equal(readPostcode(typed), null, typed);
});
