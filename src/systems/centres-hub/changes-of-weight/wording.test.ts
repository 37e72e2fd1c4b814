import assert from 'node:assert/strict';
import { it } from 'node:test';
import { addressFrom, wordingProblem } from './wording.ts';

it('reads an address from its lines, the town and the postcode last', () => {
  assert.deepEqual(addressFrom('Unit 9,\r\n  Piston Row \n\nNorthgate\nzz4 4qx'), {
    lines: ['Unit 9', 'Piston Row'],
    town: 'Northgate',
    postcode: 'ZZ4 4QX',
  });
  for (const wrong of ['', 'Northgate\nZZ4 4QX', 'Unit 9\nZZ4 4QX\nNorthgate', 'Unit 9\nNorthgate\nsoon'])
    assert.equal(addressFrom(wrong), null, JSON.stringify(wrong));
});

it('says what is wrong with a wording', () => {
  assert.equal(wordingProblem('name', 'Northgate Vehicle Training'), null);
  assert.match(wordingProblem('name', 'Two\nlines') ?? '', /one line/);
  assert.match(wordingProblem('owner', '  ') ?? '', /empty/);
  assert.match(wordingProblem('address', 'Unit 9, Northgate') ?? '', /at least three lines/);
  assert.match(wordingProblem('ukprn', '19990417') ?? '', /no part of the profile/);
  assert.match(wordingProblem('trading-name', 'x'.repeat(201)) ?? '', /200 characters/);
});
