import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sweep } from '#platform/jobs/platform-jobs.ts';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  application = await startTestApplication({ clock });
});
after(() => application.close());

const MINUTES = 60_000;

test('what was typed into a form of an expired session comes back after the log-in, to the same person only', async () => {
  const browser = await application.logIn('coordinator');
  clock.advance(16 * MINUTES);
  assert.equal((await browser.get('/my-details')).location, '/login?next=%2Fmy-details');
  const referer = { referer: `${application.url}/activate` };
  const asked = await browser.post('/activate', { pin: '12345678', email: 'typed@example.org' }, referer);
  assert.equal(asked.status, 303);
  assert.match(decodeURIComponent(String(asked.location)), /^\/login\?next=\/activate\?kept=[0-9a-f-]{36}$/);
  const login = await browser.get(String(asked.location));
  assert.match(login.text, /What you typed is kept/);

  const other = application.browser();
  const otherIn = await other.post(String(asked.location), { username: 'coordinator2', password: DEMO_PASSWORD });
  assert.doesNotMatch((await other.get(String(otherIn.location))).text, /typed@example.org/);

  const again = await browser.post(String(asked.location), { username: 'coordinator', password: DEMO_PASSWORD });
  const form = await browser.get(String(again.location));
  assert.match(form.text, /value="typed@example.org"/);
  assert.doesNotMatch(form.text, /12345678/);

  const { rows } = await application.services.database.pool.query('select 1 as one');
  assert.equal(rows.length, 1);
  clock.advance(13 * 60 * MINUTES);
  await sweep(application.services);
  const late = await application.logIn('coordinator');
  assert.doesNotMatch((await late.get(String(again.location))).text, /typed@example.org/);
});

test('what was typed in one tab survives a log-out in another, for the same person only', async () => {
  const browser = await application.logIn('administrator');
  const dead = browser.cookies.get('session');
  await browser.post('/logout');
  assert.equal(browser.cookies.get('session'), undefined);
  assert.equal((await browser.get('/my-details')).status, 303, 'the note of who left opens nothing');
  const referer = { referer: `${application.url}/activate` };
  const asked = await browser.post('/activate', { email: 'second-tab@example.org' }, referer);
  assert.match(String(asked.location), /kept/);
  const again = await browser.post(String(asked.location), { username: 'administrator', password: DEMO_PASSWORD });
  assert.match((await browser.get(String(again.location))).text, /value="second-tab@example.org"/);
  const other = await application.logIn('coordinator2');
  assert.doesNotMatch((await other.get(String(again.location))).text, /second-tab@example.org/);

  const later = application.browser();
  later.cookies.set('left', String(dead));
  clock.advance(12 * 60 * MINUTES + MINUTES);
  assert.doesNotMatch(String((await later.post('/activate', { email: 'x@example.org' }, referer)).location), /kept/);
});

test('no password or PIN is kept, and of a body only its texts', async () => {
  await application.services.database.write({ kind: 'system' }, ({ db }) =>
    db.deleteFrom('platform.kept_forms').execute(),
  );
  const second = await application.logIn('administrator');
  clock.advance(16 * MINUTES);
  await second.post('/my-details/change-password', {
    oldPassword: 'canary-old',
    newPassword: 'canary-new',
    extra: 'x',
  });
  const kept = await application.services.database.read({ kind: 'system' }, ({ db }) =>
    db.selectFrom('platform.kept_forms').select('fields').execute(),
  );
  assert.equal(kept.length, 1);
  assert.deepEqual(kept[0]?.fields, { extra: 'x' });
  const odd = { a: 'nul\0', b: { deep: 1 }, c: null, d: '\ud800' };
  const asked = await second.postJson('/my-details/change-password', odd, { referer: `${application.url}//` });
  assert.equal(asked.status, 303);
});

test('a session ends 8 hours after the log-in, however busy', async () => {
  const browser = await application.logIn('iqa');
  for (let minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
    clock.advance(10 * MINUTES);
    assert.equal((await browser.get('/my-details')).status, minutes < 8 * 60 - 10 ? 200 : 303);
  }
  clock.advance(10 * MINUTES);
  assert.equal((await browser.get('/my-details')).status, 303);
});
