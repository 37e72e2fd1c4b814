import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEMO_PASSWORD, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { safeNext } from './log-in.ts';

let application: TestApplication;
before(async () => {
  application = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

let lastAddress = 0;
/** A browser at an address of its own, so that the tests do not use up one another's tries. */
function elsewhere(): { browser: PlainBrowser; from: Record<string, string> } {
  lastAddress++;
  return { browser: application.browser(), from: { 'x-forwarded-for': `198.51.100.${lastAddress}` } };
}

test('a person logs in and is led home, or on to where he or she wanted to go', async () => {
  const { browser, from } = elsewhere();
  assert.equal((await browser.get('/login')).status, 200);
  const answer = await browser.post('/login', { username: ' Coordinator ', password: DEMO_PASSWORD }, from);
  assert.equal(answer.status, 303);
  assert.equal(answer.location, '/home');
  assert.equal((await browser.get('/home')).status, 200);
  const asked = await application.browser().get('/my-details');
  assert.equal(asked.location, '/login?next=%2Fmy-details');
  const on = await application
    .browser()
    .post(String(asked.location), { username: 'member', password: DEMO_PASSWORD }, from);
  assert.equal(on.location, '/my-details');
});

test('a wrong password and an unknown username get the same status and the same page', async () => {
  const answers = [];
  for (const username of ['invigilator', 'nobody-of-ours']) {
    const { browser, from } = elsewhere();
    const answer = await browser.post('/login', { username, password: 'Wrong-Password-1' }, from);
    answers.push({ status: answer.status, text: answer.text.replaceAll(username, 'NAME') });
    assert.match(answer.text, /The username and password do not match/);
    assert.ok(!answer.text.includes('Wrong-Password-1'), 'a password is never sent back');
    assert.equal(browser.cookies.size, 0);
  }
  assert.deepEqual(answers[0], answers[1]);
});

test('nothing typed: a sentence for each field', async () => {
  const { browser, from } = elsewhere();
  const answer = await browser.post('/login', {}, from);
  assert.equal(answer.status, 422);
  assert.match(answer.text, /Enter your username/);
  assert.match(answer.text, /Enter your password/);
  assert.doesNotMatch(answer.text, /expected string/);
});

test('at most 5 wrong passwords pass in a window, from however many addresses, known name or not', async () => {
  for (const username of ['iqa', 'nobody-at-all']) {
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const { browser, from } = elsewhere();
        return (await browser.post('/login', { username, password: 'Wrong-Password-1' }, from)).status;
      }),
    );
    assert.equal(statuses.filter((status) => status === 422).length, 5, username);
    assert.equal(statuses.filter((status) => status === 429).length, 25, username);
  }
  const { browser, from } = elsewhere();
  const right = await browser.post('/login', { username: 'iqa', password: DEMO_PASSWORD }, from);
  assert.equal(right.status, 429, 'not even the right password, for somebody at an unknown device');
  assert.match(right.text, /Wait 5 minutes, then try again/);
});

test('others cannot lock out somebody who was logged in on the device before', async () => {
  const { browser, from } = elsewhere();
  await browser.post('/login', { username: 'champion', password: DEMO_PASSWORD }, from);
  assert.equal((await browser.post('/logout', {}, from)).location, '/login');
  for (let guess = 0; guess < 8; guess++) {
    const attacker = elsewhere();
    await attacker.browser.post('/login', { username: 'champion', password: 'Wrong-Password-1' }, attacker.from);
  }
  const stranger = elsewhere();
  const refused = await stranger.browser.post(
    '/login',
    { username: 'champion', password: DEMO_PASSWORD },
    stranger.from,
  );
  assert.equal(refused.status, 429);
  const own = await browser.post('/login', { username: 'champion', password: DEMO_PASSWORD }, from);
  assert.equal(own.status, 303);
  const device = browser.cookies.get('device') as string;
  const other = elsewhere();
  other.browser.cookies.set(
    'device',
    device.replace(/^./, (letter) => (letter === 'x' ? 'y' : 'x')),
  );
  const forged = await other.browser.post('/login', { username: 'champion', password: DEMO_PASSWORD }, other.from);
  assert.equal(forged.status, 429, 'a device cookie that was made up counts for nothing');
});

test('one address that guesses at many accounts is stopped', async () => {
  const { browser, from } = elsewhere();
  let passed = 0;
  for (let guess = 0; guess < 55; guess++) {
    const answer = await browser.post('/login', { username: `guessed-${guess}`, password: 'Wrong-Password-1' }, from);
    if (answer.status === 422) passed++;
  }
  assert.equal(passed, 50);
});

test('the cookie cannot be read by script or sent by other sites, and over TLS is bound to the host', async () => {
  const { browser, from } = elsewhere();
  const answer = await browser.post('/login', { username: 'officer', password: DEMO_PASSWORD }, from);
  const line = answer.headers.getSetCookie().find((one) => one.startsWith('session='));
  assert.match(String(line), /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  const secure = await startTestApplication({ env: { PUBLIC_URL: 'https://connect.example.org', TRUST_PROXY: '1' } });
  try {
    const own = await secure.browser().post('/login', { username: 'officer', password: DEMO_PASSWORD });
    const lines = own.headers.getSetCookie();
    assert.match(String(lines[0]), /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    for (const one of lines) assert.match(one, /^__Host-.*; Secure;/);
  } finally {
    await secure.close();
  }
});

test('each log-in has a new session id; the one before it and a logged-out one are dead', async () => {
  const { browser, from } = elsewhere();
  browser.cookies.set('session', 'a'.repeat(43));
  await browser.post('/login', { username: 'quality', password: DEMO_PASSWORD }, from);
  const first = browser.cookies.get('session') as string;
  assert.notEqual(first, 'a'.repeat(43), 'an id that somebody else chose is not taken');
  await browser.post('/login', { username: 'quality', password: DEMO_PASSWORD }, from);
  const second = browser.cookies.get('session') as string;
  assert.notEqual(first, second);
  const withId = async (id: string) => {
    const other = application.browser();
    other.cookies.set('session', id);
    return (await other.get('/my-details')).status;
  };
  assert.equal(await withId(first), 303);
  assert.equal(await withId(second), 200);
  await browser.post('/logout', {}, from);
  assert.equal(await withId(second), 303);
});

test('the log-in leads to paths of this site only', async () => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/..//evil.example',
    '',
    'x',
    '/login?next=/login',
    '/log\nin',
  ]) {
    assert.equal(safeNext(next), '/home', JSON.stringify(next));
  }
  assert.equal(safeNext('/web-portal/candidates?page=2#row-3'), '/web-portal/candidates?page=2#row-3');
  const { browser, from } = elsewhere();
  const answer = await browser.post(
    `/login?next=${encodeURIComponent('//evil.example/')}`,
    { username: 'results', password: DEMO_PASSWORD },
    from,
  );
  assert.equal(answer.location, '/home');
});

test('what is typed in the place of a username is stored nowhere', async () => {
  const { browser, from } = elsewhere();
  await browser.post('/login', { username: 'My-Secret-Pass-77', password: 'x' }, from);
  const { rows } = await application.services.database.pool.query<{ key: string }>(
    'select key from platform.throttles',
  );
  assert.ok(rows.length > 0);
  assert.ok(rows.every(({ key }) => !/secret/i.test(key)));
});

test('known and unknown usernames take the same time', async (t) => {
  const times = { known: [] as number[], unknown: [] as number[] };
  const known = ['administrator', 'assessor', 'coordinator2', 'invigilator2', 'finance', 'author', 'reviewer', 'admin'];
  for (let round = 0; round < 4; round++) {
    for (const [index, name] of known.entries()) {
      for (const kind of ['known', 'unknown'] as const) {
        const username = kind === 'known' ? name : `absent-${index}`;
        const { browser, from } = elsewhere();
        const began = performance.now();
        const { status } = await browser.post('/login', { username, password: 'Wrong-Password-1' }, from);
        times[kind].push(performance.now() - began);
        assert.equal(status, 422);
      }
    }
  }
  const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
  const [knownMs, unknownMs] = [median(times.known), median(times.unknown)];
  const larger = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0);
  const pairs = times.known.flatMap((a) => times.unknown.map((b) => larger(a, b)));
  const share = pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length;
  t.diagnostic(
    `log-in, wrong: known ${knownMs.toFixed(1)} ms, unknown ${unknownMs.toFixed(1)} ms, known slower in ${(share * 100).toFixed(0)} % of pairs (50 % is blind)`,
  );
  // Without the hash for nobody the unknown ones would take about a fifth of the time.
  assert.ok(unknownMs > knownMs * 0.5 && knownMs > unknownMs * 0.5);
});
