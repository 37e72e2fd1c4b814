import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readScottishNumber } from './scottish-number.ts';

const eight = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 }).map((digits) => digits.join(''));
const rightOnes = (start: string) => [...'0123456789'].filter((last) => readScottishNumber(start + last).ok);

test('a worked example, with spaces and hyphens', () => {
  // 0*3 + 5*2 + 1*7 + 2*6 + 3*5 + 4*4 + 5*3 + 6*2 = 87; 87 leaves 10 by 11; 11 - 10 = 1.
  assert.deepEqual(readScottishNumber('05 1234-561'), { ok: true, scottishNumber: '051234561' });
});

test('each first eight digits have one right ninth, or none where it would be 10', () => {
  fc.assert(
    fc.property(eight, (start) => {
      const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, at) => total + weight * Number(start[at]), 0);
      assert.equal(rightOnes(start).length, sum % 11 === 1 ? 0 : 1);
    }),
  );
});

test('one wrong digit and two neighbours changed are found', () => {
  fc.assert(
    fc.property(eight, fc.nat(7), fc.integer({ min: 1, max: 9 }), (start, at, more) => {
      const [last] = rightOnes(start);
      if (last === undefined) return;
      const digits = [...start];
      digits[at] = String((Number(digits[at]) + more) % 10);
      assert.ok(!readScottishNumber(digits.join('') + last).ok);
    }),
  );
});

test('what has not 9 digits is refused with what to enter', () => {
  for (const typed of ['', '12345678', '1234567890', 'ABCDEFGHI']) {
    const reading = readScottishNumber(typed);
    assert.ok(!reading.ok && reading.message.includes('9 digits'), typed);
  }
});
