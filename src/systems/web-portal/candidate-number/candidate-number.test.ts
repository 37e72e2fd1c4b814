import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { candidateNumber, checkDigit, isCandidateNumber } from './candidate-number.ts';

const serials = fc.integer({ min: 1_000_000, max: 9_999_999 });

test('a number is its serial and one digit more, and is right', () => {
  fc.assert(
    fc.property(serials, (serial) => {
      const number = candidateNumber(serial);
      assert.equal(number.slice(0, 7), String(serial));
      assert.ok(isCandidateNumber(number));
    }),
  );
});

test('the check digits of published examples of the scheme', () => {
  assert.equal(checkDigit('236'), '3');
  assert.equal(checkDigit('12345'), '1');
  assert.equal(checkDigit('142857'), '0');
});

test('every single wrong digit is found', () => {
  fc.assert(
    fc.property(serials, fc.nat(7), fc.integer({ min: 1, max: 9 }), (serial, place, by) => {
      const digits = [...candidateNumber(serial)];
      digits[place] = String((Number(digits[place]) + by) % 10);
      assert.equal(isCandidateNumber(digits.join('')), false);
    }),
    { numRuns: 2000 },
  );
});

test('every change of two neighbours is found', () => {
  fc.assert(
    fc.property(serials, fc.nat(6), (serial, place) => {
      const digits = [...candidateNumber(serial)];
      fc.pre(digits[place] !== digits[place + 1]);
      [digits[place], digits[place + 1]] = [digits[place + 1] as string, digits[place] as string];
      assert.equal(isCandidateNumber(digits.join('')), false);
    }),
    { numRuns: 2000 },
  );
});

test('what is not 8 digits is no candidate number, and a serial has 7', () => {
  for (const text of ['', '4820120', '482012033', '4820120x', '04820120', '４８２０１２０３']) {
    assert.equal(isCandidateNumber(text), false, text);
  }
  assert.throws(() => candidateNumber(999_999), RangeError);
  assert.throws(() => candidateNumber(10_000_000), RangeError);
});
