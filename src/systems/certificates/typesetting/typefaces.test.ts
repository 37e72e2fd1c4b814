import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates } from '../../../../content/demonstration/people.ts';
import { type Family, fitText, linesOf, runsOf, unprintable, widthOf } from './typefaces.ts';

const FAMILIES: readonly Family[] = ['display', 'text', 'strong', 'code'];

function letters(...ranges: readonly (readonly [number, number])[]): string[] {
  return ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)))
    .filter((letter) => /\p{L}/u.test(letter));
}

test('every letter of Latin-1 and Latin Extended-A can be set, and those of Welsh, Romanian and Vietnamese', () => {
  const wanted = letters(
    [0x41, 0x7a],
    [0xc0, 0xff],
    [0x100, 0x17e],
    [0x218, 0x21b],
    [0x1e80, 0x1e85],
    [0x1ea0, 0x1ef3],
  );
  assert.ok(wanted.length > 280, `${wanted.length}`);
  for (const family of FAMILIES) assert.deepEqual(unprintable(family, wanted), [], family);
});

test('every name of the demonstration can be set, also when its marks come apart', () => {
  const names = candidates.map(({ givenNames, familyName }) => `${givenNames} ${familyName}`);
  assert.ok(names.length >= 60);
  for (const family of FAMILIES) {
    assert.deepEqual(unprintable(family, names), []);
    assert.deepEqual(
      unprintable(
        family,
        names.map((name) => name.normalize('NFD')),
      ),
      [],
    );
  }
});

test('letters that no typeface has are named, not printed as boxes', () => {
  assert.deepEqual(unprintable('display', ['Ana Петров', '王']), ['П', 'е', 'т', 'р', 'о', 'в', '王']);
  assert.throws(() => runsOf('display', '王'), /No typeface has/);
});

test('a line is divided by typeface and loses nothing', () => {
  const runs = runsOf('display', 'Gŵenllian Prŷs');
  assert.equal(runs.map((run) => run.text).join(''), 'Gŵenllian Prŷs');
  assert.deepEqual([...new Set(runs.map((run) => run.typeface))], ['newsreader-500-latin', 'newsreader-500-latin-ext']);
  assert.ok(widthOf('display', 'Gŵenllian Prŷs', 20) > widthOf('display', 'Gŵenllian', 20));
});

test('long texts break at spaces and hyphens, or become smaller', () => {
  const title = 'IMI Level 3 Diploma in Light Vehicle Maintenance and Repair Principles';
  const lines = linesOf('display', title, 24, 250);
  assert.equal(lines.join(' '), title);
  for (const line of lines) assert.ok(widthOf('display', line, 24) <= 250);
  const long = fitText('display', 'Kavi Thirunavukkarasumanickavasagam', {
    sizes: [42, 36, 30, 24, 20],
    width: 400,
    most: 1,
  });
  assert.ok(long.size < 42);
  assert.equal(long.lines.length, 1);
});
