import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPin, readPin, showPin } from './pin.ts';

test('PINs are 8 digits, each digit at each place', () => {
  const seen = Array.from({ length: 8 }, () => new Set<string>());
  for (let draw = 0; draw < 2000; draw++) {
    const pin = newPin();
    assert.match(pin, /^\d{8}$/);
    for (const [place, digit] of [...pin].entries()) seen[place]?.add(digit);
  }
  assert.ok(seen.every((digits) => digits.size === 10));
});

test('a PIN is read as people type it, and nothing else is one', () => {
  assert.equal(readPin(showPin('01234567')), '01234567');
  assert.equal(readPin(' 0123-4567 '), '01234567');
  assert.equal(readPin('０１２３４５６７'), '01234567');
  for (const typed of ['', '1234567', '123456789', '1234567x', '12.345.678']) assert.equal(readPin(typed), null);
});
