/**
 * Canaries: a bank whose keys, reasons, titles and file names are words that occur nowhere else. They must not reach any
 * page or file of a centre, a candidate or a seat, nor any built asset. The page of authors is the control that shows
 * that the canaries are there to be found.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { type BookedCandidate, bookCandidateFor } from '#test/book-candidate.ts';
import { asSuperuser } from '#test/database.ts';
import { importFile, makeBank, makeForm, publishInPlaceOf } from '#test/item-bank.ts';
import { SeatClient } from '#test/sitting.ts';
import { itemXml, packageZip, png } from '../../src/qti/testing/qti-samples.ts';
import { crawl } from './crawl.ts';

const CANARY = /canary/i;
const QUESTIONS = 6;

/** A question whose identifiers, title and picture tell the key to whoever sees them. */
function canaryItem(n: number): string {
  const choices = ['right', 'wrong', 'other']
    .map((each) => `<qti-simple-choice identifier="canary-${each}">Option ${each.slice(0, 1)}${n}</qti-simple-choice>`)
    .join('');
  return itemXml({
    identifier: `CANARY-${n}`,
    declaration:
      '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>canary-right</qti-value></qti-correct-response></qti-response-declaration>',
    body: `<p>Seen by candidates ${n}</p><p><img src="../img/canary-answer-is-first.png" alt="A grey square"/></p><qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">${choices}</qti-choice-interaction>`,
  }).replace('title="Charging voltage"', 'title="Canary title"');
}

const HEAD = 'code,group,topic,kind,question,option_a,option_b,key,rationale\n';

let app: TestApplication;
let author: PlainBrowser;
let booked: BookedCandidate;
let client: SeatClient;
/** Everything the seat was sent, by what it asked for. */
const seen: [string, string][] = [];

before(async () => {
  app = await startTestApplication();
  author = await app.logIn('author');
  await makeBank(author, 'BIRDS', 'Bank of birds');
  const items = Array.from({ length: QUESTIONS }, (_, n) => [`items/q${n}.xml`, canaryItem(n)] as const);
  const qti = packageZip({ ...Object.fromEntries(items), 'img/canary-answer-is-first.png': png() });
  const csv = Array.from(
    { length: QUESTIONS },
    (_, n) => `CANARY-CSV-${n},BIRDS,Birds,,"Asked of candidates ${n}?",Yes,No,A,The canary says A\n`,
  );
  for (const file of [
    { name: 'canary.zip', bytes: qti },
    { name: 'canary.csv', bytes: HEAD + csv.join('') },
  ]) {
    const answer = await importFile(author, 'BIRDS', file);
    assert.equal(answer.status, 303, answer.text.slice(0, 3000));
  }
  const form = { bank: 'BIRDS', code: 'BIRDS-1', title: 'Test of birds', unit: 'ARH-1', minutes: 20 };
  const made = await makeForm(author, { ...form, each: QUESTIONS, passMark: 6 });
  assert.equal(made.status, 303, made.text.slice(0, 3000));
  await publishInPlaceOf(await app.logIn('reviewer'), 'Automotive Refrigerant Handling', made.location ?? '');
  booked = await bookCandidateFor(app, 'ARH-1');
});
after(() => app.close());

describe('a key', () => {
  it('is on the page of authors (control)', async () => {
    const list = (await author.get('/online-assessments/item-bank/BIRDS?q=CSV')).text;
    const [item = ''] = list.match(/\/online-assessments\/item-bank\/BIRDS\/items\/[0-9a-f-]{36}/) ?? [];
    assert.match((await author.get(item)).text, /The canary says A/);
    const stored = await asSuperuser(app.database.url, async (database) => {
      const { rows } = await database.query(
        `select count(*)::int as n from online_assessments.item_keys where key::text like '%canary%'`,
      );
      return rows[0].n;
    });
    assert.equal(stored, 2 * QUESTIONS);
  });

  it('reaches no seat, from the log-in to the result', async () => {
    const seat = app.browser();
    const look = async (path: string) => {
      const { status, text, headers } = await seat.get(path);
      seen.push([path, `${[...headers].join('\n')}\n${text}`]);
      return { status, text };
    };
    await look('/sit');
    assert.equal((await seat.post('/sit', { candidateNumber: booked.candidateNumber, code: booked.code })).status, 303);
    await look('/sit/waiting');
    await booked.confirm();
    await look('/sit/state');
    client = new SeatClient(app.url, seat);
    const paper = await client.start();
    assert.equal(paper.questions.length, 2 * QUESTIONS);
    seen.push(['the started paper', JSON.stringify(paper)]);
    const again = await look('/sit/paper');
    assert.match(again.text, /Seen by candidates/);
    assert.match(again.text, /Asked of candidates/);
    await look('/sit/test');
    const [picture = ''] = again.text.match(/\/sit\/pictures\/[0-9a-f]{64}/) ?? [];
    assert.equal((await look(picture)).status, 200);
    for (const { number } of paper.questions) {
      const reply = await client.answer(number, 'A');
      seen.push([`the receipt of answer ${number}`, JSON.stringify(reply.body)]);
    }
    const refused = await seat.get('/online-assessments/item-bank/BIRDS');
    assert.ok(refused.status === 303 || refused.status === 403, 'a seat reads no bank');
    const handedIn = await client.handIn();
    assert.equal(handedIn.status, 200);
    seen.push(['the receipt of the hand-in', JSON.stringify(handedIn.body)]);
    assert.equal((await look('/sit/result')).status, 200);
    for (const [what, text] of seen) assert.doesNotMatch(text, CANARY, what);
  });

  for (const person of ['coordinator', 'administrator', 'invigilator', 'candidate', 'officer']) {
    it(`is on no page that ${person} can reach`, async () => {
      const browser = await app.logIn(person);
      const from = ['/home', '/system-access', '/online-assessments', '/web-portal', '/online-assessments/test-forms'];
      const pages = await crawl(browser, { from, table: app.routeTable, perRoute: 12 });
      assert.ok(pages.length > 5, `${person} reached ${pages.length} pages`);
      for (const { url, text } of pages) assert.doesNotMatch(text, CANARY, url);
      for (const { url } of app.routeTable.filter((line) => line.method === 'GET' && line.url.includes('item-bank'))) {
        const { status, text } = await browser.get(url.replace(':bank', 'BIRDS').replace(':item', booked.sittingId));
        assert.ok(status === 403 || status === 404, `${person} at ${url}: ${status}`);
        assert.doesNotMatch(text, CANARY, url);
      }
    });
  }

  it('is in no built asset, and no asset carries the shape of a stored key', async () => {
    const folder = fileURLToPath(new URL('../../build/assets/', import.meta.url));
    const names = (await readdir(folder)).filter((name) => /\.(js|css|json|svg)$/.test(name));
    assert.ok(names.some((name) => name.startsWith('player')));
    for (const name of names) {
      const text = await readFile(`${folder}${name}`, 'utf8');
      assert.doesNotMatch(text, CANARY, name);
      assert.doesNotMatch(text, /item_keys|qti-correct-response|rationale/, name);
    }
  });

  it('may be read from its table by no role of people', async () => {
    await asSuperuser(app.database.url, async (database) => {
      const { rows } = await database.query(
        `select distinct grantee from information_schema.role_table_grants
         where table_schema = 'online_assessments' and table_name = 'item_keys' and privilege_type = 'SELECT'`,
      );
      const readers = rows.map(({ grantee }) => String(grantee)).filter((name) => name !== 'postgres');
      assert.equal(readers.length, 1, readers.join(', '));
      assert.match(readers[0] ?? '', /system/);
    });
  });
});
