/** By the officer's pages alone a new form comes to be; a centre submits it; a later version leaves it as worded. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  type PlainAnswer,
  type PlainBrowser,
  SetClock,
  startTestApplication,
  type TestApplication,
} from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

const clock = new SetClock(new Date('2026-11-25T10:00:00Z'));
let app: TestApplication;
let officer: PlainBrowser;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication({ clock });
  officer = await app.logIn('officer');
  coordinator = await app.logIn('coordinator');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const hidden = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1]?.replaceAll('&quot;', '"') ?? '';
const post = (browser: PlainBrowser, path: string, fields: Record<string, string | string[]> = {}) =>
  browser.post(path, { submissionId: randomUUID(), ...fields });
async function sent(answer: Promise<PlainAnswer>): Promise<string> {
  const { status, location, text } = await answer;
  assert.equal(status, 303, text.match(/error-summary__list">(.*?)<\/ul>/s)?.[1] ?? text.slice(0, 2000));
  return location ?? '';
}

const FORM = '/centres-hub/forms/loan-of-equipment';
const FACTS = {
  title: 'Loan of equipment',
  summary: 'To borrow equipment of the awarding body.',
  filledBy: ['coordinator', 'administrator'],
  signed: 'yes',
  statement: 'We bring it back whole.',
  signedBy: ['coordinator'],
  decidedBy: ['officer'],
  daysAllowed: '10',
  decision: 'grant',
};
const question = (label: string, type: string, more: Record<string, string | string[]> = {}) => ({
  label,
  type,
  required: 'yes',
  ...more,
});

async function change(path: string, fields: Record<string, string | string[]>): Promise<PlainAnswer> {
  return post(officer, path, { seen: hidden((await officer.get(path)).text, 'seen'), ...fields });
}

let request: string;
const PDF = new Blob(['%PDF-1.4\nAn inventory'], { type: 'application/pdf' });

describe('a form designed, published, submitted, changed', () => {
  it('comes to be by the pages of the officer, who is told what it still lacks', async () => {
    assert.equal(await sent(post(officer, '/centres-hub/forms/new', { title: 'Loan of equipment' })), `${FORM}/facts`);
    const begun = await officer.get(FORM);
    assert.match(begun.text, /4 things to do before it can be published/);
    assert.match(begun.text, /Never published/);
    assert.equal((await post(officer, '/centres-hub/forms/new', { title: 'Loan of equipment' })).status, 422);
    assert.match((await change(`${FORM}/facts`, { ...FACTS, daysAllowed: '500' })).text, /Allow at most 120 days/);
    await sent(change(`${FORM}/facts`, FACTS));
    await sent(post(officer, `${FORM}/sections/add`, { title: 'The loan' }));
    const add = `${FORM}/sections/1/add-question`;
    const what = question('What do you need?', 'one_of', {
      options: 'A training board\nA gas bottle | gas',
      key: 'what',
    });
    assert.match((await post(officer, add, { ...what, options: 'One' })).text, /Enter at least two options/);
    await sent(post(officer, add, what));
    assert.match((await post(officer, add, what)).text, /Another question has the key &quot;what&quot;/);
    await sent(post(officer, add, question('Who is trained for gas?', 'short_text', { condition: ['what=gas'] })));
    await sent(post(officer, add, question('Inventory', 'file', { key: 'inventory' })));
    const page = await officer.get(FORM);
    assert.match(page.text, /Nothing stands in the way of publishing/);
    assert.match(page.text, /Only if &quot;What do you need\?&quot; is &quot;A gas bottle&quot;/);
    assert.match(page.text, /whoIsTrainedFor/);
  });

  it('is tried in a preview that stores nothing', async () => {
    const preview = await officer.get(`${FORM}/preview?tried=yes&q.what=gas`);
    assert.match(preview.text, /Enter an answer to &quot;Who is trained for gas\?&quot;/);
    assert.doesNotMatch(
      (await officer.get(`${FORM}/preview?tried=yes&q.what=a-training-board`)).text,
      /Enter an answer to &quot;Who is/,
    );
    assert.equal(
      (
        await rows(`select 1 from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
      join centres_hub.forms f on f.id = v.form_id where f.code = 'loan-of-equipment'`)
      ).length,
      0,
    );
  });

  it('is unknown to centres until it is published, with a reason', async () => {
    assert.doesNotMatch((await coordinator.get('/centres-hub/requests/new')).text, /Loan of equipment/);
    const page = await officer.get(`${FORM}/publish`);
    const revision = hidden(page.text, 'revision');
    assert.match((await post(officer, `${FORM}/publish`, { revision, reason: '' })).text, /Say why/);
    assert.match(
      (await post(officer, `${FORM}/publish`, { revision: '1', reason: 'First issue' })).text,
      /was changed after you opened/,
    );
    await sent(post(officer, `${FORM}/publish`, { revision, reason: 'First issue' }));
    assert.match((await coordinator.get('/centres-hub/requests/new')).text, /Loan of equipment/);
    const [event] = await rows<{ payload: { number: number } }>(
      `select payload from platform.audit_events where kind = 'centres-hub.form-published' and payload->>'code' = 'loan-of-equipment'`,
    );
    assert.equal(event?.payload.number, 1);
  });

  it('is offered to the roles that fill it in, and open to nobody without', async () => {
    const invigilator = await app.logIn('invigilator');
    assert.doesNotMatch((await invigilator.get('/centres-hub/requests/new')).text, /Loan of equipment/);
    assert.equal((await invigilator.get('/centres-hub/requests/new/loan-of-equipment')).status, 404);
    assert.equal((await coordinator.get('/centres-hub/forms')).status, 403);
    assert.equal((await officer.get('/centres-hub/requests/new')).status, 403);
  });

  it('is filled in with a condition, a file and a signature, and the clock begins', async () => {
    request = (await sent(post(coordinator, '/centres-hub/requests/new/loan-of-equipment'))).replace('/fill-in', '');
    const fillIn = `${request}/fill-in`;
    const fields = async () => {
      const { text } = await coordinator.get(fillIn);
      return { revision: hidden(text, 'revision'), version: hidden(text, 'version'), seen: hidden(text, 'seen') };
    };
    const missing = await coordinator.post(fillIn, { ...(await fields()), 'q.what': 'gas', act: 'submit' });
    assert.equal(missing.status, 422);
    for (const message of [
      'Enter an answer to &quot;Who is trained',
      'Attach a file to &quot;Inventory',
      'Type your name, Marguerite Holloway-Finch',
    ])
      assert.ok(missing.text.includes(message), message);
    const toFiles = await sent(
      coordinator.post(fillIn, {
        ...(await fields()),
        'q.what': 'gas',
        'q.whoIsTrainedFor': 'Odo',
        act: 'files:inventory',
      }),
    );
    assert.equal(toFiles, `${request}/files/inventory`);
    const file = new FormData();
    file.append('file', PDF, 'inventory.pdf');
    await sent(coordinator.postFiles(toFiles, file));
    const typed = { 'q.what': 'gas', 'q.whoIsTrainedFor': 'Odo', act: 'submit' };
    const other = await coordinator.post(fillIn, { ...(await fields()), ...typed, signedName: 'Somebody Else' });
    assert.match(other.text, /Type your own name/);
    assert.equal(
      await sent(coordinator.post(fillIn, { ...(await fields()), ...typed, signedName: 'marguerite  holloway-finch' })),
      `${request}?done=submitted`,
    );
    const id = request.split('/').at(-1);
    const [stored] = await rows<Record<string, unknown>>(
      'select state, days_allowed, due_on::text, signed_name from centres_hub.requests where id = $1',
      [id],
    );
    assert.deepEqual(stored, {
      state: 'submitted',
      days_allowed: 10,
      due_on: '2026-12-09',
      signed_name: 'marguerite  holloway-finch',
    });
    const entries = await rows<{ kind: string; side: string }>(
      'select kind, side from centres_hub.request_entries where request_id = $1',
      [id],
    );
    assert.deepEqual(entries, [{ kind: 'submitted', side: 'centre' }]);
    // The button pressed twice.
    assert.equal(await sent(coordinator.post(fillIn, { ...typed, signedName: 'Marguerite Holloway-Finch' })), request);
    assert.equal((await rows('select 1 from centres_hub.request_entries where request_id = $1', [id])).length, 1);
  });

  it('stays as it was worded when the form is changed and published again', async () => {
    await sent(post(officer, `${FORM}/begin-draft`));
    const edit = await change(
      `${FORM}/questions/what`,
      question('Which thing do you want on loan?', 'one_of', {
        options: 'A training board\nA gas bottle | gas\nA jack',
        key: 'thing',
      }),
    );
    await sent(Promise.resolve(edit));
    assert.match((await officer.get(FORM)).text, /Only if &quot;Which thing do you want on loan\?&quot; is/);
    await sent(change(`${FORM}/questions/inventory/remove`, {}));
    const page = await officer.get(`${FORM}/publish`);
    assert.match(page.text, /Question inventory/);
    await sent(post(officer, `${FORM}/publish`, { revision: hidden(page.text, 'revision'), reason: 'Clearer words' }));
    for (const browser of [coordinator, officer]) {
      const { text } = await browser.get(`${request}/form`);
      assert.match(text, /What do you need\?/);
      assert.match(text, /A gas bottle/);
      assert.match(text, /We bring it back whole/);
      assert.match(text, /inventory\.pdf/);
      assert.match(text, /Version 1, published 25 November 2026/);
      assert.doesNotMatch(text, /on loan\?/);
    }
    const first = await officer.get(`${FORM}/versions/1`);
    assert.match(first.text, /What do you need\?/);
    assert.match(first.text, /Replaced by version 2: Clearer words/);
    assert.match((await officer.get(`${FORM}/versions/2`)).text, /Which thing do you want on loan\?/);
  });

  it('belongs to its centre: another gets 404 for form and file', async () => {
    const coordinator2 = await app.logIn('coordinator2');
    const path =
      /href="(\/centres-hub\/requests\/[^"]*\/attachments\/[^"]*)"/.exec(
        (await coordinator.get(`${request}/form`)).text,
      )?.[1] ?? '';
    const own = await coordinator.get(path);
    assert.equal(own.text, '%PDF-1.4\nAn inventory');
    assert.match(own.headers.get('content-disposition') ?? '', /^attachment; filename="inventory\.pdf"/);
    assert.equal(own.headers.get('x-content-type-options'), 'nosniff');
    for (const one of [path, `${request}/form`, `${request}/fill-in`])
      assert.equal((await coordinator2.get(one)).status, 404, one);
  });
});

describe('the list of forms', () => {
  it('finds, sorts, narrows and exports', async () => {
    const names = async (search: string) =>
      [
        ...(await officer.get(`/centres-hub/forms${search}`)).text.matchAll(/<a class="name" href="[^"]*">([^<]*)/g),
      ].map(([, name]) => name);
    assert.deepEqual(await names('?q=loan'), ['Loan of equipment']);
    assert.deepEqual(await names('?state=closed'), []);
    const all = await names('');
    assert.ok(all.length >= 14);
    assert.deepEqual(await names('?order=desc'), [...all].reverse());
    const csv = await officer.get('/centres-hub/forms/export?q=loan');
    assert.match(csv.text, /Loan of equipment,loan-of-equipment,2,/);
  });
});
