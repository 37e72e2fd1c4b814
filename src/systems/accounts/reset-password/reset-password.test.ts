import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { linkIn, mailCount, mailsTo } from '#test/mails.ts';
import { ensurePerson } from '../index.ts';
import { hashPassword } from '../passwords/passwords.ts';

// Stolen links: what somebody can do who got hold of the link of a mail.

let application: TestApplication;
const clock = new SetClock(new Date());
const OLD = 'tappet lane sycamore';
const NEW = 'kestrel otter gravel';
const THEFT = 'magpie takes the spoons';
let oldHash: string;
before(async () => {
  application = await startTestApplication({ clock, env: { TRUST_PROXY: 'loopback' } });
  oldHash = await hashPassword(OLD);
});
after(() => application.close());

let lastAddress = 0;
const elsewhere = () => ({ 'x-forwarded-for': `203.0.113.${++lastAddress}` });

interface Owner {
  readonly personId: string;
  readonly username: string;
  readonly email: string;
}

/** Somebody with an account whose address is confirmed. */
async function somebody(username: string): Promise<Owner> {
  const email = `${username}@public.example`;
  return application.services.database.write(SYSTEM, async (writer) => {
    const personId = await ensurePerson(writer, { givenNames: 'Nerys', familyName: 'Caldicott', email });
    await writer.db
      .updateTable('accounts.people')
      .set({ email_confirmed_at: writer.now })
      .where('id', '=', personId)
      .execute();
    await writer.db
      .insertInto('accounts.credentials')
      .values({ person_id: personId, username, password_hash: oldHash, changed_at: writer.now })
      .execute();
    return { personId, username, email };
  });
}

async function linkFor({ username, email }: Owner): Promise<string> {
  await application.browser().post('/forgotten', { forgotten: 'password', account: username }, elsewhere());
  return linkIn((await mailsTo(application, email)).at(-1), '/reset-password');
}

const use = (link: string, newPassword = THEFT) => application.browser().post(link, { newPassword }, elsewhere());
const canLogIn = async ({ username }: Owner, password: string) =>
  (await application.browser().post('/login', { username, password }, elsewhere())).status === 303;

async function isDead(link: string, title: RegExp): Promise<void> {
  for (const answer of [await application.browser().get(link, elsewhere()), await use(link)]) {
    assert.equal(answer.status, 410);
    assert.match(answer.text, title);
    assert.match(answer.text, /href="\/forgotten"/);
  }
}

test('a link that was used is dead, also when it is sent twice at the same time', async () => {
  const owner = await somebody('used.twice');
  const link = await linkFor(owner);
  const answers = await Promise.all([NEW, THEFT].map((password) => use(link, password)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 410]);
  await isDead(link, /This link has been used/);
  const works = await Promise.all([NEW, THEFT].map((password) => canLogIn(owner, password)));
  assert.equal(works.filter(Boolean).length, 1);
});

test('an older link is dead as soon as a newer one was sent', async () => {
  const owner = await somebody('asked.twice');
  const first = await linkFor(owner);
  const second = await linkFor(owner);
  await isDead(first, /This link no longer works/);
  assert.equal((await use(second, NEW)).status, 303);
});

test('a link is dead when the password was changed otherwise', async () => {
  const owner = await somebody('changed.password');
  const link = await linkFor(owner);
  const browser = await application.logIn(owner.username, OLD);
  const changed = await browser.post('/my-details/change-password', { oldPassword: OLD, newPassword: NEW });
  assert.equal(changed.location, '/my-details?done=password');
  await isDead(link, /This link no longer works/);
  assert.ok(await canLogIn(owner, NEW));
});

test('a link is dead when the address is another one, unconfirmed, or the person suspended', async () => {
  for (const [username, values] of [
    ['changed.address', { email: 'another@public.example' }],
    ['unconfirmed.address', { email_confirmed_at: null }],
    ['now.suspended', { status: 'suspended' as const }],
  ] as const) {
    const owner = await somebody(username);
    const link = await linkFor(owner);
    await application.services.database.write(SYSTEM, ({ db }) =>
      db.updateTable('accounts.people').set(values).where('id', '=', owner.personId).execute(),
    );
    await isDead(link, /This link no longer works/);
  }
});

test('a link works for 60 minutes', async () => {
  const owner = await somebody('in.time');
  const late = await somebody('too.late');
  const [inTime, tooLate] = [await linkFor(owner), await linkFor(late)];
  clock.advance(60 * 60_000 - 1);
  assert.equal((await use(inTime, NEW)).status, 303);
  clock.advance(1);
  await isDead(tooLate, /This link has expired/);
  assert.ok(await canLogIn(late, OLD), 'the old password goes on working');
});

test('with another person logged in on the browser the link changes its own account, and logs the other out', async () => {
  const owner = await somebody('link.owner');
  const link = await linkFor(owner);
  const browser = await application.logIn('member');
  const shown = await browser.get(link);
  assert.match(shown.text, /link\.owner/);
  assert.match(shown.text, /Winifred Oakapple is logged in on this browser and will be logged out/);
  const session = browser.cookies.get('session') as string;
  assert.equal((await browser.post(link, { newPassword: NEW })).location, '/login?done=password');
  assert.equal(browser.cookies.get('session'), undefined);
  const stale = application.browser();
  stale.cookies.set('session', session);
  assert.equal((await stale.get('/my-details')).status, 303);
  assert.ok(await canLogIn(owner, NEW));
  await application.logIn('member');
});

test('a session that somebody planted in the browser is none after the reset and not the one of the log-in', async () => {
  const owner = await somebody('fixed.session');
  const attacker = await application.logIn('candidate');
  const planted = attacker.cookies.get('session') as string;
  const link = await linkFor(owner);
  const browser = application.browser();
  browser.cookies.set('session', planted);
  await browser.post(link, { newPassword: NEW });
  browser.cookies.set('session', planted);
  await browser.post('/login', { username: owner.username, password: NEW }, elsewhere());
  assert.notEqual(browser.cookies.get('session'), planted);
  assert.equal((await attacker.get('/my-details')).status, 303, 'the planted one is dead');
});

test('the owner who reset the password gets in while others guess at the account', async () => {
  const owner = await somebody('under.attack');
  const link = await linkFor(owner);
  const browser = application.browser();
  await browser.post(link, { newPassword: NEW }, elsewhere());
  for (let guess = 0; guess < 6; guess++) await canLogIn(owner, 'Wrong-Password-1');
  assert.equal(await canLogIn(owner, NEW), false, 'an unknown device waits');
  const own = await browser.post('/login', { username: owner.username, password: NEW }, elsewhere());
  assert.equal(own.location, '/home');
});

test('a token is stored as a hash alone, and a network that makes up tokens is stopped', async () => {
  const owner = await somebody('token.owner');
  const token = (await linkFor(owner)).split('token=')[1] as string;
  assert.ok(Buffer.from(token, 'base64url').length >= 32);
  const { rows } = await application.services.database.read(SYSTEM, async (reader) => ({
    rows: await reader.db.selectFrom('accounts.password_resets').selectAll().execute(),
  }));
  assert.ok(rows.length > 0);
  assert.ok(!JSON.stringify(rows).includes(token));
  const from = { 'x-forwarded-for': '192.0.2.200' };
  for (let guess = 0; guess < 50; guess++) {
    assert.equal((await application.browser().get(`/reset-password?token=made-up-${guess}`, from)).status, 410);
  }
  const right = await application.browser().get(`/reset-password?token=${token}`, from);
  assert.equal(right.status, 410, 'that network waits, whatever it brings');
  assert.equal((await application.browser().get(`/reset-password?token=${token}`, elsewhere())).status, 200);
  for (const odd of ['', 'x'.repeat(5000), '%00', '../..']) {
    assert.equal((await application.browser().get(`/reset-password?token=${odd}`, elsewhere())).status, 410);
  }
});

test('a change that fails leaves nothing: no mail, no used link', async () => {
  const owner = await somebody('weak.choice');
  const link = await linkFor(owner);
  const count = await mailCount(application);
  for (const password of ['short', 'weak.choice 2026', 'qwertyuiop123!', '']) {
    assert.equal((await use(link, password)).status, 422, password);
  }
  assert.equal(await mailCount(application), count);
  assert.equal((await use(link, NEW)).status, 303);
});
