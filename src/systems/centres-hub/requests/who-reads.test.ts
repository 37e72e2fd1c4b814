/** Who reads a request or a draft, and is told of it: confidential forms, submitters, people who have left, files. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';
import { requestById } from '../fill-in/drafts.ts';
import { READERS } from '../forms/differences.ts';

let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
before(async () => {
  app = await startTestApplication({ clock: new SetClock('2026-11-25T10:00:00Z') });
  for (const username of ['coordinator', 'administrator', 'assessor', 'invigilator', 'officer', 'quality'])
    people.set(username, await app.logIn(username));
});
after(() => app?.close());

const rows = async <Row>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];
const page = (id: string) => `/centres-hub/requests/${id}`;
const text = async (username: string, path: string) => (await who(username).get(path)).text;
const status = async (username: string, path: string) => (await who(username).get(path)).status;
const hidden = (source: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(source)?.[1]?.replaceAll('&quot;', '"') ?? '';

async function begun(username: string, form: string): Promise<string> {
  const answer = await who(username).post(`/centres-hub/requests/new/${form}`, {});
  assert.equal(answer.status, 303, answer.text);
  return String(answer.location).replace('/fill-in', '');
}
async function fill(username: string, draft: string, fields: Record<string, string>): Promise<void> {
  const shown = await text(username, `${draft}/fill-in`);
  const carried = { revision: hidden(shown, 'revision'), version: hidden(shown, 'version') };
  const answer = await who(username).post(`${draft}/fill-in`, { ...carried, ...fields });
  assert.equal(answer.status, 303, answer.text);
}
async function attached(username: string, draft: string, question: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['Words']), 'words.txt');
  assert.equal((await who(username).postFiles(`${draft}/files/${question}`, form)).status, 303);
  return /href="([^"]*\/attachments\/[^"]*)"/.exec(await text(username, `${draft}/files/${question}`))?.[1] ?? '';
}

test('a confidential request is read by whoever made it and by those who decide it alone', async () => {
  const answers = { by: ['a-member-of-staff'], account: 'The register was filled in beforehand' };
  const { id, number } = await submittedRequest(app, { form: 'malpractice-notification', by: 'assessor', answers });
  for (const username of ['assessor', 'quality'])
    for (const path of [page(id), `${page(id)}/form`]) assert.equal(await status(username, path), 200, username);
  for (const username of ['coordinator', 'administrator', 'invigilator', 'officer'])
    for (const path of [page(id), `${page(id)}/form`]) assert.equal(await status(username, path), 404, username);
  const note = { kind: 'note', words: 'Let me see' };
  assert.equal((await who('officer').post(`${page(id)}/write`, note)).status, 404);
  const lists = ['/centres-hub/requests?show=all', '/centres-hub/requests/export?show=all'];
  for (const path of lists) {
    for (const username of ['assessor', 'quality']) assert.match(await text(username, path), new RegExp(number), path);
    for (const username of ['coordinator', 'officer'])
      assert.doesNotMatch(await text(username, path), new RegExp(number), `${username} ${path}`);
  }
  const all = async (username: string) =>
    Number(/>All <[^>]*>(\d+)</.exec(await text(username, '/centres-hub/requests'))?.[1]);
  assert.equal(await all('quality'), (await all('officer')) + 1, 'nor is it counted');
  const figures = '/centres-hub/requests/statistics/answers/malpractice-notification';
  assert.match(await text('quality', figures), /1 form submitted/);
  assert.match(await text('officer', figures), /0 forms submitted/);

  await who('quality').post(`${page(id)}/write`, { kind: 'question', words: 'Which register is it?' });
  for (const path of ['/needs-attention', '/notifications']) {
    assert.match(await text('assessor', path), new RegExp(number), path);
    assert.doesNotMatch(await text('coordinator', path), new RegExp(number), path);
  }
  await who('assessor').post(`${page(id)}/write`, { kind: 'answer', words: 'That of unit 3' });
  const decided = await who('quality').post(`${page(id)}/decide`, { outcome: 'answered', reasons: 'We look at it' });
  assert.equal(decided.status, 303, decided.text);
  assert.doesNotMatch(await text('coordinator', '/notifications'), new RegExp(number));
  assert.equal((await who('coordinator').post(`${page(id)}/begin-again`, {})).status, 404);
});

test('a confidential draft is seen by whoever began it alone, with its files', async () => {
  const draft = await begun('invigilator', 'malpractice-notification');
  const form = '/centres-hub/requests/new/malpractice-notification';
  assert.match(await text('invigilator', form), new RegExp(READERS.confidential));
  const file = await attached('invigilator', draft, 'evidence');
  assert.match(await text('invigilator', '/centres-hub/requests/new'), new RegExp(draft));
  for (const path of [`${draft}/fill-in`, `${draft}/files/evidence`, `${draft}/discard`, file]) {
    assert.equal(await status('invigilator', path), 200, path);
    for (const username of ['coordinator', 'assessor']) assert.equal(await status(username, path), 404, path);
  }
  assert.doesNotMatch(await text('coordinator', '/centres-hub/requests/new'), new RegExp(draft));
  assert.doesNotMatch(await text('coordinator', '/centres-hub/requests?show=draft'), new RegExp(draft));
  assert.equal((await who('coordinator').post(`${draft}/discard`, {})).status, 404);
});

test('a form is made confidential among its facts, and only roles that decide are offered', async () => {
  await who('officer').post('/centres-hub/forms/new', { title: 'Word in confidence' });
  const path = '/centres-hub/forms/word-in-confidence/facts';
  const shown = await text('officer', path);
  assert.doesNotMatch(shown, /Item author/);
  const facts = {
    seen: hidden(shown, 'seen'),
    title: 'Word in confidence',
    filledBy: ['assessor', 'coordinator'],
    signed: 'yes',
    statement: 'It is true',
    signedBy: ['coordinator'],
    daysAllowed: '5',
    decision: 'answer',
    confidential: 'yes',
  };
  assert.equal((await who('officer').post(path, { ...facts, decidedBy: ['author'] })).status, 422);
  const saved = await who('officer').post(path, { ...facts, decidedBy: ['quality'] });
  assert.equal(saved.status, 303, saved.text);
  const form = await text('officer', '/centres-hub/forms/word-in-confidence');
  assert.match(form, new RegExp(READERS.confidential));
  assert.match(form, /Let everybody who fills it in sign it/);
});

test("whoever submits another's draft reads it, finds it in the list, and is told of it", async () => {
  const draft = await begun('assessor', 'general-request');
  const answers = { 'q.subject': 'Goggles', 'q.request': 'Ten of them', 'q.aboutCandidate': 'no' };
  await fill('invigilator', draft, { ...answers, act: 'submit' });
  const shown = await who('invigilator').get(`${draft}?done=submitted`);
  assert.equal(shown.status, 200);
  assert.match(shown.text, /Your request is submitted/);
  for (const username of ['assessor', 'invigilator'])
    assert.match(await text(username, '/centres-hub/requests'), new RegExp(draft), username);
  await who('officer').post(`${draft}/write`, { kind: 'question', words: 'Of which size?' });
  for (const username of ['assessor', 'invigilator']) {
    assert.match(await text(username, '/needs-attention'), /Of which size\?/, username);
    assert.match(await text(username, '/notifications'), /Of which size\?/, username);
  }
});

test('the files of a draft are for those who work on it, and of one that was thrown away for nobody', async () => {
  const draft = await begun('coordinator', 'product-approval');
  const file = await attached('coordinator', draft, 'competence');
  for (const username of ['coordinator', 'administrator']) assert.equal(await status(username, file), 200, username);
  for (const username of ['invigilator', 'officer']) assert.equal(await status(username, file), 404, username);
  assert.equal((await who('coordinator').post(`${draft}/discard`, {})).status, 303);
  assert.equal(await status('coordinator', file), 404);
  // What was never submitted has no such page, and no link to it.
  const gone = await text('coordinator', draft);
  assert.match(gone, /The request was withdrawn/);
  assert.doesNotMatch(gone, /See the form as submitted/);
  const { id } = await submittedRequest(app, { form: 'general-request', by: 'coordinator' });
  assert.match(await text('coordinator', page(id)), /See the form as submitted/);
});

test('without row-level security too a centre reads its own requests alone', async () => {
  const { id } = await submittedRequest(app, { form: 'general-request', by: 'coordinator' });
  const [centres] = await rows<{ own: string; other: string }>(
    `select (select id from accounts.organisations where number = '04417') as own,
       (select id from accounts.organisations where number = '04426') as other`,
  );
  assert.ok(centres);
  // The system's role passes the policies; the centre it acts for still binds the question.
  const as = <T>(centreId: string, read: Parameters<typeof app.services.database.read<T>>[1]) =>
    app.services.database.read<T>({ kind: 'system', centreId }, read);
  assert.equal((await as(centres.own, (reader) => requestById(reader, id))).id, id);
  await assert.rejects(as(centres.other, (reader) => requestById(reader, id)));
});

test('an effect needs questions that are always answered; without a candidate nothing is granted', async () => {
  const { SHIPPED_FORMS } = await import('../forms/shipped/shipped-forms.ts');
  const { effectProblems } = await import('./decision-effects.ts');
  const form = SHIPPED_FORMS.find(({ code }) => code === 'reasonable-adjustment');
  assert.ok(form);
  const changed = (change: object) => ({
    ...form.definition,
    sections: form.definition.sections.map((section) => ({
      ...section,
      questions: section.questions.map((one) => (one.key === 'candidate' ? { ...one, ...change } : one)),
    })),
  });
  assert.deepEqual(effectProblems(changed({})), []);
  for (const change of [{ required: false }, { condition: { question: 'restBreaks', is: ['yes'] } }])
    assert.match(effectProblems(changed(change)).join(), /needs an answer to "Which candidate is it for\?"/);
  const answers = { restBreaks: 'yes', validUntil: '2027-06-30' };
  const { id } = await submittedRequest(app, { form: 'reasonable-adjustment', by: 'coordinator', answers });
  const decided = await who('officer').post(`${page(id)}/decide`, { outcome: 'granted', reasons: 'Yes' });
  assert.equal(decided.status, 422);
  assert.match(decided.text, /names no candidate/);
});

test('whoever has left the centre is told nothing of what was begun there', async () => {
  const { id, number } = await submittedRequest(app, { form: 'general-request', by: 'assessor' });
  const told = async () =>
    (
      await rows<{ username: string }>(
        `select c.username from platform.notifications n join accounts.credentials c on c.person_id = n.person_id where n.subject like $1`,
        [`%${number}%`],
      )
    ).map(({ username }) => username);
  await who('officer').post(`${page(id)}/write`, { kind: 'question', words: 'How many?' });
  assert.ok((await told()).includes('assessor'));
  await rows('delete from platform.notifications');
  await who('coordinator').post(`${page(id)}/write`, { kind: 'answer', words: 'Two' });
  await rows(
    `update accounts.memberships m set ended_at = now(), end_reason = 'Left' from accounts.credentials c where c.person_id = m.person_id and c.username = 'assessor'`,
  );
  await who('officer').post(`${page(id)}/decide`, { outcome: 'answered', reasons: 'Take two' });
  const after = await told();
  assert.ok(after.includes('coordinator'));
  assert.ok(!after.includes('assessor'), after.join());
});
