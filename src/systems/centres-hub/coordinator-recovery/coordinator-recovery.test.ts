import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

const clock = new SetClock(new Date());
let app: TestApplication;
let coordinator: PlainBrowser;
let administrator: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication({ clock });
  coordinator = await app.logIn('coordinator');
  administrator = await app.logIn('administrator');
  officer = await app.logIn('officer');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const idOf = async (username: string) =>
  (await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [username]))[0]
    ?.id as string;
const rolesOf = async (person: string) =>
  (
    await rows<{ role: string }>(
      'select role from accounts.memberships where person_id = $1 and ended_at is null order by role',
      [person],
    )
  ).map(({ role }) => role);

const ask = (browser: PlainBrowser, fields: { reasons?: string; file?: Blob | null } = {}) => {
  const data = new FormData();
  data.set('submissionId', randomUUID());
  data.set('reasons', fields.reasons ?? 'The coordinator left the company in October and cannot be reached.');
  if (fields.file !== null) data.set('file', fields.file ?? new Blob(['%PDF-1.4 letter']), 'letter.pdf');
  return browser.postFiles('/centres-hub/coordinator-recovery', data);
};

describe('a coordinator who is gone', () => {
  it('is replaced on evidence: coordinators are told by mail, object, and the awarding body decides', async () => {
    const desmond = await idOf('administrator');
    assert.match((await app.browser().get('/forgotten')).text, /href="\/centres-hub\/coordinator-recovery"/);
    assert.match((await ask(administrator, { file: null })).text, /Choose a file that proves it/);
    assert.match((await ask(administrator, { reasons: 'gone' })).text, /what happened to the coordinator/);
    assert.match((await ask(coordinator)).text, /You are a coordinator of the centre already/);
    const asked = await ask(administrator);
    assert.equal(asked.status, 303, asked.text);
    const here = asked.location as string;
    assert.match((await ask(administrator)).text, /waits for the awarding body already/);

    const mails = await rows<{ to_address: string; body: string }>(
      `select to_address, body from platform.mails where kind = 'centres-hub.coordinator-recovery'`,
    );
    assert.deepEqual(
      mails.map(({ to_address }) => to_address),
      ['marguerite.holloway-finch@northgate.example'],
    );
    assert.match(mails[0]?.body ?? '', /object here/);
    assert.match((await coordinator.get('/home')).text, /Desmond Achterberg asks to become coordinator in your place/);
    assert.equal((await coordinator.post(`${here}/object`, { words: 'I am here every day' })).status, 303);
    assert.match((await administrator.get(here)).text, /I am here every day/);

    const strangers = [await app.logIn('invigilator'), await app.logIn('coordinator2')];
    for (const stranger of strangers) assert.equal((await stranger.get(here)).status, 404);
    const seen = await officer.get(`${here}?centre=04417`);
    const file = /href="([^"]+\/files\/[^"]+)"/.exec(seen.text)?.[1]?.replaceAll('&amp;', '&') as string;
    assert.match((await officer.get(file)).headers.get('content-disposition') ?? '', /^attachment/);
    assert.match(
      (await officer.get('/centres-hub/coordinator-recoveries?state=waiting')).text,
      /Northgate Motor Training/,
    );

    const decision = { outcome: 'grant', reason: 'The head of centre confirmed it by telephone' };
    assert.equal((await administrator.post(`${here}/decide`, decision)).status, 403);
    const before = await rolesOf(await idOf('coordinator'));
    assert.equal((await officer.post(`${here}/decide?centre=04417`, decision)).status, 303);
    assert.deepEqual(await rolesOf(desmond), ['administrator', 'coordinator']);
    assert.deepEqual(await rolesOf(await idOf('coordinator')), before, 'nothing else of the centre changes');
    assert.match((await officer.post(`${here}/decide?centre=04417`, decision)).text, /is granted already/);
    assert.match((await coordinator.post(`${here}/object`, { words: 'Too late I fear' })).text, /is granted already/);
    assert.match((await (await app.logIn('administrator')).get(here)).text, /confirmed it by telephone/);
  });

  it('can be withdrawn by who asked, and refused', async () => {
    const champion = await app.logIn('champion');
    const here = (await ask(champion)).location as string;
    assert.equal((await administrator.get('/centres-hub')).status, 303, 'a new role ended the log-in session');
    assert.equal((await champion.post(`${here}/withdraw`)).status, 303);
    const again = (await ask(champion)).location as string;
    const refused = { outcome: 'refuse', reason: 'The coordinator is at work' };
    assert.equal((await officer.post(`${again}/decide?centre=04417`, refused)).status, 303);
    assert.deepEqual(await rolesOf(await idOf('champion')), ['champion']);
    assert.match((await champion.get('/centres-hub/coordinator-recovery')).text, /Refused.*Withdrawn/s);
  });
});

it('the only coordinator of a centre cannot end the own right', async () => {
  const coordinator2 = await app.logIn('coordinator2');
  const gethin = await idOf('coordinator2');
  const answer = await coordinator2.post(`/centres-hub/users/${gethin}/end-role/coordinator`, {
    reason: 'Leaving the company',
  });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /You are the only centre coordinator here/);
  assert.deepEqual(await rolesOf(gethin), ['coordinator']);
});

describe('the yearly declaration that auto-save is off', () => {
  it('is given for a site, shows on the profile and where a session is planned, and asks to be renewed', async () => {
    const coordinator2 = await app.logIn('coordinator2');
    const [site] = await rows<{ id: string }>(`select id from centres_hub.sites where name = 'Mudlark Way'`);
    const address = `/centres-hub/sites/${site?.id}/equipment`;
    assert.match((await coordinator2.get('/centres-hub')).text, /Not declared yet/);
    assert.match((await coordinator2.get('/needs-attention')).text, /Auto-save off: to be declared for Mudlark Way/);
    const planner = await app.logIn('invigilator2');
    assert.match((await planner.get('/online-assessments/sessions/plan')).text, /Mudlark Way: not declared yet/);
    assert.match((await coordinator2.post(address)).text, /Tick the sentence once you have made sure/);
    assert.equal((await coordinator2.post(address, { off: 'yes' })).status, 303);
    assert.match((await coordinator2.get('/centres-hub')).text, /Declared until/);
    assert.match((await planner.get('/online-assessments/sessions/plan')).text, /Mudlark Way: declared until/);
    assert.doesNotMatch((await coordinator2.get('/needs-attention')).text, /Auto-save off/);
    assert.match((await coordinator2.post(address, { off: 'yes' })).text, /declared already/);
    assert.equal((await officer.post(`${address}?centre=04426`, { off: 'yes' })).status, 403);
    assert.equal((await (await app.logIn('several')).get(address)).status === 200, false, 'of another centre');

    clock.advance(336 * 86_400_000);
    const later = await app.logIn('coordinator2');
    assert.match((await later.get('/needs-attention')).text, /Auto-save off: to be declared for Mudlark Way/);
    assert.equal((await later.post(address, { off: 'yes' })).status, 303);
    const terms = await rows<{ gap: number }>(
      `select max(valid_from) - min(valid_until) as gap from centres_hub.equipment_declarations where site_id = $1`,
      [site?.id],
    );
    assert.equal(terms[0]?.gap, 1, 'the new year begins the day after the old one');
  });
});
