/** When log-in sessions get a new id, end, and say how long they last; what their cookies are (proof.md T24). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addMembership, endMembership } from '../index.ts';
import { limitsFor } from './limits.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  application = await startTestApplication({ clock, env: { PUBLIC_URL: 'https://connect.example' } });
});
after(() => application.close());

const MINUTE = 60_000;
const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(application.database.url, async (client) => (await client.query(text, values)).rows as Row[]);
const idOf = async (username: string) =>
  (await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [username]))[0]
    ?.id as string;
const organisation = async (number: string) =>
  (await rows<{ id: string }>('select id from accounts.organisations where number = $1', [number]))[0]?.id as string;

test('the strictest limits of all roles held count', () => {
  assert.deepEqual(limitsFor([]), { idleMinutes: 60, absoluteHours: 12 });
  assert.deepEqual(limitsFor(['candidate']), { idleMinutes: 60, absoluteHours: 12 });
  assert.deepEqual(limitsFor(['candidate', 'assessor']), { idleMinutes: 15, absoluteHours: 8 });
  assert.deepEqual(limitsFor(['candidate', 'coordinator', 'finance']), { idleMinutes: 10, absoluteHours: 8 });
});

for (const [username, idle, hours] of [
  ['finance', 10, 8],
  ['assessor', 15, 8],
  ['member', 60, 12],
] as const) {
  test(`${username}: ${idle} minutes without use, ${hours} hours in all`, async () => {
    const browser = await application.logIn(username);
    clock.advance(idle * MINUTE - 1000);
    assert.equal((await browser.get('/my-details')).status, 200);
    clock.advance(idle * MINUTE + 1000);
    assert.equal((await browser.get('/my-details')).status, 303);

    const busy = await application.logIn(username);
    for (let passed = 0; passed < hours * 60 - 5; passed += 5) {
      clock.advance(5 * MINUTE);
      await busy.get('/log-in-session', { accept: 'application/json' });
      await busy.post('/log-in-session', {}, { accept: 'application/json' });
    }
    const last = JSON.parse((await busy.post('/log-in-session', {}, { accept: 'application/json' })).text);
    assert.deepEqual(last, { secondsLeft: 300, final: true });
    clock.advance(5 * MINUTE + 1000);
    assert.equal((await busy.get('/my-details')).status, 303);
  });
}

test('asking how long a session lasts does not prolong it; staying logged in does; pages carry the time', async () => {
  const browser = await application.logIn('assessor');
  const left = async () => JSON.parse((await browser.get('/log-in-session')).text).secondsLeft;
  assert.match((await browser.get('/my-details')).text, /data-seconds-left="900"/);
  clock.advance(14 * MINUTE);
  assert.equal(await left(), 60);
  assert.equal(await left(), 60);
  const stayed = await browser.post('/log-in-session', {}, { accept: 'application/json' });
  assert.deepEqual(JSON.parse(stayed.text), { secondsLeft: 900, final: false });
  clock.advance(14 * MINUTE);
  assert.equal(await left(), 60);
  assert.deepEqual(JSON.parse((await application.browser().get('/log-in-session')).text), {
    secondsLeft: 0,
    final: true,
  });
});

test('a role given or ended ends all sessions of its person, at every organisation, and nobody else', async () => {
  const personId = await idOf('iqa');
  const organisationId = await organisation('04417');
  for (const change of ['add', 'end'] as const) {
    const sessions = [await application.logIn('iqa'), await application.logIn('iqa')];
    const bystander = await application.logIn('champion');
    await application.services.database.write(SYSTEM, (writer) =>
      change === 'add'
        ? addMembership(writer, { personId, organisationId, role: 'assessor' }).then(() => undefined)
        : endMembership(writer, { personId, organisationId, role: 'assessor', reason: 'no longer' }),
    );
    for (const browser of sessions) assert.equal((await browser.get('/my-details')).status, 303, change);
    assert.equal((await bystander.get('/my-details')).status, 200);
  }
});

test('a coordinator ends sessions of others through Centres Hub; the own one gets a new id when the own roles change', async () => {
  const coordinator = await application.logIn('coordinator');
  const elsewhere = await application.logIn('coordinator');
  const assessor = await application.logIn('assessor');
  const give = async (username: string, role: string) =>
    coordinator.post(`/centres-hub/users/${await idOf(username)}/add-roles`, { roles: role });
  assert.equal((await give('assessor', 'iqa')).status, 303);
  assert.equal((await assessor.get('/my-details')).status, 303);

  const before = coordinator.cookies.get('__Host-session');
  const answer = await give('coordinator', 'assessor');
  assert.equal(answer.status, 303, answer.text.slice(0, 400));
  assert.notEqual(coordinator.cookies.get('__Host-session'), before);
  assert.equal((await coordinator.get('/my-details')).status, 200);
  assert.equal((await elsewhere.get('/my-details')).status, 303);
  const stolen = application.browser();
  stolen.cookies.set('__Host-session', before as string);
  assert.equal((await stolen.get('/my-details')).status, 303, 'the old id opens nothing');
});

test("a centre's transaction ends no session of a person who was never its member", async () => {
  const stranger = await application.logIn('invigilator2');
  const [person] = [await idOf('invigilator2')];
  const centreId = await organisation('04417');
  const roles = (await rows<{ roles: { centre: string } }>('select roles from public.installation'))[0]?.roles;
  await asSuperuser(application.database.url, async (client) => {
    await client.query('begin');
    await client.query("select set_config('role', $1, true), set_config('imi.centre_id', $2, true)", [
      roles?.centre,
      centreId,
    ]);
    await client.query("select accounts.end_sessions_of($1, now(), 'attack', null)", [person]);
    await client.query('commit');
  });
  assert.equal((await stranger.get('/my-details')).status, 200);
});

test('log-in, switch and password give a new id; the old one is dead', async () => {
  const browser = await application.logIn('several');
  const seen = [browser.cookies.get('__Host-session')];
  const second = await organisation('04426');
  for (const organisationId of [second, 'self', await organisation('04417')]) {
    assert.equal((await browser.post('/act-for', { organisationId })).location, '/home');
    seen.push(browser.cookies.get('__Host-session'));
  }
  assert.equal(new Set(seen).size, 4);
  for (const old of seen.slice(0, -1)) {
    const stolen = application.browser();
    stolen.cookies.set('__Host-session', old as string);
    assert.equal((await stolen.get('/my-details')).status, 303);
  }
  assert.equal((await browser.post('/act-for', { organisationId: await organisation('00001') })).status, 404);
});

test('who logs in again in the same browser acts for the same organisation, and the ledger says for which', async () => {
  const browser = await application.logIn('several');
  const second = await organisation('04426');
  await browser.post('/act-for', { organisationId: second });
  clock.advance(16 * MINUTE);
  await browser.post('/login', { username: 'several', password: DEMO_PASSWORD });
  assert.match((await browser.get('/home')).text, /aria-label="For whom you act"[\s\S]*?<strong>Severnside/);
  const events = await rows<{ kind: string; acting_organisation_id: string | null }>(
    "select kind, acting_organisation_id from platform.audit_events where person_id = $1 and kind in ('accounts.logged-in', 'accounts.acted-for') order by at desc, seq desc limit 2",
    [await idOf('several')],
  );
  for (const event of events) assert.equal(event.acting_organisation_id, second, event.kind);
});

test('every cookie of every answer is bound to this host, secure, and out of reach of script but for the theme', async (t) => {
  const lines: string[] = [];
  for (const username of ['coordinator', 'several', 'candidate', null]) {
    let browser = application.browser();
    for (const { method, url, capability } of application.routeTable) {
      if (capability === 'asset' || /[:*]/.test(url)) continue;
      if (username && !browser.cookies.has('__Host-session')) browser = await application.logIn(username);
      const answer =
        method === 'GET' ? await browser.get(url) : await browser.post(url, { theme: 'dark', organisationId: 'self' });
      lines.push(...answer.headers.getSetCookie());
    }
    const entering = application.browser();
    lines.push(
      ...(
        await entering.post('/login', { username: username ?? 'member', password: DEMO_PASSWORD })
      ).headers.getSetCookie(),
    );
  }
  assert.ok(lines.length >= 10, `only ${lines.length} cookies`);
  for (const line of lines) {
    if (line.startsWith('theme=')) {
      assert.match(line, /; Secure/);
      continue;
    }
    assert.match(line, /^__Host-[\w-]+=/, line);
    for (const attribute of [/; Path=\/(;|$)/, /; HttpOnly/, /; Secure/, /; SameSite=(Lax|Strict)/])
      assert.match(line, attribute);
    assert.doesNotMatch(line, /domain=/i);
  }
  t.diagnostic(`${lines.length} cookies`);
});
