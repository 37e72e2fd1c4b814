import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { confirmShown, intakeFile, intakeFolder, takeIn, WITHOUT_FILES } from '#test/intake-files.ts';
import { registerImports } from '../register-import/register-imports.ts';

const skip = intakeFolder() ? false : WITHOUT_FILES;
let app: TestApplication;
let coordinator: PlainBrowser;
let common: Record<string, string>;

before(async () => {
  // The days in the files are of this autumn.
  app = await startTestApplication({ clock: new SetClock(new Date('2026-11-25T10:00:00Z')) });
  coordinator = await app.logIn('coordinator');
  const product = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('products.products').select('id').where('code', '=', 'ARH').executeTakeFirstOrThrow(),
  );
  common = { product: product.id, assessmentLanguage: 'en' };
});
after(() => app.close());

/** The names and birth dates of those whom an import registered, in the order of the file. */
async function registeredBy(address: string) {
  const id = address.split('/').at(-1)?.split('?')[0] as string;
  return app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.import_rows as i')
      .innerJoin('web_portal.registrations as r', 'r.id', 'i.registration_id')
      .innerJoin('web_portal.candidates as c', 'c.id', 'r.candidate_id')
      .select(['c.given_names', 'c.family_name', 'c.birth_date', 'c.uln', 'r.programme_start', 'r.funding', 'r.state'])
      .where('i.import_id', '=', id)
      .orderBy('i.row_number')
      .execute(),
  );
}

const isoDay = (text: string) => text.split('/').reverse().join('-');

/** What a file says of names and days, read apart from the product. */
function expected(text: string, delimiter: string) {
  const rows = parse(text, { columns: true, delimiter, bom: true }) as Record<string, string>[];
  return rows.map((row) => ({
    given_names: row['Given names']?.trim().normalize('NFC'),
    family_name: row['Family name']?.trim().normalize('NFC'),
    birth_date: isoDay(row['Date of birth'] as string),
    uln: row.ULN,
    programme_start: isoDay(row['Programme start'] as string),
    funding: row.Funding === 'Funded' ? 'funded' : 'not_funded',
    state: 'active',
  }));
}

test('all 500 and all 30 register, each with the name as given; faults of the 40 stand in their rows', {
  skip,
}, async (t) => {
  await t.test('500 by a file in UTF-8 with commas', async () => {
    const file = await intakeFile('intake-500.csv');
    const address = await takeIn(coordinator, 'intake-500.csv', file, common);
    assert.match((await coordinator.get(address)).text, /500 ready/);
    assert.equal((await confirmShown(coordinator, address)).location, address);
    await registerImports(app.services);
    assert.deepEqual(await registeredBy(address), expected(file.toString('utf8'), ','));
    assert.match((await coordinator.get(address)).text, /500 candidates registered/);
  });

  await t.test('30 by a file in UTF-16 with tabs, who are known already, for another product', async () => {
    const file = await intakeFile('intake-30-utf16.txt');
    const other = await app.services.database.read(SYSTEM, ({ db }) =>
      db.selectFrom('products.products').select('id').where('code', '=', 'EVH').executeTakeFirstOrThrow(),
    );
    const address = await takeIn(coordinator, 'intake-30.txt', file, { ...common, product: other.id });
    const { text } = await coordinator.get(address);
    assert.match(text, /30 ready/, 'equal in ULN, name and birth date: nobody is asked');
    await confirmShown(coordinator, address);
    await registerImports(app.services);
    assert.deepEqual(await registeredBy(address), expected(file.toString('utf16le'), '\t'));
  });

  await t.test('each fault of the 40 is named in its row', async () => {
    const address = await takeIn(coordinator, 'intake-40.csv', await intakeFile('intake-40-with-faults.csv'), common);
    const id = address.split('/').at(-1) as string;
    const rows = await app.services.database.read(SYSTEM, ({ db }) =>
      db
        .selectFrom('web_portal.import_rows')
        .select(['row_number as row', 'state', 'faults', 'warnings'])
        .where('import_id', '=', id)
        .orderBy('row_number')
        .execute(),
    );
    const said = new Map(
      rows.map(({ row, state, faults, warnings }) => [
        row,
        `${state}: ${[
          ...(faults as { field: string; message: string }[]),
          ...(warnings as { message: string; kind: string }[]),
        ]
          .map((one) => `${'field' in one ? one.field : one.kind}: ${one.message}`)
          .join(' | ')}`,
      ]),
    );
    const faults: Record<number, RegExp> = {
      2: /^fault: birthDate: .*real date/,
      3: /^fault: uln: 9999999999 stands for a number/,
      4: /^fault: uln: A ULN never begins with 0/,
      5: /^fault: uln: Row 6 has the same ULN 8041936864/,
      6: /^fault: uln: Row 5 has the same ULN 8041936864/,
      7: /^fault: givenNames: Enter the given names/,
      8: /^fault: familyName: The family name may not begin with =: a formula does/,
      9: /^fault: email: The e-mail address has not the form/,
      12: /^ready: late: Registered late: \d+ days/,
      13: /^fault: programmeStart: .*more than 180 days ahead/,
      14: /^fault: birthDate: .*makes the candidate 1 years old/,
      15: /^fault: birthDate: .*makes the candidate 126 years old/,
      17: /^fault: familyName: The family name may not begin with -/,
      18: /^fault: givenNames: There is a sign in the given names that no name has: ;/,
      19: /^fault: familyName: .*no name has: </,
      20: /^fault: familyName: .*no name has: </,
      21: /^fault: funding: The funding "Maybe" is not known/,
      22: /^fault: givenNames: The given names is longer than 100/,
      23: /^fault: postcode: The postcode has not the form/,
      26: /^fault: product: Noah Ng is registered for this product since/,
      27: /^undecided: match: Your centre has a candidate like this: Wei Lis.*same ULN/,
      28: /^fault: row: The row has 3 cells fewer than there are headings.*programmeStart: Enter the programme start/,
      29: /^fault: row: The row has 2 cells more than there are headings \(extra, cells\)/,
      30: /^fault: uln: Enter the ULN or the Scottish candidate number, or say why there is none: in a column/,
      31: /^fault: givenNames: There is an invisible mark in the given names/,
    };
    for (const [row, words] of Object.entries(faults)) assert.match(said.get(Number(row)) ?? '', words, `row ${row}`);
    // Oddities that are none: other forms of a date, spaces round a value, words for a sex that is not kept, any apostrophe.
    for (const row of [10, 11, 16, 24, 25, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41])
      assert.match(said.get(row) ?? '', /^ready: $/, `row ${row}`);
    assert.equal(rows.length, 40);
  });
});
