/** Two people typed on the page of a version that is replaced meanwhile: what is no longer asked is compared as well. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
let officer: PlainBrowser;
let coordinator: PlainBrowser;
let administrator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  officer = await app.logIn('officer');
  coordinator = await app.logIn('coordinator');
  administrator = await app.logIn('administrator');
});
after(() => app?.close());

const hidden = (text: string, name: string) =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '').replaceAll('&quot;', '"');
const FORM = '/centres-hub/forms/extension';

test('a text that has no place any more is shown, chosen and kept', async () => {
  const drafts: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    const begun = await coordinator.post('/centres-hub/requests/new/extension', {});
    drafts.push(String(begun.location).replace('/fill-in', ''));
  }
  const opened = async (draft: string) => {
    const { text } = await coordinator.get(`${draft}/fill-in`);
    const [revision, version, seen] = ['revision', 'version', 'seen'].map((name) => hidden(text, name));
    return { revision: revision ?? '', version: version ?? '', seen: seen ?? '', act: 'save' };
  };
  const before = new Map<string, Awaited<ReturnType<typeof opened>>>();
  for (const draft of drafts) before.set(draft, await opened(draft));
  await officer.post(`${FORM}/begin-draft`, {});
  const remove = `${FORM}/questions/action/remove`;
  await officer.post(remove, { seen: hidden((await officer.get(remove)).text, 'seen') });
  const revision = hidden((await officer.get(`${FORM}/publish`)).text, 'revision');
  assert.equal((await officer.post(`${FORM}/publish`, { revision, reason: 'Fewer questions' })).status, 303);

  for (const [draft, theirs] of [
    [drafts[0] as string, undefined],
    [drafts[1] as string, 'The action of one'],
  ] as const) {
    const about = { 'q.about': 'an-action-set-by-the-awarding-body' };
    const first = { ...before.get(draft), ...about, 'q.plan': 'Ours', ...(theirs && { 'q.action': theirs }) };
    assert.equal((await coordinator.post(`${draft}/fill-in`, first)).status, 303);
    const mine = { ...before.get(draft), ...about, 'q.plan': 'Mine', 'q.action': 'The action of the other' };
    const late = await administrator.post(`${draft}/fill-in`, mine);
    assert.equal(late.status, 409);
    assert.match(late.text, /The action of the other/);
    const beforehand = /name="choose\.action@1"[^>]*value="(\w+)" checked/.exec(late.text)?.[1];
    assert.equal(beforehand, theirs === undefined ? 'mine' : undefined);
    if (theirs) assert.match(late.text, new RegExp(theirs));
    const carried = Object.fromEntries(['revision', 'mine', 'seen'].map((name) => [name, hidden(late.text, name)]));
    const chosen = { ...carried, 'choose.plan': 'theirs', 'choose.action@1': 'mine' };
    assert.equal((await administrator.post(`${draft}/compare`, chosen)).status, 303);
    const stored = await asSuperuser(app.database.url, (db) =>
      db.query('select answers from centres_hub.requests where id = $1', [draft.split('/').at(-1)]),
    );
    assert.deepEqual(stored.rows[0].answers, {
      about: 'an-action-set-by-the-awarding-body',
      plan: 'Ours',
      'action@1': 'The action of the other',
    });
    assert.match((await administrator.get(`${draft}/fill-in`)).text, /No longer asked[\s\S]*The action of the other/);
  }
});
