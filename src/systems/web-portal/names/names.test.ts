import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameKey, nameWords, plainText, searchText, searchWords } from './names.ts';

test('accents, case, apostrophes and hyphens are taken off', () => {
  assert.equal(plainText('Seán'), 'sean');
  assert.equal(plainText('O’Shaughnessy'), 'oshaughnessy');
  assert.equal(plainText("D'Aubrey"), 'daubrey');
  assert.equal(plainText('Llŷr-Davies'), 'llyr davies');
  assert.equal(plainText('Łukasz Wiśniowski'), 'lukasz wisniowski');
  assert.equal(plainText('Đức Anh Nguyễn'), 'duc anh nguyen');
  assert.equal(plainText('Karadağlı İnci Straße Øystein'), 'karadagli inci strasse oystein');
});

test('names that are the same but for order and marks have one key', () => {
  assert.equal(nameKey('Mary Jane', "O'Neill"), nameKey('oneill', 'JANE-MARY'));
  assert.notEqual(nameKey('Mary', 'Jones'), nameKey('Mary', 'Johns'));
  assert.deepEqual(nameWords('Håkon', 'Lindøe'), ['hakon', 'lindoe']);
});

test('a plain text stays as it is when it goes through again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(plainText(plainText(text)), plainText(text))),
  );
});

test('any word of the name, the number, the learner numbers and the e-mail are found', () => {
  const text = searchText({
    givenNames: 'Amelia',
    familyName: 'Okonkwo-Reid',
    candidateNumber: '48201203',
    uln: '1234567899',
    scottishNumber: '071234560',
    email: 'Amelia.Okonkwo-Reid@northgate.example',
  });
  for (const typed of [
    'AMELIA',
    'okonkwo reid',
    'Okonkwo-Reid',
    'okonkworeid',
    '482012',
    '1234567899',
    '071234560',
    'amelia.okonkwo-reid@northgate',
  ]) {
    for (const word of searchWords(typed)) assert.ok(text.includes(word), `${typed}: ${word} in ${text}`);
  }
  assert.equal(searchWords('a b c d e f g h').length, 6);
  assert.deepEqual(searchWords('  '), []);
  assert.deepEqual(searchWords("O'Neill"), ['oneill']);
});
