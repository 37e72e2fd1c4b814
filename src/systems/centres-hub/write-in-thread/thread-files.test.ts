/** Files with what is written in the thread of a request. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';

const clock = new SetClock(new Date());
let app: TestApplication;
let coordinator: PlainBrowser;
let assessor: PlainBrowser;
let coordinator2: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication({ clock });
  coordinator = await app.logIn('coordinator');
  assessor = await app.logIn('assessor');
  coordinator2 = await app.logIn('coordinator2');
  officer = await app.logIn('officer');
});
after(() => app.close());

const page = (id: string) => `/centres-hub/requests/${id}`;
const request = () => submittedRequest(app, { form: 'general-request', by: 'coordinator' });

function entry(kind: string, words: string, files: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  form.set('kind', kind);
  form.set('words', words);
  for (const [name, content] of files) form.append('files', new Blob([content]), name);
  return form;
}
const attachments = (text: string) =>
  [...text.matchAll(/href="([^"]+\/attachments\/[0-9a-f-]{36})"[^>]*>([^<]+)</g)].map(([, href = '', name = '']) => ({
    href,
    name,
  }));

test('question and answer carry files, which both sides can fetch and nobody else', async () => {
  const { id } = await request();
  const asked = await officer.postFiles(
    `${page(id)}/write`,
    entry('question', 'Please complete this list', [['list.txt', 'Room, seats\n1, 12\n']]),
  );
  assert.equal(asked.status, 303, asked.text);
  const answer = await coordinator.postFiles(
    `${page(id)}/write`,
    entry('answer', 'Completed', [
      ['C:\\lists\\list complete.txt', 'Room, seats\n1, 12\n2, 8\n'],
      ['plan.pdf', '%PDF-1.7\nplan'],
    ]),
  );
  assert.equal(answer.status, 303, answer.text);
  for (const reader of [coordinator, officer]) {
    const files = attachments((await reader.get(page(id))).text);
    assert.deepEqual(
      files.map(({ name }) => name),
      ['list.txt', 'list complete.txt', 'plan.pdf'],
    );
    const fetched = await reader.get(files[1]?.href ?? '');
    assert.equal(fetched.text, 'Room, seats\n1, 12\n2, 8\n');
    assert.match(String(fetched.headers.get('content-disposition')), /^attachment/);
  }
  const [first] = attachments((await coordinator.get(page(id))).text);
  for (const stranger of [assessor, coordinator2])
    assert.equal((await stranger.get(first?.href ?? '')).status, 404, 'the file of a request one may not read');
});

test('the files of a note are for the awarding body alone', async () => {
  const { id } = await request();
  await officer.postFiles(`${page(id)}/write`, entry('note', 'Compare this', [['case of last year.txt', 'secret']]));
  const [file] = attachments((await officer.get(page(id))).text);
  assert.equal((await officer.get(file?.href ?? '')).text, 'secret');
  assert.equal((await coordinator.get(file?.href ?? '')).status, 404);
  assert.doesNotMatch((await coordinator.get(page(id))).text, /case of last year/);
});

test('a wrong file is named, nothing is written, and the words stay', async () => {
  const { id } = await request();
  for (const [file, sentence] of [
    [['run.pdf', 'MZ\0program'], /&quot;run\.pdf&quot; is of a kind that is not taken/],
    [['empty.txt', ''], /&quot;empty\.txt&quot; is empty/],
    [['big.txt', 'x'.repeat(10_000_001)], /&quot;big\.txt&quot; is larger than 10 MB/],
  ] as const) {
    const refused = await coordinator.postFiles(
      `${page(id)}/write`,
      entry('remark', 'Typed with care', [['good.txt', 'fine'], file]),
    );
    assert.equal(refused.status, 422);
    assert.match(refused.text, sentence);
    assert.match(refused.text, /Typed with care<\/textarea>/);
  }
  const silent = await coordinator.postFiles(`${page(id)}/write`, entry('remark', ' ', [['good.txt', 'fine']]));
  assert.match(silent.text, /Choose the files again/, 'a browser sends no file twice');
  const [kept] = (
    await asSuperuser(app.database.url, (db) =>
      db.query('select count(*)::int as files from centres_hub.request_files where request_id = $1', [id]),
    )
  ).rows;
  assert.deepEqual(kept, { files: 0 });
  assert.doesNotMatch((await officer.get(page(id))).text, /Typed with care/);
});

test('a form with files keeps its words when the session has ended', async () => {
  const { id } = await request();
  clock.advance(16 * 60_000);
  const sent = await coordinator.postFiles(
    `${page(id)}/write`,
    entry('remark', 'Typed until the end', [['a.txt', 'a']]),
  );
  assert.equal(sent.status, 303);
  const [kept] = (
    await asSuperuser(app.database.url, (db) =>
      db.query(`select fields from platform.kept_forms order by kept_at desc limit 1`),
    )
  ).rows as { fields: Record<string, string> }[];
  assert.deepEqual(kept?.fields, { kind: 'remark', words: 'Typed until the end' });
});

test('more files than are taken are named in a sentence, and the words stay', async () => {
  const late = await app.logIn('coordinator');
  const { id } = await request();
  const seven = [1, 2, 3, 4, 5, 6, 7].map((n) => [`${n}.txt`, 'fine'] as const);
  const refused = await late.postFiles(`${page(id)}/write`, entry('remark', 'Typed with care', seven));
  assert.equal(refused.status, 422);
  assert.match(refused.text, /At most 5 files are taken at once/);
  assert.match(refused.text, /Typed with care<\/textarea>/);
});
