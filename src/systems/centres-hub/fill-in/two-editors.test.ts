/** What goes wrong while a form is filled in: two editors, a form that changes or is withdrawn, wrong files. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
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

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
const hidden = (text: string, name: string) =>
  unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '');
async function sent(answer: Promise<PlainAnswer>): Promise<string> {
  const { status, location, text } = await answer;
  assert.equal(status, 303, text.slice(0, 3000));
  return location ?? '';
}
const begin = async (browser: PlainBrowser, code: string) =>
  (await sent(browser.post(`/centres-hub/requests/new/${code}`, { submissionId: randomUUID() }))).replace(
    '/fill-in',
    '',
  );
/** What the page of a draft carries. */
async function opened(browser: PlainBrowser, request: string) {
  const { text } = await browser.get(`${request}/fill-in`);
  return { revision: hidden(text, 'revision'), version: hidden(text, 'version'), seen: hidden(text, 'seen') };
}
const stored = async (request: string) =>
  (
    await rows<{ answers: Record<string, unknown>; state: string }>(
      'select answers, state from centres_hub.requests where id = $1',
      [request.split('/').at(-1)],
    )
  )[0];

describe('two editors of one draft', () => {
  it('see both texts, choose for each question, and lose nothing', async () => {
    const request = await begin(coordinator, 'general-request');
    const [a, b] = [await opened(coordinator, request), await opened(administrator, request)];
    const path = `${request}/fill-in`;
    await sent(coordinator.post(path, { ...a, 'q.subject': 'Keys', 'q.request': 'Two keys', act: 'save' }));
    const late = await administrator.post(path, {
      ...b,
      'q.subject': 'Keys and <locks>',
      'q.aboutCandidate': 'no',
      act: 'save',
    });
    assert.equal(late.status, 409);
    for (const words of ['Marguerite Holloway-Finch saved this draft', 'Two keys', 'Keys and &lt;locks&gt;'])
      assert.ok(late.text.includes(words), words);
    assert.deepEqual((await stored(request))?.answers, { subject: 'Keys', request: 'Two keys' });
    // Who alone changed a question is chosen beforehand; what both changed is not.
    const checked = [...late.text.matchAll(/name="choose\.(\w+)" type="radio" value="(\w+)" checked/g)].map(
      ([, key, side]) => [key, side],
    );
    assert.deepEqual(checked, [
      ['request', 'theirs'],
      ['aboutCandidate', 'mine'],
    ]);
    const carried = {
      revision: hidden(late.text, 'revision'),
      mine: hidden(late.text, 'mine'),
      seen: hidden(late.text, 'seen'),
    };
    const chosen = { 'choose.request': 'theirs', 'choose.aboutCandidate': 'mine' };
    const open = await administrator.post(`${request}/compare`, { ...carried, ...chosen });
    assert.equal(open.status, 422);
    assert.match(open.text, /Choose one of the two answers to &quot;What is it about/);
    await sent(administrator.post(`${request}/compare`, { ...carried, ...chosen, 'choose.subject': 'mine' }));
    assert.deepEqual((await stored(request))?.answers, {
      subject: 'Keys and <locks>',
      request: 'Two keys',
      aboutCandidate: 'no',
    });
    // The same choice sent again, upon a draft that is newer by now: still nothing is overwritten unseen.
    const again = await administrator.post(`${request}/compare`, { ...carried, ...chosen, 'choose.subject': 'theirs' });
    assert.equal(again.status, 409);
  });

  it('are told while they type, and the same text of both is no quarrel', async () => {
    const request = await begin(coordinator, 'general-request');
    const [a, b] = [await opened(coordinator, request), await opened(administrator, request)];
    const first = await coordinator.postJson(`${request}/draft`, { ...a, 'q.subject': 'Tools' });
    assert.equal(first.status, 200, first.text);
    const saved = JSON.parse(first.text) as { revision: number; said: string; missing: { at: string }[] };
    assert.match(saved.said, /^Saved at \d\d:\d\d$/);
    assert.deepEqual(
      saved.missing.map(({ at }) => at),
      ['q-request', 'q-aboutCandidate'],
    );
    const late = await administrator.postJson(`${request}/draft`, { ...b, 'q.subject': 'Other tools' });
    assert.equal(late.status, 409);
    assert.match(late.text, /Marguerite Holloway-Finch saved this draft too/);
    assert.equal((await administrator.postJson(`${request}/draft`, { ...b, 'q.subject': 'Tools' })).status, 200);
  });

  it('who designs: the second save of one question shows both, and keeps what is chosen', async () => {
    const form = '/centres-hub/forms/feedback';
    await sent(officer.post(`${form}/begin-draft`, { submissionId: randomUUID() }));
    const path = `${form}/questions/better`;
    const admin = await app.logIn('admin');
    const mark = hidden((await officer.get(path)).text, 'seen');
    const other = hidden((await admin.get(`${form}/questions/well`)).text, 'seen');
    const fields = { type: 'long_text', required: 'yes', key: 'better', seen: mark };
    await sent(officer.post(path, { ...fields, label: 'What should be better?' }));
    // Another question of the same draft is no quarrel.
    await sent(
      admin.post(`${form}/questions/well`, {
        type: 'long_text',
        required: 'no',
        key: 'well',
        seen: other,
        label: 'What is good?',
      }),
    );
    const late = await admin.post(path, { ...fields, label: 'What is bad?' });
    assert.equal(late.status, 409);
    assert.match(late.text, /What should be better\?/);
    assert.match(late.text, /What is bad\?/);
    assert.match((await officer.get(form)).text, /What should be better\?/);
    await sent(admin.post(path, { ...fields, label: 'What is bad?', seen: hidden(late.text, 'seen') }));
    assert.match((await officer.get(form)).text, /What is bad\?/);
    await sent(
      officer.post(`${form}/discard-draft`, {
        submissionId: randomUUID(),
        reason: 'Only a trial',
        revision: hidden((await officer.get(`${form}/discard-draft`)).text, 'revision'),
      }),
    );
    assert.doesNotMatch((await officer.get(form)).text, /What is bad\?/);
  });
});

describe('a form that changes while a draft of it is open', () => {
  const FORM = '/centres-hub/forms/extension';
  let request: string;
  it('carries the draft to the new version, and shows what has no place as text to copy', async () => {
    request = await begin(coordinator, 'extension');
    const page = await opened(coordinator, request);
    const typed = {
      'q.about': 'an-action-set-by-the-awarding-body',
      'q.action': 'The old action',
      'q.reason': 'Too little time',
      'q.plan': 'All of it',
    };
    await sent(coordinator.post(`${request}/fill-in`, { ...page, ...typed, act: 'save' }));
    await sent(officer.post(`${FORM}/begin-draft`, { submissionId: randomUUID() }));
    await sent(
      officer.post(`${FORM}/questions/action/remove`, {
        seen: hidden((await officer.get(`${FORM}/questions/action/remove`)).text, 'seen'),
      }),
    );
    const publish = await officer.get(`${FORM}/publish`);
    assert.match(publish.text, /1 open draft/);
    const before = await opened(coordinator, request);
    await sent(
      officer.post(`${FORM}/publish`, { revision: hidden(publish.text, 'revision'), reason: 'Fewer questions' }),
    );
    // What is typed on the page of the old version arrives in the new one.
    const submit = await coordinator.post(`${request}/fill-in`, {
      ...before,
      ...typed,
      'q.reason': 'Far too little',
      act: 'submit',
    });
    assert.equal(await sent(Promise.resolve(submit)), `${request}/fill-in?done=carried`);
    const { text } = await coordinator.get(`${request}/fill-in?done=carried`);
    assert.match(text, /No longer asked/);
    assert.match(text, /The old action/);
    assert.match(text, /Far too little/);
    assert.deepEqual((await stored(request))?.answers, {
      about: 'an-action-set-by-the-awarding-body',
      reason: 'Far too little',
      plan: 'All of it',
      'action@1': 'The old action',
    });
  });

  it('keeps the draft, and takes no submission, once it is withdrawn', async () => {
    const page = await officer.get(`${FORM}/versions/2/withdraw`);
    assert.match(page.text, /Centres have 1 open draft/);
    await sent(
      officer.post(`${FORM}/versions/2/withdraw`, {
        submissionId: randomUUID(),
        reason: 'Extensions are handled by telephone now',
      }),
    );
    assert.equal((await coordinator.get('/centres-hub/requests/new/extension')).status, 404);
    const { text } = await coordinator.get(`${request}/fill-in`);
    assert.match(text, /handled by telephone now/);
    assert.doesNotMatch(text, /value="submit"/);
    const now = await opened(coordinator, request);
    const fields = { ...now, 'q.about': 'one-candidate', 'q.plan': 'Kept', act: 'submit' };
    const refused = await coordinator.post(`${request}/fill-in`, fields);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /withdrawn this form\. The draft is saved/);
    assert.equal((await stored(request))?.answers.plan, 'Kept');
    assert.equal((await stored(request))?.state, 'draft');
    assert.match((await officer.get(FORM)).text, /Version 2 is withdrawn/);
  });

  it('can be thrown away after a look at it', async () => {
    assert.match((await coordinator.get(`${request}/discard`)).text, /2 questions/);
    await sent(coordinator.post(`${request}/discard`, { submissionId: randomUUID() }));
    assert.equal((await stored(request))?.state, 'withdrawn');
    assert.equal((await coordinator.post(`${request}/discard`, { submissionId: randomUUID() })).status, 404);
    assert.equal((await coordinator.get(`${request}/form`)).status, 404);
  });
});

describe('files', () => {
  let files: string;
  const add = (...list: [string, string | Uint8Array][]) => {
    const form = new FormData();
    for (const [name, content] of list) form.append('file', new Blob([content as BlobPart]), name);
    return coordinator.postFiles(files, form);
  };
  it('of a wrong kind, too large, empty or too many get a sentence, and nothing is kept', async () => {
    files = `${await begin(coordinator, 'general-request')}/files/files`;
    const refused: [RegExp, ...[string, string | Uint8Array][]][] = [
      [/&quot;run\.pdf&quot; is of a kind that is not taken/, ['run.pdf', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3])]],
      [/&quot;page\.txt&quot; is of a kind/, ['page.txt', '<html><script>alert(1)</script>']],
      [/&quot;big\.txt&quot; is larger than 10 MB/, ['big.txt', 'x'.repeat(10_000_001)]],
      [/&quot;empty\.txt&quot; is empty/, ['empty.txt', '']],
      [/Choose a file/],
      [/At most 5 files/, ...Array.from({ length: 5 }, (_, i): [string, string] => [`${i}.txt`, 'Words'])],
    ];
    await sent(add(['../../etc/first\u202e.txt', 'Words']));
    for (const [message, ...list] of refused) {
      const answer = await add(...list);
      assert.equal(answer.status, 422, message.source);
      assert.match(answer.text, message);
    }
    const names = await rows<{ name: string; media_type: string }>(
      'select name, media_type from centres_hub.request_files where request_id = $1',
      [files.split('/').at(-3)],
    );
    assert.deepEqual(names, [{ name: 'first.txt', media_type: 'text/plain; charset=utf-8' }]);
  });
  it('are taken off again, and stay with their own centre', async () => {
    const page = await coordinator.get(files);
    const file = hidden(page.text, 'file');
    const coordinator2 = await app.logIn('coordinator2');
    assert.equal((await coordinator2.post(`${files}/remove`, { file })).status, 404);
    assert.equal((await officer.get(`${files.replace('/files/files', '')}/attachments/${file}`)).status, 404);
    await sent(coordinator.post(`${files}/remove`, { file }));
    await sent(coordinator.post(`${files}/remove`, { file }));
    assert.doesNotMatch((await coordinator.get(files)).text, /first\.txt/);
  });
});

describe('a candidate', () => {
  it('is found by name or number within the centre, and picked', async () => {
    const request = await begin(coordinator, 'reasonable-adjustment');
    const path = `${request}/fill-in`;
    const found = await sent(
      coordinator.post(path, {
        ...(await opened(coordinator, request)),
        'q.need': 'Kept',
        'find.candidate': 'thornbury',
        act: 'find:candidate',
      }),
    );
    assert.equal(found, `${path}?find=candidate&q=thornbury#q-candidate`);
    const { text } = await coordinator.get(found);
    const id = /name="q\.candidate" type="radio" value="([^"]+)"[^>]*><label[^>]*>Thornbury/.exec(text)?.[1] ?? '';
    assert.ok(id);
    assert.match(text, /Kept/);
    await sent(coordinator.post(path, { ...(await opened(coordinator, request)), 'q.candidate': id, act: 'save' }));
    assert.match((await coordinator.get(path)).text, /checked[^>]*><label[^>]*>Thornbury/);
    assert.match(
      (await coordinator.get(`${path}?find=candidate&q=cwmllan`)).text,
      /No other candidate of your centre has/,
    );
    // An id of another centre is no candidate here.
    const [foreign] = await rows<{ id: string }>(
      `select c.id from web_portal.published_candidates c join accounts.organisations o on o.id = c.centre_id where o.number = '04426' limit 1`,
    );
    const refused = await coordinator.post(path, {
      ...(await opened(coordinator, request)),
      'q.candidate': foreign?.id ?? '',
      act: 'submit',
    });
    assert.match(refused.text, /What was chosen for &quot;Which candidate is it for\?&quot; cannot be chosen/);
  });
});

describe('a signature', () => {
  it('waits for whom the form names, who finds the draft and submits it', async () => {
    const request = await begin(administrator, 'new-user-type');
    const { text } = await administrator.get(`${request}/fill-in`);
    assert.match(text, /It waits for the signature of: Centre coordinator/);
    const typed = {
      'q.existing': 'no',
      'q.name': 'Ada Quill',
      'q.email': 'ada@example.com',
      'q.work': 'Look',
      'q.reason': 'Nobody may',
      'q.ends': 'no',
    };
    const refused = await administrator.post(`${request}/fill-in`, {
      ...(await opened(administrator, request)),
      ...typed,
      signedName: 'x',
      act: 'submit',
    });
    assert.equal(refused.status, 422);
    assert.match((await coordinator.get('/centres-hub/requests/new')).text, new RegExp(`${request}/fill-in`));
    const signed = {
      ...(await opened(coordinator, request)),
      ...typed,
      signedName: 'Marguerite Holloway-Finch',
      act: 'submit',
    };
    assert.equal(await sent(coordinator.post(`${request}/fill-in`, signed)), `${request}?done=submitted`);
    assert.match((await coordinator.get(`${request}?done=submitted`)).text, /Your request is submitted/);
    const invigilator = await app.logIn('invigilator');
    assert.equal((await invigilator.get(`${await begin(administrator, 'new-user-type')}/fill-in`)).status, 403);
  });
});
