import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let champion: PlainBrowser;
let quality: PlainBrowser;
let officer: PlainBrowser;
let administrator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  champion = await app.logIn('champion');
  quality = await app.logIn('quality');
  officer = await app.logIn('officer');
  administrator = await app.logIn('administrator');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const idOf = async (username: string) =>
  (await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [username]))[0]
    ?.id as string;
const productId = async (code: string) =>
  (await rows<{ id: string }>('select id from products.products where code = $1', [code]))[0]?.id as string;
const audits = async (kind: string) =>
  (await rows('select 1 from platform.audit_events where kind = $1', [kind])).length;

const day = (name: string, date: string) => {
  const [year = '', month, date_] = date.split('-');
  return { [`${name}-year`]: year, [`${name}-month`]: String(Number(month)), [`${name}-day`]: String(Number(date_)) };
};
const form = (fields: Record<string, string | Blob>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ submissionId: randomUUID(), ...fields }))
    if (typeof value === 'string') data.set(name, value);
    else data.set(name, value, 'proof.pdf');
  return data;
};
const pdf = (text = 'one') => new Blob([`%PDF-1.4\n${text}\n%%EOF`]);

const putDown = async (browser: PlainBrowser, who: string, more: Record<string, string> = {}) =>
  browser.post('/centres-hub/who-does-what/add', {
    who,
    function: 'assessor',
    productId: await productId('EVH'),
    siteId: 'all',
    ...day('startsOn', '2025-01-06'),
    submissionId: randomUUID(),
    ...more,
  });

describe('who does what', () => {
  it('puts somebody down, once, with a day and an end with a reason', async () => {
    const desmond = await idOf('administrator');
    const before = await audits('centres-hub.function-begun');
    const done = await putDown(coordinator, desmond, { function: 'tutor' });
    assert.equal(done.status, 303, done.text);
    assert.match(
      (await putDown(coordinator, desmond, { function: 'tutor' })).text,
      /put down for exactly this already/,
    );
    assert.equal(await audits('centres-hub.function-begun'), before + 1);
    const page = await coordinator.get('/centres-hub/who-does-what?function=tutor&sort=name');
    assert.match(page.text, /Achterberg, Desmond/);
    assert.doesNotMatch(page.text, /Penhallow, Idris/);
    assert.match((await coordinator.get('/centres-hub/who-does-what/export?function=tutor')).text, /Achterberg/);
    const [line] = await rows<{ id: string }>(
      `select f.id from centres_hub.staff_functions f join centres_hub.staff_members s on s.id = f.staff_member_id
       where s.person_id = $1 and f.function = 'tutor'`,
      [desmond],
    );
    const end = `/centres-hub/who-does-what/${line?.id}/end`;
    assert.equal((await coordinator2.post(end, { reason: 'Somebody else of mine' })).status, 404);
    assert.equal((await coordinator.post(end, { reason: 'no' })).status, 422);
    assert.equal((await coordinator.post(end, { reason: 'Teaches no more' })).status, 303);
    assert.equal((await coordinator.get(end)).status, 404);
  });

  it('refuses what is not the centre’s own, and an invigilator without the role', async () => {
    const gethin = await idOf('coordinator2');
    assert.match((await putDown(coordinator, gethin)).text, /Choose somebody from the list/);
    assert.match(
      (await putDown(coordinator, await idOf('champion'), { productId: await productId('ARC') })).text,
      /Choose a product that the centre is approved for/,
    );
    const invigilating = await putDown(coordinator, await idOf('champion'), {
      function: 'invigilator',
      productId: 'all',
    });
    assert.match(invigilating.text, /needs the role invigilator first/);
    assert.equal((await putDown(champion, gethin)).status, 403);
    assert.match((await coordinator2.get('/centres-hub/who-does-what')).text, /Nobody is put down for anything yet/);
  });
});

describe('competence', () => {
  const address = (who: string) => `/centres-hub/competence/${who}`;
  const addCv = (browser: PlainBrowser, who: string, fields: Record<string, string | Blob> = {}) =>
    browser.postFiles(
      `${address(who)}/records/add/cv`,
      form({ title: 'Workshop and teaching since 2011', ...day('happenedOn', '2026-01-05'), file: pdf(), ...fields }),
    );

  it('is decided by the awarding body on records that the person adds', async () => {
    const who = await idOf('administrator');
    assert.equal((await putDown(coordinator, who)).status, 303);
    assert.match((await administrator.get(address(who))).text, /No qualification and no curriculum vitae is on record/);
    assert.doesNotMatch((await quality.get('/centres-hub/competence-queue')).text, /Desmond Achterberg/);
    const decide = `${address(who)}/decide/assessor/EVH?centre=04417`;
    const terms = {
      outcome: 'approved',
      reasons: 'Evidence is complete',
      ...day('validFrom', '2025-01-06'),
      ...day('validUntil', '2029-01-05'),
    };
    assert.match((await quality.post(decide, terms)).text, /Ask for it first, or do not approve/);

    const qualification = { title: 'Assessor award', issuer: 'Marlpit Awards', ...day('happenedOn', '2020-05-04') };
    const added = await administrator.postFiles(`${address(who)}/records/add/qualification`, form(qualification));
    assert.equal(added.status, 303, added.text);
    assert.equal((await addCv(administrator, who)).status, 303);
    assert.match((await administrator.get(address(who))).text, /The awarding body has not decided yet/);
    assert.match((await quality.get('/centres-hub/competence-queue?why=never')).text, /Desmond Achterberg/);
    assert.match((await quality.get('/centres-hub/competence-queue/export')).text, /Desmond Achterberg/);
    assert.match((await officer.get('/needs-attention')).text, /of competence to make/);

    assert.equal((await coordinator.post(decide, terms)).status, 403);
    assert.match(
      (await quality.post(decide, { ...terms, ...day('validUntil', '2024-01-05') })).text,
      /The last day is before the first/,
    );
    assert.equal((await quality.post(decide, terms)).status, 303);
    assert.match(
      (await administrator.get(address(who))).text,
      /Allowed<\/span><br><span class="small muted">Until 5 January 2029/,
    );
    const told = await rows(
      `select 1 from platform.notifications where person_id = $1 and kind = 'centres-hub.competence-decided'`,
      [who],
    );
    assert.equal(told.length, 1);
    const [decision] = await rows<{ id: string }>(
      `select d.id from centres_hub.competence_decisions d join centres_hub.staff_members s on s.id = d.staff_member_id where s.person_id = $1`,
      [who],
    );
    const end = `/centres-hub/competence-decisions/${decision?.id}/end`;
    assert.equal((await quality.get(`${end}?centre=04426`)).status, 404);
    assert.equal((await quality.post(`${end}?centre=04417`, { reason: 'Moved to another trade' })).status, 303);
    assert.match((await administrator.get(address(who))).text, /The awarding body ended the approval. Reason: Moved/);
  });

  it('keeps what was corrected or withdrawn', async () => {
    const who = await idOf('champion');
    const file = pdf('first');
    await addCv(champion, who, { title: 'A first account', file });
    const [first] = await rows<{ id: string }>(
      `select id from centres_hub.competence_records where title = 'A first account'`,
    );
    const correct = `${address(who)}/records/${first?.id}/correct`;
    assert.match((await champion.get(correct)).text, /value="A first account"/);
    const answer = await champion.postFiles(
      correct,
      form({ title: 'A better account', ...day('happenedOn', '2026-01-06') }),
    );
    assert.equal(answer.status, 303, answer.text);
    assert.equal((await champion.get(correct)).status, 404, 'what was corrected is not corrected again');
    const page = await champion.get(address(who));
    assert.match(page.text, /A better account/);
    assert.match(page.text, /A first account.*Corrected by a later record/s);
    const [second] = await rows<{ id: string }>(
      `select id from centres_hub.competence_records where title = 'A better account'`,
    );
    const withdraw = `${address(who)}/records/${second?.id}/withdraw`;
    assert.equal((await champion.post(withdraw, { reason: 'Somebody else’s' })).status, 303);
    assert.match((await champion.get(address(who))).text, /Withdrawn on .*: Somebody else/);
  });

  it('refuses a wrong file and a future day in sentences, and keeps what was typed', async () => {
    const who = await idOf('champion');
    const wrong = await addCv(champion, who, {
      title: 'Typed with care',
      file: new Blob(['MZ this is a program']),
      ...day('happenedOn', '2150-01-05'),
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /The file is no PDF, PNG, JPEG or Word document/);
    assert.match(wrong.text, /The date lies in the future/);
    assert.match(wrong.text, /value="Typed with care"/);
    const large = await addCv(champion, who, { file: new Blob(['%PDF-', new Uint8Array(10 * 1024 * 1024 + 1)]) });
    assert.match(large.text, /larger than 10 MB/);
    const hours = await champion.postFiles(
      `${address(who)}/records/add/cpd`,
      form({ title: 'Workshop', hours: 'two', words: 'Much', ...day('happenedOn', '2026-01-05') }),
    );
    assert.match(hours.text, /Enter the hours as a number/);
  });

  it('gives files as downloads to those who may see them, and to nobody else', async () => {
    const who = await idOf('assessor');
    const page = await coordinator.get(address(who));
    const href = /href="(\/centres-hub\/competence\/[^"]+\/files\/[^"]+)"/.exec(page.text)?.[1] as string;
    const file = await coordinator.get(href);
    assert.equal(file.status, 200);
    assert.match(file.headers.get('content-disposition') ?? '', /^attachment/);
    assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
    assert.match(file.text, /^%PDF/);
    assert.equal((await quality.get(`${href}?centre=04417`)).status, 200);
    assert.equal((await champion.get(href)).status, 403);
    assert.equal((await coordinator2.get(href)).status, 404);
    assert.equal((await coordinator.get(href.replace(who, await idOf('champion')))).status, 404);
    assert.equal((await coordinator2.get(address(who))).status, 404);
    assert.equal((await champion.get(address(who))).status, 403);
    assert.equal((await addCv(champion, who)).status, 403);
    assert.equal((await addCv(coordinator2, who)).status, 404);
  });
});
