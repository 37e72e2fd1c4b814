import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import {
  DEMO_PASSWORD,
  type PlainBrowser,
  SetClock,
  startTestApplication,
  type TestApplication,
} from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { codeAt, endExemption, giveSecondFactor, personIdOf, setUpApp } from '#test/second-factor.ts';
import { removeSecondFactors } from '../index.ts';

const OVERVIEW = '/my-details/second-factors';
let app: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock });
});
after(() => app.close());

const idsOn = (text: string) =>
  [...text.matchAll(/second-factors\/([0-9a-f-]{36})\/remove/g)].map((one) => String(one[1]));

async function withCode(username: string, secret: string, fields: Record<string, string> = {}): Promise<PlainBrowser> {
  const browser = app.browser();
  const asked = await browser.post('/login', { username, password: DEMO_PASSWORD });
  assert.equal(asked.location, '/login/second-step');
  clock.advance(60_000);
  const given = await browser.post('/login/second-step', { code: codeAt(secret, clock.now()), ...fields });
  assert.equal(given.status, 303, given.text);
  return browser;
}

async function mailsTo(username: string) {
  const personId = await personIdOf(app, username);
  return app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.mails')
      .select(['subject', 'body'])
      .where('person_id', '=', personId)
      .where('kind', '=', 'accounts.second-factor')
      .orderBy('id')
      .execute(),
  );
}

test('coordinators and the awarding body open nothing before a second factor is set up; then everything, at once', async () => {
  for (const [username, page] of [
    ['coordinator2', '/web-portal/candidates'],
    ['officer', '/products'],
  ] as const) {
    await endExemption(app, username);
    const browser = await app.logIn(username);
    const home = await browser.get('/home');
    assert.match(home.text, /One step is left/);
    assert.match(home.text, /Set up your second factor/);
    assert.equal((await browser.get('/system-access')).status, 200);
    for (const url of [page, '/needs-attention', '/centres-hub']) {
      assert.deepEqual([(await browser.get(url)).status, (await browser.get(url)).location], [303, '/home'], url);
    }
    assert.equal((await browser.post('/web-portal/candidates/register')).status, username === 'officer' ? 403 : 303);
    assert.match((await browser.get(OVERVIEW)).text, /Your role requires one/);
    const old = browser.cookies.get('session');
    await setUpApp(app, browser);
    assert.notEqual(browser.cookies.get('session'), old, 'the session has a new id');
    assert.doesNotMatch((await browser.get('/home')).text, /One step is left/);
    assert.equal((await browser.get(page)).status, 200);
    const thief = app.browser();
    thief.cookies.set('session', old as string);
    assert.equal((await thief.get('/home')).location, '/login?next=%2Fhome');
  }
});

test('what the role never opens is still "not allowed"; other roles and demonstration accounts are only offered one', async () => {
  await endExemption(app, 'invigilator');
  const invigilator = await app.logIn('invigilator');
  assert.doesNotMatch((await invigilator.get('/home')).text, /One step is left/);
  assert.equal((await invigilator.get('/products')).status, 200);
  await endExemption(app, 'results');
  const results = await app.logIn('results');
  assert.equal((await results.get('/online-assessments/sessions/plan')).status, 403, 'no role of the awarding body');
  const exempt = await app.logIn('quality');
  assert.equal((await exempt.get('/products')).status, 200);
  for (const url of [OVERVIEW, '/my-details'])
    assert.match((await exempt.get(url)).text, /This is a demonstration account/, url);
});

test('SECOND_FACTOR=offered: nobody must have one', async () => {
  const relaxed = await startTestApplication({ env: { SECOND_FACTOR: 'offered' } });
  try {
    await endExemption(relaxed, 'admin');
    const browser = await relaxed.logIn('admin');
    assert.doesNotMatch((await browser.get('/home')).text, /One step is left/);
    assert.equal((await browser.get('/products')).status, 200);
    await setUpApp(relaxed, browser);
    assert.match((await browser.get(OVERVIEW)).text, /10 of 10 left/);
    const again = relaxed.browser();
    const asked = await again.post('/login', { username: 'admin', password: DEMO_PASSWORD });
    assert.equal(asked.location, '/login/second-step', 'who has one is asked for it');
  } finally {
    await relaxed.close();
  }
});

test('a session opened by the password alone ends when the first second factor is set up elsewhere', async () => {
  const here = await app.logIn('iqa');
  const there = await app.logIn('iqa');
  await setUpApp(app, here);
  assert.equal((await there.get('/my-details')).status, 303);
  assert.equal((await here.get('/my-details')).status, 200);
  assert.match(String((await mailsTo('iqa')).at(-1)?.subject), /^An authenticator app was added/);
});

test('a session that did not give the second factor opens no role and cannot remove it', async () => {
  const browser = await app.logIn('assessor');
  await giveSecondFactor(app.services, await personIdOf(app, 'assessor'));
  assert.match((await browser.get('/home')).text, /Log in again/);
  assert.equal((await browser.get('/web-portal')).location, '/home');
  for (const url of [OVERVIEW, `${OVERVIEW}/add-app`]) assert.equal((await browser.get(url)).location, '/home', url);
  const [app1] = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.authenticator_apps').select('id').orderBy('id', 'desc').limit(1).execute(),
  );
  assert.equal((await browser.post(`${OVERVIEW}/${app1?.id}/remove`)).location, '/home');
  assert.equal((await browser.post(`${OVERVIEW}/recovery-codes`)).location, '/home');
});

test('a remembered device is not asked; it is for one person, for 30 days, and ends with the password or a factor', async () => {
  const secret = await giveSecondFactor(app.services, await personIdOf(app, 'champion'));
  const other = await giveSecondFactor(app.services, await personIdOf(app, 'reviewer'));
  const logIn = async (browser: PlainBrowser, username = 'champion', password = DEMO_PASSWORD) =>
    (await browser.post('/login', { username, password })).location;
  const own = await withCode('champion', secret, { remember: 'yes' });
  const token = own.cookies.get('remembered') as string;
  assert.match(token, /^[\w-]{43}$/);
  assert.equal(await logIn(own), '/home');
  assert.equal((await own.get('/products')).status, 200, 'the roles are open');
  assert.equal(await logIn(app.browser()), '/login/second-step', 'another browser is asked');
  const copied = app.browser();
  copied.cookies.set('remembered', token);
  assert.equal(await logIn(copied, 'reviewer'), '/login/second-step', 'the cookie says nothing of another account');
  const shared = await withCode('reviewer', other, { remember: 'yes' });
  shared.cookies.set('remembered', `${token}.${shared.cookies.get('remembered')}`);
  assert.deepEqual([await logIn(shared), await logIn(shared, 'reviewer')], ['/home', '/home'], 'two share a computer');

  assert.equal(await logIn(own), '/home');
  const text = (await own.get(OVERVIEW)).text;
  const id = /name="id" value="([0-9a-f-]{36})"/.exec(text)?.[1] as string;
  assert.equal((await shared.post(`${OVERVIEW}/forget-device`, { id })).status, 404, 'not by another person');
  assert.equal((await own.post(`${OVERVIEW}/forget-device`, { id })).location, `${OVERVIEW}?done=forgotten`);
  assert.equal(await logIn(app.browser()), '/login/second-step');
  assert.equal(await logIn(own), '/login/second-step', 'forgotten');

  const changes = await withCode('champion', secret, { remember: 'yes' });
  const next = 'sycamore gasket lantern';
  await changes.post('/my-details/change-password', { oldPassword: DEMO_PASSWORD, newPassword: next });
  assert.doesNotMatch((await changes.get(OVERVIEW)).text, /Remembered devices/);
  assert.equal(await logIn(changes, 'champion', next), '/login/second-step', 'the password changed');

  assert.equal(await logIn(shared, 'reviewer'), '/home');
  clock.advance(30 * 86_400_000 + 1000);
  assert.equal(await logIn(shared, 'reviewer'), '/login/second-step', 'after 30 days');
});

test('removing one asks for the password first, ends remembered devices and tells the person; the last required one stays', async () => {
  const username = 'author';
  await endExemption(app, username);
  const secret = await giveSecondFactor(app.services, await personIdOf(app, username));
  const browser = await withCode(username, secret, { remember: 'yes' });
  const [only] = idsOn((await browser.get(OVERVIEW)).text);
  const remove = `${OVERVIEW}/${only}/remove`;
  assert.match((await browser.get(remove)).text, /Add another one first/);
  const kept = await browser.post(remove);
  assert.equal(kept.status, 422);
  assert.match(kept.text, /your only one/);
  clock.advance(60_000);
  await setUpApp(app, browser);
  // Twice 8 minutes: the session is awake, the password is 16 minutes old.
  clock.advance(8 * 60_000);
  assert.equal((await browser.get(OVERVIEW)).status, 200);
  clock.advance(8 * 60_000);
  const asked = await browser.post(remove);
  assert.equal(asked.location, `/confirm-it-is-you?next=${encodeURIComponent(remove)}`);
  const confirm = String(asked.location);
  const wrong = await browser.post(confirm, { password: 'Wrong-Password-1' });
  assert.equal(wrong.status, 422);
  assert.doesNotMatch(wrong.text, /Wrong-Password-1/);
  assert.equal((await browser.post(remove)).status, 303);
  assert.equal((await browser.post(confirm, { password: DEMO_PASSWORD })).location, remove);
  assert.match((await browser.get(remove)).text, /Remove the authenticator app\?/);
  assert.equal((await browser.post(remove)).location, `${OVERVIEW}?done=removed`);
  assert.doesNotMatch((await browser.get(OVERVIEW)).text, /Remembered devices/);
  const subjects = (await mailsTo(username)).map(({ subject }) => subject.split(' your ')[0]);
  assert.deepEqual(subjects, ['An authenticator app was added to', 'An authenticator app was removed from']);
  const stolen = app.browser();
  await stolen.post('/login', { username, password: DEMO_PASSWORD });
  clock.advance(60_000);
  const old = await stolen.post('/login/second-step', { code: codeAt(secret, clock.now()) });
  assert.equal(old.status, 422, 'codes of a removed app are worth nothing');
});

test('two removals at the same time leave one where one is required', async () => {
  await endExemption(app, 'finance');
  const personId = await personIdOf(app, 'finance');
  const secret = await giveSecondFactor(app.services, personId);
  await giveSecondFactor(app.services, personId);
  const browser = await withCode('finance', secret);
  const ids = idsOn((await browser.get(OVERVIEW)).text);
  assert.equal(ids.length, 2);
  const answers = await Promise.all(ids.map((id) => browser.post(`${OVERVIEW}/${id}/remove`)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
  assert.equal(idsOn((await browser.get(OVERVIEW)).text).length, 1);
});

test('new recovery codes withdraw the old; they are shown to nobody else, for a few minutes, until they are kept', async () => {
  const browser = await app.logIn('administrator');
  const { recoveryCodes: old } = await setUpApp(app, browser);
  const download = await browser.get(`${OVERVIEW}/recovery-codes/download`);
  assert.match(String(download.headers.get('content-disposition')), /imi-connect-recovery-codes\.txt/);
  for (const code of old) assert.ok(download.text.includes(code));
  const thief = await app.logIn('candidate');
  thief.cookies.set('recovery-codes', browser.cookies.get('recovery-codes') as string);
  assert.equal((await thief.get(`${OVERVIEW}/recovery-codes/download`)).status, 404);
  await browser.post(`${OVERVIEW}/recovery-codes/kept`);
  assert.equal((await browser.get(`${OVERVIEW}/recovery-codes/download`)).status, 404);
  assert.match((await browser.get(`${OVERVIEW}/recovery-codes`)).text, /10 of 10 are left/);
  await browser.post(`${OVERVIEW}/recovery-codes`);
  const shown = (await browser.get(`${OVERVIEW}/recovery-codes`)).text;
  assert.ok(!old.some((code) => shown.includes(code)));
  clock.advance(10 * 60_000 + 1000);
  assert.match((await browser.get(`${OVERVIEW}/recovery-codes`)).text, /10 of 10 are left/);
  const later = app.browser();
  await later.post('/login', { username: 'administrator', password: DEMO_PASSWORD });
  assert.equal((await later.post('/login/recovery-code', { code: String(old[0]) })).status, 422);
});

test('the awarding body removes everything of somebody who lost it: sessions and devices end, the person is told', async () => {
  const personId = await personIdOf(app, 'quality');
  const secret = await giveSecondFactor(app.services, personId);
  const browser = await withCode('quality', secret, { remember: 'yes' });
  const waiting = app.browser();
  waiting.cookies.set('device', browser.cookies.get('device') as string);
  await waiting.post('/login', { username: 'quality', password: DEMO_PASSWORD });
  await app.services.database.write(SYSTEM, (writer) =>
    removeSecondFactors(writer, personId, 'Phone lost, identity checked by video call'),
  );
  assert.equal((await browser.get('/my-details')).status, 303);
  assert.equal((await waiting.get('/login/second-step')).status, 410);
  assert.match(String((await mailsTo('quality')).at(-1)?.body), /Phone lost, identity checked by video call/);
  const again = app.browser();
  again.cookies.set('remembered', browser.cookies.get('remembered') as string);
  const answer = await again.post('/login', { username: 'quality', password: DEMO_PASSWORD });
  assert.equal(answer.location, '/home', 'the password alone, until another factor is set up');
  const { rows } = await asSuperuser(app.database.url, (client) =>
    client.query("select payload from platform.audit_events where kind = 'accounts.second-factors-removed'"),
  );
  assert.deepEqual(rows, [{ payload: { reason: 'Phone lost, identity checked by video call', factors: 1 } }]);
});

test('an expired or altered picture, and a code that does not fit, add nothing', async () => {
  const browser = await app.logIn('candidate2');
  const add = `${OVERVIEW}/add-app`;
  const setupIn = (text: string) => /name="setup" value="([\w-]+)"/.exec(text)?.[1] as string;
  const first = (await browser.get(add)).text;
  const wrong = await browser.post(add, { setup: setupIn(first), code: '000000' });
  assert.equal(wrong.status, 422);
  const qr = (text: string) => /<path fill="#000" d="([^"]+)"/.exec(text)?.[1];
  assert.equal(qr(wrong.text), qr(first), 'the same picture, so that nothing has to be scanned again');
  const other = await app.logIn('member');
  const stolen = await other.post(add, { setup: setupIn(first), code: '123456' });
  assert.match(stolen.text, /This picture has expired/);
  assert.match((await browser.post(add, { setup: 'AAAA', code: '123456' })).text, /This picture has expired/);
  assert.match((await browser.get(OVERVIEW)).text, /Nothing yet/);
});
