import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { readItemsCsv } from '#qti';
import { accounts, candidates, centres, staffMembers } from './people.ts';

const HERE = import.meta.dirname;
const COLUMNS = [
  ...['code', 'group', 'topic', 'kind', 'question'],
  ...['option_a', 'option_b', 'option_c', 'option_d', 'option_e', 'option_f'],
  ...['key', 'picture', 'picture_alt', 'rationale'],
];
type Row = Record<string, string>;
type Unit = { file: string; rows: Row[] };

const units: Unit[] = readdirSync(join(HERE, 'items'))
  .filter((file) => file.endsWith('.csv'))
  .map((file) => ({ file, rows: parse(readFileSync(join(HERE, 'items', file)), { columns: true }) as Row[] }));
const items = units.flatMap((unit) => unit.rows);
const pictures = readdirSync(join(HERE, 'pictures'));

const optionsOf = (row: Row) => 'abcdef'.split('').flatMap((letter) => row[`option_${letter}`] || []);
const repeated = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at);

describe('demonstration questions', () => {
  it('are 60, 20 for each of 3 units, in the columns of the item format', () => {
    assert.equal(units.length, 3);
    for (const { file, rows } of units) {
      assert.equal(rows.length, 20, file);
      assert.deepEqual(Object.keys(rows[0] ?? {}), COLUMNS, file);
    }
    assert.equal(items.filter((row) => row.kind === 'multiple').length, 5);
    assert.deepEqual(
      items.filter((row) => row.kind !== 'choice' && row.kind !== 'multiple'),
      [],
    );
  });

  it('have unique codes that begin with their group', () => {
    assert.deepEqual(repeated(items.map((row) => row.code!)), []);
    for (const row of items) assert.match(row.code!, new RegExp(`^${row.group}-\\d{3}$`));
  });

  it('lie in 4 or 5 groups a unit, each with one topic and at least 3 questions', () => {
    for (const { file, rows } of units) {
      const groups = Map.groupBy(rows, (row) => row.group);
      assert.ok(groups.size === 4 || groups.size === 5, file);
      for (const [group, members] of groups) {
        assert.ok(members.length >= 3, group);
        assert.equal(new Set(members.map((row) => row.topic)).size, 1, group);
      }
    }
  });

  it('offer different options, four for one answer and five for two', () => {
    for (const row of items) {
      const options = optionsOf(row);
      assert.equal(options.length, row.kind === 'choice' ? 4 : 5, row.code);
      assert.deepEqual(repeated(options), [], row.code);
      assert.doesNotMatch(options.join('\n'), /\b(all|none|both) of (the|these)\b/i, row.code);
      assert.doesNotMatch(row.question!, /\b(not|never|except)\b/, row.code);
    }
  });

  it('have keys that name options: one, or as many as the question says', () => {
    for (const row of items) {
      const key = row.key!.split(';');
      assert.deepEqual(repeated(key), [], row.code);
      for (const letter of key) assert.ok(row[`option_${letter.toLowerCase()}`], row.code);
      assert.equal(key.length, row.kind === 'choice' ? 1 : 2, row.code);
      assert.equal(/^Choose the TWO /.test(row.question!), row.kind === 'multiple', row.code);
    }
  });

  it('spread the right answer evenly over A to D, and do not betray it by length', () => {
    for (const { file, rows } of units) {
      const single = rows.filter((row) => row.kind === 'choice');
      for (const letter of ['A', 'B', 'C', 'D']) {
        const count = single.filter((row) => row.key === letter).length;
        assert.ok(count === 4 || count === 5, `${file}: ${letter} is right ${count} times`);
      }
      const longest = single.filter((row) => {
        const lengths = optionsOf(row).map((option) => option.length);
        const right = row[`option_${row.key!.toLowerCase()}`]!.length;
        return right === Math.max(...lengths) && lengths.indexOf(right) === lengths.lastIndexOf(right);
      });
      assert.ok(longest.length <= single.length * 0.4, `${file}: the right answer is longest ${longest.length} times`);
    }
  });

  it('give a reason of one sentence, and not the same reason twice', () => {
    for (const row of items) assert.match(row.rationale!, /^\S.{30,}[^.]\.$/, row.code);
    assert.deepEqual(repeated(items.map((row) => row.rationale!)), []);
  });

  it('rest at least 4 times a unit on a picture that is there and described', () => {
    for (const { file, rows } of units) {
      assert.ok(rows.filter((row) => row.picture).length >= 4, file);
    }
    for (const row of items) {
      if (!row.picture) {
        assert.equal(row.picture_alt, '', row.code);
        continue;
      }
      assert.ok(pictures.includes(row.picture), `${row.code}: ${row.picture}`);
      assert.ok(row.picture_alt!.length >= 60 && row.picture_alt!.length <= 500, row.code);
    }
  });
});

describe('the import of the demonstration questions', () => {
  it('takes every question with its picture and has nothing to say about any', () => {
    for (const { file, rows } of units) {
      const own = rows.flatMap((row) => row.picture || []);
      const given = new Map(own.map((name) => [name, readFileSync(join(HERE, 'pictures', name))]));
      const imported = readItemsCsv(readFileSync(join(HERE, 'items', file)), given, { label: file });
      assert.deepEqual(imported.diagnostics, [], file);
      assert.equal(imported.pictures.length, given.size, file);
      assert.deepEqual(
        imported.items.map((item) => [item.code, item.group, item.topic, item.key.correct.join(';')]),
        rows.map((row) => [row.code, row.group, row.topic, row.key]),
      );
    }
  });
});

describe('demonstration pictures', () => {
  it('are all used, and each has its drawing', () => {
    const used = new Set(items.map((row) => row.picture).filter(Boolean));
    assert.deepEqual(pictures.toSorted(), [...used].toSorted());
    const drawings = readdirSync(join(HERE, 'drawings')).map((name) => name.replace(/\.svg$/, '.png'));
    assert.deepEqual(drawings.toSorted(), pictures.toSorted());
  });

  it('are PNG, 920 px wide and smaller than 25 kB', () => {
    for (const name of pictures) {
      const bytes = readFileSync(join(HERE, 'pictures', name));
      assert.equal(bytes.toString('latin1', 1, 4), 'PNG', name);
      assert.equal(bytes.readUInt32BE(16), 920, name);
      assert.ok(bytes.length < 25_000, `${name}: ${bytes.length} bytes`);
    }
  });
});

/** Sum of each digit times its weight, 10 down to 1, leaves 10 when divided by 11; the first digit is not 0. */
function hasUlnCheckDigit(uln: string): boolean {
  const sum = [...uln].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  return /^[1-9]\d{9}$/.test(uln) && sum % 11 === 10;
}

describe('demonstration people', () => {
  it('come from two centres, 44 and 16 candidates', () => {
    assert.deepEqual(
      centres.map((centre) => centre.number),
      ['04417', '04426'],
    );
    assert.equal(candidates.filter((each) => each.centre === 'northgate').length, 44);
    assert.equal(candidates.filter((each) => each.centre === 'severnside').length, 16);
  });

  it('have unique learner numbers with a right check digit, or a reason for having none', () => {
    assert.equal(hasUlnCheckDigit('9276308686'), true);
    assert.equal(hasUlnCheckDigit('9276308687'), false);
    const ulns = candidates.flatMap((each) => each.uln ?? []);
    for (const uln of ulns) assert.ok(hasUlnCheckDigit(uln), uln);
    assert.deepEqual(repeated(ulns), []);
    for (const each of candidates) {
      assert.equal(each.uln === null, Boolean(each.ulnAbsentReason), each.centreReference);
    }
    assert.ok(ulns.length >= 50 && ulns.length < candidates.length);
  });

  it('have unique usernames, references and e-mail addresses, and every account of the demonstration', () => {
    const usernames = [...accounts, ...candidates].flatMap((each) => each.username ?? []);
    assert.deepEqual(repeated(usernames), []);
    assert.deepEqual(usernames.toSorted(), [
      ...['admin', 'administrator', 'assessor', 'author', 'candidate', 'candidate2', 'champion', 'coordinator'],
      ...['coordinator2', 'finance', 'invigilator', 'invigilator2', 'iqa', 'member', 'officer', 'quality'],
      ...['results', 'reviewer'],
    ]);
    assert.deepEqual(repeated(candidates.map((each) => each.centreReference)), []);
    assert.deepEqual(repeated([...accounts, ...staffMembers, ...candidates].flatMap((each) => each.email ?? [])), []);
  });

  it('write and telephone only where nobody can be reached', () => {
    for (const { email } of [...centres, ...accounts, ...staffMembers, ...candidates]) {
      if (email !== null) assert.match(email, /^[a-z0-9.-]+@[a-z]+\.example$/);
    }
    for (const { telephone } of centres) assert.match(telephone, /^01632 960\d{3}$/);
    for (const { postcode } of [...centres, ...candidates]) assert.match(postcode, /^ZZ\d \d[A-Z]{2}$/);
  });

  it('have dates of birth that exist, at ages that fit', () => {
    for (const { birthDate, centreReference } of candidates) {
      assert.equal(new Date(birthDate).toISOString().slice(0, 10), birthDate, centreReference);
      assert.ok(birthDate > '1960' && birthDate < '2010', centreReference);
    }
  });
});
