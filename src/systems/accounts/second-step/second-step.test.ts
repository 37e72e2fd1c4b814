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
import { codeAt, giveSecondFactor, personIdOf, setUpApp } from '#test/second-factor.ts';

const STEP = '/login/second-step';
let app: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock, env: { TRUST_PROXY: 'loopback' } });
});
after(() => app.close());

let lastAddress = 0;
function elsewhere(): { browser: PlainBrowser; from: Record<string, string> } {
  lastAddress++;
  return { browser: app.browser(), from: { 'x-forwarded-for': `198.51.100.${lastAddress}` } };
}

/** A browser in which the password of this username was right. */
async function passwordGiven(username: string, next?: string) {
  const { browser, from } = elsewhere();
  const to = next ? `/login?next=${encodeURIComponent(next)}` : '/login';
  const answer = await browser.post(to, { username, password: DEMO_PASSWORD }, from);
  assert.equal(answer.location, STEP);
  assert.equal(browser.cookies.get('session'), undefined, 'no session yet');
  return { browser, from };
}

const withApp = async (username: string) => giveSecondFactor(app.services, await personIdOf(app, username));
/** Moves on to a period whose code nobody has used. */
const nextCode = (secret: string) => {
  clock.advance(60_000);
  return codeAt(secret, clock.now());
};

test('password, then the code of the app, then where the person wanted to go', async () => {
  const secret = await withApp('officer');
  const { browser, from } = await passwordGiven('officer', '/my-details');
  assert.equal((await browser.get('/home')).location, '/login?next=%2Fhome', 'the second step cannot be skipped');
  assert.equal((await browser.get('/centres-hub')).status, 303);
  const page = await browser.get(STEP);
  assert.match(page.text, /Code from your app/);
  assert.match((await browser.post(STEP, {}, from)).text, /Enter the 6 digits/);
  const wrong = await browser.post(STEP, { code: '000 000' }, from);
  assert.equal(wrong.status, 422);
  assert.doesNotMatch(wrong.text, /000 ?000/, 'a code is never sent back');
  const given = await browser.post(STEP, { code: nextCode(secret) }, from);
  assert.deepEqual([given.status, given.location], [303, '/my-details']);
  assert.match(String(browser.cookies.get('session')), /^[\w-]{43}$/);
  assert.equal(browser.cookies.get('second-step'), undefined);
  assert.equal((await browser.get('/home')).status, 200);
  const session = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.sessions').select(['second_factor_at']).where('second_factor_at', 'is not', null).execute(),
  );
  assert.deepEqual(session, [{ second_factor_at: clock.now() }]);
});

test('a code is taken once: not again, not by two browsers at the same time, not an earlier one', async () => {
  const secret = await withApp('quality');
  clock.advance(60_000);
  const early = codeAt(secret, new Date(clock.now().getTime() - 30_000));
  const code = codeAt(secret, clock.now());
  const browsers = await Promise.all([1, 2, 3].map(() => passwordGiven('quality')));
  const answers = await Promise.all(browsers.map(({ browser, from }) => browser.post(STEP, { code }, from)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422, 422]);
  const later = await passwordGiven('quality');
  for (const used of [code, early]) {
    const answer = await later.browser.post(STEP, { code: used }, later.from);
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Wait until your app shows the next one/);
  }
});

test('codes of the period before and after are taken, those further away are not', async () => {
  const secret = await withApp('author');
  const at = (periods: number) => codeAt(secret, new Date(clock.now().getTime() + periods * 30_000));
  for (const [periods, status] of [
    [-2, 422],
    [2, 422],
    [-1, 303],
    [1, 303],
  ] as const) {
    const { browser, from } = await passwordGiven('author');
    assert.equal((await browser.post(STEP, { code: at(periods) }, from)).status, status, `${periods} periods away`);
  }
});

test('guessing codes stops after 5 tries, from however many addresses and log-ins', async () => {
  const secret = await withApp('results');
  const statuses: number[] = [];
  let last = await passwordGiven('results');
  for (let guess = 0; guess < 9; guess++) {
    // A log-in has fewer tries than guessing needs: the attacker, who knows the password, begins anew.
    if (guess % 3 === 0) last = await passwordGiven('results');
    lastAddress++;
    const from = { 'x-forwarded-for': `198.51.100.${lastAddress}` };
    statuses.push((await last.browser.post(STEP, { code: '000000' }, from)).status);
  }
  assert.deepEqual(statuses, [422, 422, 422, 422, 422, 429, 429, 429, 429]);
  const right = await last.browser.post(STEP, { code: nextCode(secret) }, last.from);
  assert.equal(right.status, 429, 'not even the right code');
  assert.match(right.text, /Wait 5 minutes, then try again/);
});

test('one log-in has 5 tries; then it begins again with the password', async () => {
  const secret = await withApp('finance');
  const { browser, from } = await passwordGiven('finance');
  for (let guess = 0; guess < 5; guess++) {
    const answer = await browser.post(STEP, { code: '000000' }, from);
    assert.equal(answer.status, 422);
    assert.equal(/That was the last try/.test(answer.text), guess === 4);
  }
  const right = await browser.post(STEP, { code: nextCode(secret) }, from);
  assert.equal(right.status, 410);
  assert.match(right.text, /Log in again/);
});

test('a pending log-in works once, in time, and dies with a change of password', async () => {
  const secret = await withApp('reviewer');
  const first = await passwordGiven('reviewer');
  const stolen = first.browser.cookies.get('second-step') as string;
  assert.equal((await first.browser.post(STEP, { code: nextCode(secret) }, first.from)).status, 303);
  const thief = app.browser();
  thief.cookies.set('second-step', stolen);
  assert.equal((await thief.get(STEP)).status, 410, 'used');
  assert.equal((await thief.post(STEP, { code: nextCode(secret) })).status, 410);

  const slow = await passwordGiven('reviewer');
  clock.advance(10 * 60_000 + 1000);
  assert.equal((await slow.browser.post(STEP, { code: nextCode(secret) }, slow.from)).status, 410, 'expired');

  const waiting = await passwordGiven('reviewer');
  const owner = await passwordGiven('reviewer');
  await owner.browser.post(STEP, { code: nextCode(secret) }, owner.from);
  const next = 'sycamore gasket lantern';
  const changed = await owner.browser.post('/my-details/change-password', {
    oldPassword: DEMO_PASSWORD,
    newPassword: next,
  });
  assert.equal(changed.status, 303);
  assert.equal((await waiting.browser.get(STEP)).status, 410, 'the password of that log-in is the old one');
  assert.equal((await app.browser().get(STEP)).status, 410, 'no log-in at all');
});

test('a session that an attacker planted before does not become the log-in', async () => {
  const secret = await withApp('admin');
  const { browser, from } = elsewhere();
  const planted = 'a'.repeat(43);
  browser.cookies.set('session', planted);
  browser.cookies.set('second-step', planted);
  await browser.post('/login', { username: 'admin', password: DEMO_PASSWORD }, from);
  assert.notEqual(browser.cookies.get('second-step'), planted);
  assert.equal(browser.cookies.get('session'), planted);
  await browser.post(STEP, { code: nextCode(secret) }, from);
  assert.notEqual(browser.cookies.get('session'), planted);
  const attacker = app.browser();
  attacker.cookies.set('session', planted);
  assert.equal((await attacker.get('/home')).status, 303);
});

test('a recovery code logs in once, tells its owner by mail, and never remembers the device', async () => {
  const own = await app.logIn('iqa');
  const { recoveryCodes } = await setUpApp(app, own);
  assert.equal(recoveryCodes.length, 10);
  const code = recoveryCodes[3] as string;
  const browsers = await Promise.all([1, 2].map(() => passwordGiven('iqa')));
  const answers = await Promise.all(
    browsers.map(({ browser, from }) =>
      browser.post('/login/recovery-code', { code: ` ${code.toLowerCase()} `, remember: 'yes' }, from),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422], 'of two at the same time one passes');
  const again = await passwordGiven('iqa');
  const used = await again.browser.post('/login/recovery-code', { code }, again.from);
  assert.match(used.text, /not a recovery code of yours that can still be used/);
  const other = await passwordGiven('officer');
  const foreign = await other.browser.post('/login/recovery-code', { code: recoveryCodes[4] as string }, other.from);
  assert.equal(foreign.status, 422, 'a code belongs to one person');
  const winner = browsers[answers.findIndex(({ status }) => status === 303)] as (typeof browsers)[0];
  assert.equal(winner.browser.cookies.get('remembered'), undefined);
  assert.match((await winner.browser.get('/my-details/second-factors')).text, /9 of 10 left/);
  const mails = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('platform.mails').select(['subject', 'body']).where('kind', '=', 'accounts.second-factor').execute(),
  );
  assert.ok(mails.some(({ subject }) => /^A recovery code logged in/.test(subject)));
  assert.ok(mails.every(({ body }) => !recoveryCodes.some((one) => body.includes(one))));
  const stored = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.recovery_codes').select('code_lookup').execute(),
  );
  assert.ok(stored.every(({ code_lookup }) => !recoveryCodes.some((one) => code_lookup.includes(one))));
});
