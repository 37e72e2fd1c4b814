import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readUln } from './uln.ts';

test('numbers with a right check digit are read', () => {
  for (const uln of ['9276308686', '1000000019', '1000000027', '1234567899', '9000000016', '1000000604']) {
    assert.deepEqual(readUln(uln), { ok: true, uln });
  }
});

test('spaces and hyphens between the digits do not matter', () => {
  assert.deepEqual(readUln(' 1234 567 899 '), { ok: true, uln: '1234567899' });
  assert.deepEqual(readUln('12345-67899'), { ok: true, uln: '1234567899' });
  assert.deepEqual(readUln('１２３４５６７８９９'), { ok: true, uln: '1234567899' });
});

test('each way to be wrong has its own sentence', () => {
  const cases = [
    ['12345O7899', 'characters', /not digits/],
    ['123456789', 'too_short', /has 9 digits/],
    ['', 'too_short', /has 0 digits/],
    ['1', 'too_short', /has 1 digit\./],
    ['12345678990', 'too_long', /has 11 digits/],
    ['9999999999', 'temporary', /say why it is missing/],
    ['0000000042', 'leading_zero', /never begins with 0/],
    ['1234567898', 'check_digit', /do not fit together/],
  ] as const;
  const sentences = new Set<string>();
  for (const [typed, problem, words] of cases) {
    const reading = readUln(typed);
    assert.ok(!reading.ok, typed);
    assert.equal(reading.problem, problem);
    assert.match(reading.message, words);
    sentences.add(reading.problem);
  }
  assert.equal(sentences.size, 6);
});

/** The same rule the other way round: what the tenth digit must be, or null where the first nine cannot be used. */
function checkDigit(nine: string): number | null {
  let sum = 0;
  for (let place = 0; place < 9; place++) sum += Number(nine[place]) * (10 - place);
  return sum % 11 === 0 ? null : 10 - (sum % 11);
}
const nineDigits = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);

test('for any first nine digits exactly the one right tenth digit passes', () => {
  fc.assert(
    fc.property(nineDigits, (nine) => {
      const passing = Array.from({ length: 10 }, (_, digit) => `${nine}${digit}`).filter((uln) => readUln(uln).ok);
      const right = checkDigit(nine);
      assert.deepEqual(passing, right === null ? [] : [`${nine}${right}`]);
    }),
  );
});

test('one wrong digit and two neighbours changed are always found', () => {
  fc.assert(
    fc.property(nineDigits, fc.nat(9), fc.integer({ min: 1, max: 9 }), fc.nat(8), (nine, place, by, swap) => {
      const right = checkDigit(nine);
      fc.pre(right !== null);
      const uln = [...`${nine}${right}`];
      const wrong = [...uln];
      wrong[place] = String((Number(uln[place]) + by) % 10);
      assert.equal(readUln(wrong.join('')).ok, false);
      const swapped = [...uln];
      [swapped[swap], swapped[swap + 1]] = [uln[swap + 1] as string, uln[swap] as string];
      assert.equal(readUln(swapped.join('')).ok, uln[swap] === uln[swap + 1]);
    }),
  );
});
