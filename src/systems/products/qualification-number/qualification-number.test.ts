import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { checkCharacter, qualificationNumberWarning } from './qualification-number.ts';

it('has nothing to say of published numbers', () => {
  for (const number of [
    '500/6771/0',
    '500/9814/7',
    '500/9815/9',
    '601/0531/8',
    '600/2769/1',
    '600/5951/5',
    '501/0017/8',
  ])
    assert.equal(qualificationNumberWarning(number), null, number);
});

it('leaves the series from 610 on alone', () => {
  assert.equal(qualificationNumberWarning('610/0069/6'), null);
});

it('notices one wrong digit', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-5]\d{6}$/),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      (digits, place, shift) => {
        const wrong = digits.slice(0, place) + String((Number(digits[place]) + shift) % 10) + digits.slice(place + 1);
        if (Number(wrong.slice(0, 3)) >= 610) return;
        const number = `${wrong.slice(0, 3)}/${wrong.slice(3)}/${checkCharacter(digits)}`;
        assert.match(qualificationNumberWarning(number) ?? '', /compare it with the register/);
      },
    ),
  );
});

it('names the shape of what is no such number', () => {
  assert.match(qualificationNumberWarning('5006771') ?? '', /looks like 500\/6771\/0/);
});
