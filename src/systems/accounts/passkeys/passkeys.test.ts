import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import {
  DEMO_PASSWORD,
  PlainBrowser,
  SetClock,
  startTestApplication,
  type TestApplication,
} from '#test/application.ts';
import { SoftAuthenticator } from '#test/soft-authenticator.ts';
import { counterMayFollow } from './prove.ts';

const ADD = '/my-details/second-factors/add-passkey';
let app: TestApplication;
let site: string;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock, env: { TRUST_PROXY: 'loopback' } });
  site = app.url.replace('127.0.0.1', 'localhost');
});
after(() => app.close());

let lastAddress = 0;
/** A browser at the site's name, and at an address of its own. */
function atSite(): { browser: PlainBrowser; from: Record<string, string> } {
  lastAddress++;
  return { browser: new PlainBrowser(site), from: { 'x-forwarded-for': `203.0.113.${lastAddress}` } };
}

async function loggedIn(username: string) {
  const { browser, from } = atSite();
  const answer = await browser.post('/login', { username, password: DEMO_PASSWORD }, from);
  assert.equal(answer.location, '/home');
  return { browser, from };
}

async function challengeFrom(browser: PlainBrowser, url: string, from: Record<string, string>) {
  const answer = await browser.post(url, {}, from);
  assert.equal(answer.status, 200, answer.text);
  const options = JSON.parse(answer.text);
  return { options, ceremony: { challenge: options.challenge as string, origin: site, rpId: 'localhost' } };
}

/** Makes a passkey for this person on the page that adds one. */
async function withPasskey(username: string) {
  const { browser, from } = await loggedIn(username);
  const authenticator = new SoftAuthenticator();
  const { options, ceremony } = await challengeFrom(browser, `${ADD}/options`, from);
  const passkey = authenticator.make(ceremony, options.user.id);
  const answer = await browser.post(ADD, { passkey, name: ' My   phone ' }, from);
  assert.equal(answer.location, '/my-details/second-factors/recovery-codes');
  return { authenticator, browser, from, userHandle: options.user.id as string };
}

async function whys(): Promise<unknown[]> {
  const rows = await app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.audit_events')
      .select('payload')
      .where('kind', '=', 'accounts.second-factor-refused')
      .orderBy('id')
      .execute(),
  );
  return rows.map(({ payload }) => (payload as { why: string }).why);
}

test('a passkey alone logs in, as both proofs, and leads on', async () => {
  const { authenticator, browser: first } = await withPasskey('officer');
  assert.match(
    (await first.get('/my-details/second-factors')).text,
    /My phone<span class="sub">Passkey, on one device/,
  );
  const { browser, from } = atSite();
  assert.match((await browser.get('/login')).text, /Log in with a passkey/);
  assert.doesNotMatch(
    (await app.browser().get('/login')).text,
    /Log in with a passkey/,
    'not at an address of numbers',
  );
  const { options, ceremony } = await challengeFrom(browser, '/login/passkey-options', from);
  assert.deepEqual([options.rpId, options.userVerification, options.allowCredentials], ['localhost', 'required', []]);
  const answer = await browser.post('/login/passkey?next=/my-details', { passkey: authenticator.use(ceremony) }, from);
  assert.equal(answer.location, '/my-details');
  assert.equal((await browser.get('/my-details/second-factors')).status, 200);
  assert.equal((await browser.get('/products')).status, 200, 'the roles are open');
});

test('a passkey as the second step, of this person alone', async () => {
  const own = await withPasskey('quality');
  const other = await withPasskey('author');
  const { browser, from } = atSite();
  const asked = await browser.post('/login', { username: 'quality', password: DEMO_PASSWORD }, from);
  assert.equal(asked.location, '/login/second-step');
  assert.match((await browser.get('/login/second-step')).text, /Use a passkey/);
  const { ceremony } = await challengeFrom(browser, '/login/second-step/passkey-options', from);
  const foreign = await browser.post(
    '/login/second-step/passkey',
    { passkey: other.authenticator.use(ceremony) },
    from,
  );
  assert.equal(foreign.status, 422);
  assert.equal((await whys()).at(-1), 'another-person');
  assert.equal(browser.cookies.get('session'), undefined);
  const again = await challengeFrom(browser, '/login/second-step/passkey-options', from);
  const passkey = own.authenticator.use(again.ceremony);
  const given = await browser.post('/login/second-step/passkey', { passkey, remember: 'yes' }, from);
  assert.equal(given.location, '/home');
  assert.match(String(browser.cookies.get('remembered')), /^[\w-]{43}$/);
});

test('a passkey whose authenticator names another person is refused', async () => {
  const one = await withPasskey('reviewer');
  const other = await withPasskey('results');
  const { browser, from } = atSite();
  const { ceremony } = await challengeFrom(browser, '/login/passkey-options', from);
  const passkey = one.authenticator.use({ ...ceremony, userHandle: other.userHandle });
  assert.equal((await browser.post('/login/passkey', { passkey }, from)).status, 422);
  assert.equal((await whys()).at(-1), 'another-person');
});

test('what was signed once does not pass again, nor in another browser, nor for another purpose, nor too late', async () => {
  const { authenticator } = await withPasskey('finance');
  const { browser, from } = atSite();
  const { ceremony } = await challengeFrom(browser, '/login/passkey-options', from);
  const token = browser.cookies.get('passkey') as string;
  const passkey = authenticator.use(ceremony);
  const thief = atSite();
  assert.equal((await thief.browser.post('/login/passkey', { passkey }, thief.from)).status, 422, 'no challenge there');
  assert.equal((await browser.post('/login/passkey', { passkey }, from)).status, 303);
  browser.cookies.set('passkey', token);
  browser.cookies.delete('session');
  assert.equal((await browser.post('/login/passkey', { passkey }, from)).status, 422, 'spent');
  assert.equal((await whys()).at(-1), 'challenge');

  const step = atSite();
  await step.browser.post('/login', { username: 'finance', password: DEMO_PASSWORD }, step.from);
  const forLogIn = await challengeFrom(step.browser, '/login/passkey-options', step.from);
  const mixed = authenticator.use(forLogIn.ceremony);
  assert.equal((await step.browser.post('/login/second-step/passkey', { passkey: mixed }, step.from)).status, 422);
  assert.equal((await whys()).at(-1), 'challenge');

  const late = await challengeFrom(step.browser, '/login/passkey-options', step.from);
  clock.advance(5 * 60_000 + 1000);
  const tooLate = authenticator.use(late.ceremony);
  assert.equal((await step.browser.post('/login/passkey', { passkey: tooLate }, step.from)).status, 422);
});

test('another origin, another site, no finger or PIN, an altered signature: refused, and the challenge is spent', async () => {
  const { authenticator } = await withPasskey('iqa');
  const { browser, from } = atSite();
  for (const change of [
    { origin: 'https://imi-connect.evil.example' },
    { origin: site.replace('localhost', '127.0.0.1') },
    { rpId: 'evil.example' },
    { userVerified: false },
    { challenge: 'bm90IHRoZSBjaGFsbGVuZ2U' },
  ]) {
    const { ceremony } = await challengeFrom(browser, '/login/passkey-options', from);
    const passkey = authenticator.use({ ...ceremony, ...change });
    assert.equal((await browser.post('/login/passkey', { passkey }, from)).status, 422, JSON.stringify(change));
    assert.equal((await whys()).at(-1), 'wrong');
    const right = authenticator.use(ceremony);
    assert.equal((await browser.post('/login/passkey', { passkey: right }, from)).status, 422, 'spent');
  }
  const { ceremony } = await challengeFrom(browser, '/login/passkey-options', from);
  const passkey = JSON.parse(authenticator.use(ceremony));
  passkey.response.signature = JSON.parse(authenticator.use(ceremony)).response.signature;
  assert.equal((await browser.post('/login/passkey', { passkey: JSON.stringify(passkey) }, from)).status, 422);
  for (const odd of [
    '',
    '{',
    'null',
    '[]',
    '{"id":1}',
    JSON.stringify({ ...passkey, response: { clientDataJSON: 'x' } }),
  ])
    assert.equal((await browser.post('/login/passkey', { passkey: odd }, from)).status, 422, odd);
  assert.equal(browser.cookies.get('session'), undefined);
});

test('an authenticator whose counter goes back or stands still is a copy', async () => {
  const { authenticator } = await withPasskey('champion');
  const { browser, from } = atSite();
  const tryWith = async (counter: number) => {
    const { ceremony } = await challengeFrom(browser, '/login/passkey-options', from);
    return (await browser.post('/login/passkey', { passkey: authenticator.use({ ...ceremony, counter }) }, from))
      .status;
  };
  assert.equal(await tryWith(7), 303);
  for (const counter of [7, 6, 0]) {
    assert.equal(await tryWith(counter), 422, String(counter));
    assert.equal((await whys()).at(-1), 'counter');
  }
  assert.equal(await tryWith(8), 303);
  assert.deepEqual(
    [counterMayFollow(0, 0), counterMayFollow(0, 1), counterMayFollow(3, 3), counterMayFollow(3, 2)],
    [true, true, false, false],
  );
});

test('a passkey is made with the own challenge, on this site, by somebody who is logged in; and removed for good', async () => {
  const { browser, from } = await loggedIn('assessor');
  const authenticator = new SoftAuthenticator();
  for (const change of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { userVerified: false }]) {
    const { options, ceremony } = await challengeFrom(browser, `${ADD}/options`, from);
    const passkey = authenticator.make({ ...ceremony, ...change }, options.user.id);
    assert.equal((await browser.post(ADD, { passkey }, from)).status, 422, JSON.stringify(change));
  }
  const { options, ceremony } = await challengeFrom(browser, `${ADD}/options`, from);
  const made = authenticator.make(ceremony, options.user.id);
  const other = await loggedIn('invigilator');
  other.browser.cookies.set('passkey', browser.cookies.get('passkey') as string);
  assert.equal((await other.browser.post(ADD, { passkey: made }, other.from)).status, 422, 'not for another person');
  assert.equal((await browser.post(ADD, { passkey: made }, from)).status, 303);
  await browser.post('/my-details/second-factors/recovery-codes/kept');
  const overview = (await browser.get('/my-details/second-factors')).text;
  const remove = /\/my-details\/second-factors\/[0-9a-f-]{36}\/remove/.exec(overview)?.[0] as string;
  assert.equal((await other.browser.post(remove)).status, 404, "another person's passkey does not exist");
  assert.equal((await other.browser.get(remove.replace('remove', 'rename'))).status, 404);
  assert.equal((await browser.post(remove)).location, '/my-details/second-factors?done=removed');
  const { ceremony: late } = await challengeFrom(other.browser, '/login/passkey-options', other.from);
  assert.equal(
    (await other.browser.post('/login/passkey', { passkey: authenticator.use(late) }, other.from)).status,
    422,
  );
  assert.equal((await whys()).at(-1), 'unknown');
});
