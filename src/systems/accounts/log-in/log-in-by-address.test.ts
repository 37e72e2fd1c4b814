import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { DEMO_PASSWORD, type PlainAnswer, startTestApplication, type TestApplication } from '#test/application.ts';
import { ensurePerson } from '../index.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { safeNext } from './log-in.ts';

let application: TestApplication;
before(async () => {
  application = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

let lastAddress = 0;
const elsewhere = () => ({ 'x-forwarded-for': `198.51.100.${++lastAddress}` });
const tryLogIn = (username: string, password: string, from = elsewhere()) =>
  application.browser().post('/login', { username, password }, from);

async function account(username: string, values: { email: string; confirmed?: boolean; suspended?: boolean }) {
  const passwordHash = await hashPassword(`password of ${username}`);
  await application.services.database.write(SYSTEM, async (writer) => {
    const personId = await ensurePerson(writer, { givenNames: 'Nerys', familyName: 'Lyle', email: values.email });
    await writer.db
      .updateTable('accounts.people')
      .set({
        email_confirmed_at: values.confirmed === false ? null : writer.now,
        ...(values.suspended && { status: 'suspended' as const }),
      })
      .where('id', '=', personId)
      .execute();
    await writer.db
      .insertInto('accounts.credentials')
      .values({ person_id: personId, username, password_hash: passwordHash })
      .execute();
  });
}

test('a confirmed e-mail address logs in, in any case and with spaces round it', async () => {
  for (const typed of ['winifred.oakapple@public.example', ' Winifred.OAKAPPLE@Public.Example ']) {
    const answer = await tryLogIn(typed, DEMO_PASSWORD);
    assert.equal(answer.location, '/home', typed);
  }
});

test('an address that is not confirmed, of nobody, or of somebody suspended gets the one answer', async () => {
  await account('unconfirmed.one', { email: 'unconfirmed.one@public.example', confirmed: false });
  await account('suspended.one', { email: 'suspended.one@public.example', suspended: true });
  const answers: PlainAnswer[] = [
    await tryLogIn('unconfirmed.one@public.example', 'password of unconfirmed.one'),
    await tryLogIn('suspended.one@public.example', 'password of suspended.one'),
    await tryLogIn('suspended.one', 'password of suspended.one'),
    await tryLogIn('of.nobody@public.example', 'password of nobody'),
  ];
  for (const { status, text } of answers) {
    assert.equal(status, 422);
    assert.match(text, /The username and password do not match/);
  }
  assert.equal((await tryLogIn('unconfirmed.one', 'password of unconfirmed.one')).location, '/home');
});

test('a username comes first: whoever has it logs in, not the owner of the same address', async () => {
  // From before usernames with an @ had to be one's own address.
  await account('shared@public.example', { email: 'elsewhere@public.example' });
  await account('the.other', { email: 'shared@public.example' });
  assert.equal((await tryLogIn('shared@public.example', 'password of shared@public.example')).location, '/home');
  assert.equal((await tryLogIn('shared@public.example', 'password of the.other')).status, 422);
  assert.equal((await tryLogIn('the.other', 'password of the.other')).location, '/home');
});

test('tries at one account count together, by username and by address, and the answer does not show it', async () => {
  await account('two.names', { email: 'two.names@public.example' });
  for (let guess = 0; guess < 5; guess++) assert.equal((await tryLogIn('two.names', `wrong ${guess}`)).status, 422);
  const byAddress = await tryLogIn('two.names@public.example', 'password of two.names');
  assert.equal(byAddress.status, 422, 'the right password is not looked at any more');
  const stranger = await tryLogIn('no.names@public.example', 'password of two.names');
  assert.equal(
    byAddress.text.replaceAll('two.names', 'X'),
    stranger.text.replaceAll('no.names', 'X'),
    'nothing says that the two names belong together',
  );
});

test('a right log-in of the owner gives others no new guesses', async () => {
  await account('often.here', { email: 'often.here@public.example' });
  let passed = 0;
  for (let guess = 0; guess < 8; guess++) {
    if ((await tryLogIn('often.here', `wrong ${guess}`)).status === 422) passed++;
    if (guess === 3) assert.equal((await tryLogIn('often.here', 'password of often.here')).status, 303);
  }
  assert.equal(passed, 5);
});

test('many guesses at the same time from one network do not pass together; IPv6 counts by its /64', async () => {
  const statuses = await Promise.all(
    Array.from(
      { length: 70 },
      async (_, guess) =>
        (await tryLogIn(`at.once.${guess}`, 'wrong', { 'x-forwarded-for': `2001:db8:aa:bb::${guess + 1}` })).status,
    ),
  );
  assert.equal(statuses.filter((status) => status === 422).length, 50);
  assert.equal(statuses.filter((status) => status === 429).length, 20);
});

test('a network that guessed too much does not lock out a device that is known', async () => {
  const from = { 'x-forwarded-for': '203.0.113.77' };
  const owner = application.browser();
  await owner.post('/login', { username: 'candidate2', password: DEMO_PASSWORD }, from);
  for (let guess = 0; guess < 51; guess++) await tryLogIn(`neighbour.${guess}`, 'wrong', from);
  assert.equal((await tryLogIn('member', DEMO_PASSWORD, from)).status, 429);
  const own = await owner.post('/login', { username: 'candidate2', password: DEMO_PASSWORD }, from);
  assert.equal(own.location, '/home');
});

test('the log-in leads nowhere else: slashes, backslashes, encodings, schemes, hosts, line ends', async () => {
  for (const next of [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/%2f/evil.example/../..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'http:evil.example',
    'https:/evil.example',
    'http://evil.example',
    'evil.example',
    '@evil.example',
    '/home\r\nset-cookie: a=b',
    '/home\nlocation: //evil.example',
    '/\u2028evil',
    '/\u3002evil.example',
    '/\tevil',
    ' //evil.example',
  ]) {
    assert.equal(safeNext(next), '/home', JSON.stringify(next));
    const answer = await application
      .browser()
      .post(`/login?next=${encodeURIComponent(next)}`, { username: 'finance', password: DEMO_PASSWORD }, elsewhere());
    assert.equal(answer.location, '/home', JSON.stringify(next));
    assert.equal(answer.headers.getSetCookie().filter((line) => line.startsWith('a=')).length, 0);
  }
  for (const next of ['/%2f%2fevil.example', '/%5cevil.example', '/home%0d%0aset-cookie:%20a=b']) {
    const { location, headers } = await application
      .browser()
      .post(`/login?next=${encodeURIComponent(next)}`, { username: 'finance', password: DEMO_PASSWORD }, elsewhere());
    const led = new URL(String(location), application.url);
    assert.equal(led.origin, new URL(application.url).origin, `${next} stays here`);
    assert.equal(headers.getSetCookie().filter((line) => line.startsWith('a=')).length, 0);
  }
});
