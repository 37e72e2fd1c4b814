import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold, matches, parseQuery, piecesOf, wordsOf } from './search-words.ts';

test('names are words without case, accents and signs', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["O'Neill", ['neill', 'o', 'oneill']],
    ['O’Neill', ['neill', 'o', 'oneill']],
    ['Llŷr', ['llyr']],
    ['Nguyễn Thị', ['nguyen', 'thi']],
    ['SMITH-JONES', ['jones', 'smith', 'smithjones']],
    ['Łukasz Strauß', ['lukasz', 'strauss']],
    ['500/6771/0', ['0', '500', '50067710', '6771']],
    ['Ｆｕｌｌ', ['full']],
    ['priya.shah@centre.example', ['priyashahcentreexample']],
    ['  ', []],
    ['-- ! --', []],
  ];
  for (const [text, words] of cases) assert.deepEqual(wordsOf(text), words, text);
});

test('what is typed becomes words to look for', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["o'neill s", ['oneill', 's']],
    ['smith-jones', ['smith', 'jones']],
    ['500/67', ['50067']],
    ['482 0120 1', ['48201201']],
    ['Priya@Example.com', ['priyaexamplecom']],
    ['jo jo JO', ['jo']],
    ['a b c d e f g hh', []],
    ['%_\\', []],
    ['أحمد', ['احمد']],
  ];
  for (const [typed, words] of cases) assert.deepEqual(parseQuery(typed).words, words, typed);
  assert.equal(parseQuery('a').tooShort, true);
  assert.equal(parseQuery('🔧 ‮').tooShort, true);
  assert.equal(parseQuery('   ').tooShort, false, 'nothing was typed');
  assert.equal(parseQuery('x'.repeat(20_000)).words[0]?.length, 40);
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

test('folding twice changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => fold(fold(text)) === fold(text)),
    { seed: 16, numRuns: 2000 },
  );
});

test('every beginning of a word finds its entry, alone and with others in any order', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (texts, at, other) => {
      const words = wordsOf(texts.join(' ')).filter((word) => word.length >= 2);
      fc.pre(words.length > 0);
      const one = words[at % words.length] as string;
      const two = words[other % words.length] as string;
      const beginning = one.slice(0, 2 + (at % (one.length - 1)));
      fc.pre(beginning.isWellFormed());
      const all = wordsOf(texts.join(' '));
      assert.ok(matches(all, parseQuery(beginning)), beginning);
      if (!/^\d+$/.test(`${beginning}${two}`)) {
        assert.ok(matches(all, parseQuery(`${beginning} ${two}`)));
        assert.ok(matches(all, parseQuery(`${two} ${beginning}`)));
      }
    }),
    { seed: 16, numRuns: 2000 },
  );
});

test('a text in pieces is the text, and a piece that is marked is what was looked for', () => {
  assert.deepEqual(piecesOf("O'Neill, Seán", parseQuery('onei sea')), [
    ["O'Nei", true],
    ['ll, ', false],
    ['Seá', true],
    ['n', false],
  ]);
  assert.deepEqual(piecesOf('48201203', parseQuery('4820')), [
    ['4820', true],
    ['1203', false],
  ]);
  fc.assert(
    fc.property(anyText, anyText, (text, typed) => {
      const query = parseQuery(typed);
      const pieces = piecesOf(text, query);
      assert.equal(pieces.map(([piece]) => piece).join(''), text);
      for (const [piece, hit] of pieces)
        if (hit) assert.ok(query.words.some((word) => fold(piece).replaceAll("'", '').startsWith(word)));
    }),
    { seed: 16, numRuns: 1000 },
  );
});
