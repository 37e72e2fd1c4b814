/** The rule in SQL that makes the words of the entries, and the rule here that reads what was typed, are one rule. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { asSuperuser, createTestDatabase, type TestDatabase } from '#test/database.ts';
import { fold, wordsOf } from './search-words.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase({ demo: false });
});
after(() => database.drop());

const NAMES = [
  "Seán O'Neill-Byrne",
  'Llŷr ap Siôn',
  'Nguyễn Thị Minh',
  'ΟΔΥΣΣΕΥΣ',
  'İrem Işık',
  'Ægir Þór',
  'Strauß',
  '500/6771/0',
  'a.b@c.example',
];

const NEW_LETTERS = /[\u088f\u0c5c\u0cdc\ua7ce-\ua7d5\ufbc3-\ufbd2\ufd90-\ufdce]|[\u1acf-\u1aeb]|\u20c1/;

test('PostgreSQL and the server fold and divide every text alike', async () => {
  // The basic plane without what one of the two may not know yet: unassigned, or assigned by Unicode 17 only. NUL and
  // halves of pairs never reach either.
  const letter = fc
    .oneof(fc.integer({ min: 0x20, max: 0x24f }), fc.integer({ min: 0x250, max: 0xffff }))
    .map((code) => String.fromCharCode(code))
    .filter((text) => text.isWellFormed() && !/\p{Cn}/u.test(text) && !NEW_LETTERS.test(text));
  const texts = [
    ...NAMES,
    ...fc.sample(fc.string({ unit: letter, minLength: 1, maxLength: 30 }), { seed: 16, numRuns: 4000 }),
  ];
  const rows = await asSuperuser(
    database.url,
    async (client) =>
      (
        await client.query(
          'select platform.search_fold(text) as folded, platform.search_words(text) as words from unnest($1::text[]) with ordinality as t (text, place) order by place',
          [texts],
        )
      ).rows as { folded: string; words: string[] }[],
  );
  const differing = texts.flatMap((text, index) => {
    const row = rows[index];
    return row?.folded === fold(text) && JSON.stringify(row.words) === JSON.stringify(wordsOf(text))
      ? []
      : [`${JSON.stringify(text)}: ${JSON.stringify(row)} and ${JSON.stringify([fold(text), wordsOf(text)])}`];
  });
  assert.deepEqual(differing.slice(0, 10), [], `${differing.length} of ${texts.length}`);
});
