import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readItemsCsv } from '#qti';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { importFile, makeBank } from '#test/item-bank.ts';
import { CHOICES, itemXml, packageZip, png } from '../../../qti/testing/qti-samples.ts';
import { forgeZip } from '../../../qti/testing/zip-forge.ts';
import { EXAMPLE_CSV } from './csv-page.ts';

const HEAD = 'code,group,topic,kind,question,option_a,option_b,key,picture,picture_alt,rationale\n';

let app: TestApplication;
let author: PlainBrowser;
let uploads: string;

before(async () => {
  uploads = await mkdtemp(join(tmpdir(), 'imi-import-test-'));
  app = await startTestApplication();
  author = await app.logIn('author');
  // Where uploads wait while they are read.
  process.env.TMPDIR = uploads;
});
after(async () => {
  await app.close();
  await rm(uploads, { recursive: true });
});

/** Rows of every table that an import could touch. */
function rows(): Promise<Record<string, number>> {
  return asSuperuser(app.database.url, async (client) => {
    const counts: Record<string, number> = {};
    const tables = ['imports', 'pictures', 'items', 'item_versions', 'item_keys', 'item_pictures'];
    for (const table of tables)
      counts[table] = (await client.query(`select count(*)::int as n from online_assessments.${table}`)).rows[0].n;
    return counts;
  });
}

async function versionsOf(bank: string): Promise<Record<string, number>> {
  return asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query(
      `select i.code, v.version from online_assessments.items i join online_assessments.item_versions v on v.id = i.current_version_id
       join online_assessments.item_banks b on b.id = i.bank_id where b.code = $1 order by i.code`,
      [bank],
    );
    return Object.fromEntries(rows.map(({ code, version }) => [code, version]));
  });
}

/** The figures of the page that says what an import did. */
async function result(location: string | null): Promise<Record<string, string>> {
  const { text, status } = await author.get(location ?? '');
  assert.equal(status, 200);
  return Object.fromEntries(
    [...text.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

describe('importing questions', () => {
  it('takes the example of the page that explains the CSV', async () => {
    assert.deepEqual(readItemsCsv(Buffer.from(EXAMPLE_CSV)).diagnostics, []);
    const { text } = await author.get('/online-assessments/item-bank/csv/example');
    await makeBank(author, 'EXAMPLE');
    const answer = await importFile(author, 'EXAMPLE', { name: 'example.csv', bytes: text });
    assert.equal(answer.status, 303);
    const { New, 'Recognised as': format, 'Pictures in the file': pictures } = await result(answer.location);
    assert.deepEqual([New, format, pictures], ['3', 'CSV', '0']);
  });

  it('makes a new version of what changed, none of what did not, and leaves what the file does not name', async () => {
    await makeBank(author, 'CHANGES');
    const first = `${HEAD}Q1,G,T,,First?,Yes,No,A,,,\nQ2,G,T,,Second?,Yes,No,A,,,\nQ3,G,T,,Third?,Yes,No,A,,,\n`;
    const one = await importFile(author, 'CHANGES', { name: 'one.csv', bytes: first });
    assert.equal((await result(one.location)).New, '3');
    // Q1: another key and the same words; Q2 as it was; Q3 not named; Q4 new.
    const second = `${HEAD}Q1,G,T,,First?,Yes,No,B,,,\nQ2,G,T,,Second?,Yes,No,A,,,\nQ4,G,T,,Fourth?,Yes,No,A,,,\n`;
    const two = await importFile(author, 'CHANGES', { name: 'two.csv', bytes: second });
    const figures = await result(two.location);
    assert.deepEqual(
      [figures.New, figures['Changed: a new version each'], figures['The same: no new version']],
      ['1', '1', '1'],
    );
    assert.deepEqual(await versionsOf('CHANGES'), { Q1: 2, Q2: 1, Q3: 1, Q4: 1 });
    const again = await importFile(author, 'CHANGES', { name: 'two.csv', bytes: second });
    assert.match((await author.get(again.location ?? '')).text, /word for word\. Nothing was changed/);
    assert.deepEqual(await versionsOf('CHANGES'), { Q1: 2, Q2: 1, Q3: 1, Q4: 1 });
  });

  it('knows the file by its content and makes a new version when only the picture changed', async () => {
    await makeBank(author, 'PICTURES');
    const csv = `${HEAD}P1,G,T,,What is it?,Lamp,Horn,A,fig.png,A grey square,\n`;
    const withPicture = (picture: Buffer) =>
      forgeZip([
        { name: 'pool/items.csv', bytes: Buffer.from(csv) },
        { name: 'pool/fig.png', bytes: picture },
        { name: 'pool/notes.txt.bak', bytes: Buffer.from('unused') },
      ]);
    const one = await importFile(author, 'PICTURES', { name: 'really-a-zip.csv', bytes: withPicture(png(2, 2)) });
    const figures = await result(one.location);
    assert.deepEqual([figures['Recognised as'], figures['Pictures in the file']], ['CSV with pictures', '1']);
    assert.match((await author.get(one.location ?? '')).text, /notes\.txt\.bak.* was left out/);
    await importFile(author, 'PICTURES', { name: 'same.zip', bytes: withPicture(png(2, 2)) });
    assert.deepEqual(await versionsOf('PICTURES'), { P1: 1 });
    await importFile(author, 'PICTURES', { name: 'other.zip', bytes: withPicture(png(3, 3)) });
    assert.deepEqual(await versionsOf('PICTURES'), { P1: 2 });
  });

  it('takes a QTI 3 package, shows it as a candidate sees it with the key apart, and serves its picture to its bank only', async () => {
    await makeBank(author, 'QTI');
    const xml = itemXml({ body: `<p>Look at the dial.</p><p><img src="../img/dial.png" alt="A dial"/></p>${CHOICES}` });
    const bytes = packageZip({ 'items/a.xml': xml, 'img/dial.png': png(5, 5) });
    const answer = await importFile(author, 'QTI', { name: 'package.zip', bytes });
    assert.equal((await result(answer.location))['Recognised as'], 'QTI 3 package');
    const list = (await author.get('/online-assessments/item-bank/QTI')).text;
    const [item] = list.match(/\/online-assessments\/item-bank\/QTI\/items\/[0-9a-f-]{36}/) ?? [];
    const shown = (await author.get(item ?? '')).text;
    const candidate = shown.slice(shown.indexOf('What the candidate sees'), shown.indexOf('id="key"'));
    assert.match(candidate, /Look at the dial/);
    assert.doesNotMatch(candidate, /checked|correct|dial\.png/);
    assert.match(shown.slice(shown.indexOf('id="key"')), /14\.2 V/);
    const [, sha256] = candidate.match(/pictures\/([0-9a-f]{64})/) ?? [];
    const picture = await author.get(`/online-assessments/item-bank/QTI/pictures/${sha256}`);
    assert.equal(picture.headers.get('content-type'), 'image/png');
    assert.equal((await author.get(`/online-assessments/item-bank/CHANGES/pictures/${sha256}`)).status, 404);
    const coordinator = await app.logIn('coordinator');
    assert.equal((await coordinator.get(`/online-assessments/item-bank/QTI/pictures/${sha256}`)).status, 403);
    assert.equal((await coordinator.get(item ?? '')).status, 403);
  });

  it('takes nothing when one row is wrong, says which, and keeps the form', async () => {
    await makeBank(author, 'FAULTS');
    const beforeImport = await rows();
    const bytes = `${HEAD}F1,G,T,,Right?,Yes,No,A,,,\nF2,G,T,,No key?,Yes,No,,,,\nF1,G,T,,Twice?,Yes,No,A,,,\n`;
    const answer = await importFile(author, 'FAULTS', { name: 'faults.csv', bytes });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Nothing was imported.*faults\.csv has 2 faults/s);
    assert.match(answer.text, /faults\.csv, row 3, column key/);
    assert.match(answer.text, /faults\.csv, row 4, column code/);
    assert.match(answer.text, /enctype="multipart\/form-data"/);
    assert.deepEqual(await rows(), beforeImport);
  });

  it('asks for a file when none was chosen', async () => {
    const form = new FormData();
    form.set('submissionId', randomUUID());
    form.set('file', new Blob([]), '');
    const answer = await author.postFiles('/online-assessments/item-bank/FAULTS/import', form);
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Choose a file to import/);
  });

  it('imports once when the button is pressed five times at once', async () => {
    await makeBank(author, 'ONCE');
    const submissionId = randomUUID();
    const bytes = `${HEAD}O1,G,T,,Once?,Yes,No,A,,,\n`;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => importFile(author, 'ONCE', { name: 'once.csv', bytes, submissionId })),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303]);
    assert.equal(new Set(answers.map(({ location }) => location)).size, 1);
    assert.deepEqual(await versionsOf('ONCE'), { O1: 1 });
  });

  it('two people who import the same file at once make no version twice', async () => {
    await makeBank(author, 'RACE');
    const bytes = `${HEAD}${Array.from({ length: 50 }, (_, n) => `R${n},G,T,,Question ${n}?,Yes,No,A,,,\n`).join('')}`;
    const reviewer = await app.logIn('reviewer');
    const answers = await Promise.all(
      [author, reviewer, author].map((person) => importFile(person, 'RACE', { name: 'race.csv', bytes })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303, 303],
    );
    const versions = await versionsOf('RACE');
    assert.equal(Object.keys(versions).length, 50);
    assert.deepEqual([...new Set(Object.values(versions))], [1]);
  });

  it('is for authors and reviewers, and needs a bank that is there', async () => {
    const coordinator = await app.logIn('coordinator');
    const beforeImport = await rows();
    const file = { name: 'x.csv', bytes: `${HEAD}X,G,T,,X?,Yes,No,A,,,\n` };
    assert.equal((await importFile(coordinator, 'ONCE', file)).status, 403);
    assert.equal((await importFile(app.browser(), 'ONCE', file)).status, 303);
    assert.equal((await importFile(author, 'NOWHERE', file)).status, 404);
    assert.deepEqual(await rows(), beforeImport);
  });

  it('leaves no upload behind', async () => {
    assert.deepEqual(await readdir(uploads), []);
  });
});

describe('hostile and mistaken uploads', () => {
  const honest = { name: 'items/a.xml', bytes: Buffer.from(itemXml()) };
  const attacks: [string, RegExp, { name: string; bytes: Buffer }][] = [
    [
      'a zip bomb',
      /100 times|larger than/,
      { name: 'bomb.zip', bytes: packageZip({ 'items/a.xml': Buffer.alloc(30 * 1024 * 1024) }) },
    ],
    [
      'a zip that leads out of its folder',
      /etc\/cron\.d\/x.* leads out of the package/,
      { name: 'slip.zip', bytes: packageZip({}, [honest, { name: '../../etc/cron.d/x', bytes: Buffer.from('x') }]) },
    ],
    [
      'XML entities',
      /document type or entity declaration/,
      {
        name: 'laughs.zip',
        bytes: packageZip({
          'items/a.xml': itemXml({ head: '<!DOCTYPE a [<!ENTITY l0 "ha"><!ENTITY l1 "&l0;&l0;">]>' }),
        }),
      },
    ],
    [
      'an item without a key',
      /has no key\. Give the right answer/,
      {
        name: 'keyless.zip',
        bytes: packageZip({
          'items/a.xml': itemXml({
            declaration:
              '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"></qti-response-declaration>',
          }),
        }),
      },
    ],
    ['a PDF named .zip', /is a PDF document/, { name: 'questions.zip', bytes: Buffer.from('%PDF-1.7\n1 0 obj\n') }],
    [
      'a web page named .csv',
      /is a web page/,
      { name: 'questions.csv', bytes: Buffer.from('<!doctype html><table><tr><td>code</td></tr></table>') },
    ],
    [
      'a spreadsheet',
      /neither an imsmanifest\.xml/,
      { name: 'questions.xlsx', bytes: forgeZip([{ name: 'xl/workbook.xml', bytes: Buffer.from('<workbook/>') }]) },
    ],
    ['an empty file', /is empty/, { name: 'empty.csv', bytes: Buffer.alloc(0) }],
    ['a file of 33 MB', /larger than 32 MB/, { name: 'big.csv', bytes: Buffer.alloc(33 * 1024 * 1024, 'a') }],
  ];
  for (const [what, says, file] of attacks) {
    it(`refuses ${what} in a sentence, within 2 seconds, and writes nothing`, async () => {
      const beforeImport = await rows();
      // Processor time of server and browser together: what else the machine does is no fault of the file.
      const start = process.cpuUsage();
      const answer = await importFile(author, 'FAULTS', file);
      const { user, system } = process.cpuUsage(start);
      const took = (user + system) / 1000;
      assert.equal(answer.status, 422);
      const faults = answer.text.slice(answer.text.indexOf('<main'));
      assert.match(faults.replace(/<[^>]+>/g, ' '), says);
      assert.ok(took < 2_000, `took ${Math.round(took)} ms`);
      assert.deepEqual(await rows(), beforeImport);
      assert.deepEqual(await readdir(uploads), []);
    });
  }
});
