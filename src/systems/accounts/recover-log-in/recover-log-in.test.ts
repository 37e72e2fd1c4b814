import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { DEMO_PASSWORD, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { linkIn, mailCount, mailsTo } from '#test/mails.ts';
import { ensurePerson } from '../index.ts';

let application: TestApplication;
before(async () => {
  application = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

let lastAddress = 0;
const elsewhere = () => ({ 'x-forwarded-for': `198.51.100.${++lastAddress}` });
const ask = (fields: Record<string, string>, browser: PlainBrowser = application.browser()) =>
  browser.post('/forgotten', fields, elsewhere());
const askUsername = (email: string) => ask({ forgotten: 'username', email });
const askPassword = (account: string) => ask({ forgotten: 'password', account });

async function addressOf(username: string): Promise<string> {
  const person = await application.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.credentials as c')
      .innerJoin('accounts.people as p', 'p.id', 'c.person_id')
      .select('p.email')
      .where('c.username', '=', username)
      .executeTakeFirstOrThrow(),
  );
  return person.email as string;
}

test('the log-in page leads to one page with two choices', async () => {
  const browser = application.browser();
  assert.match(
    (await browser.get('/login')).text,
    /<a href="\/forgotten">I(&#39;|')ve forgotten my username or password<\/a>/,
  );
  const { text } = await browser.get('/forgotten');
  assert.equal(text.match(/<form/g)?.length, 2);
  assert.match(text, /forgotten my username/);
  assert.match(text, /forgotten my password/);
});

test('the username is mailed to the address that a mailed link confirmed, written in any case', async () => {
  const answer = await askUsername(' Idris.Penhallow@NORTHGATE.example ');
  assert.equal(answer.location, '/look-in-your-mail?for=username');
  const [mail] = await mailsTo(application, 'idris.penhallow@northgate.example');
  assert.equal(mail?.subject, 'Your IMI Connect username');
  assert.match(String(mail?.body), /^Dear Idris Penhallow\n\nSomebody, probably you, asked for the username/);
  assert.match(String(mail?.body), /\n\nassessor\n\n/);
  assert.match(String(mail?.body), /If you did not ask, you need do nothing/);
});

test('an address that was typed and never confirmed gives nothing away, nor does one that nobody has', async () => {
  const email = 'only.typed@northgate.example';
  await application.services.database.write(SYSTEM, async (writer) => {
    const personId = await ensurePerson(writer, { givenNames: 'Only', familyName: 'Typed', email });
    await writer.db
      .insertInto('accounts.credentials')
      .values({ person_id: personId, username: 'only.typed', password_hash: 'none' })
      .execute();
  });
  await askUsername(email);
  await askPassword(email);
  await askUsername('nobody.here@public.example');
  const mails = [...(await mailsTo(application, email)), ...(await mailsTo(application, 'nobody.here@public.example'))];
  assert.equal(mails.length, 3);
  for (const { subject, body } of mails) {
    assert.equal(subject, 'No IMI Connect account with this address');
    assert.doesNotMatch(body, /only\.typed|Only Typed|reset-password/);
  }
  await askPassword('only.typed');
  assert.equal((await mailsTo(application, email)).length, 2, 'nothing that opens the account goes there');
});

test('a new password, asked for by username or by e-mail address: link, form, notice, log-in', async () => {
  const email = 'winifred.oakapple@public.example';
  const before = await application.logIn('member');
  for (const [round, typed] of ['member', 'Winifred.OAKAPPLE@public.example'].entries()) {
    const answer = await askPassword(typed);
    assert.equal(answer.location, '/look-in-your-mail?for=password');
    const mail = (await mailsTo(application, email)).at(-1);
    assert.equal(mail?.subject, 'Choose a new IMI Connect password');
    const link = linkIn(mail, '/reset-password');
    const browser = application.browser();
    const shown = await browser.get(link);
    assert.equal(shown.status, 200);
    assert.equal(shown.headers.get('referrer-policy'), 'same-origin', 'the link stays on this site');
    assert.equal((await browser.get(link)).status, 200, 'looking uses nothing up');
    const weak = await browser.post(link, { newPassword: 'winifred oakapple' });
    assert.equal(weak.status, 422);
    assert.match(weak.text, /must be more than your name/);
    assert.doesNotMatch(weak.text, /value="winifred oakapple"/);
    const done = await browser.post(link, { newPassword: `kestrel otter gravel ${round}` });
    assert.equal(done.location, '/login?done=password');
    assert.equal(browser.cookies.get('session'), undefined, 'the person logs in as always');
    assert.match((await browser.get('/login?done=password')).text, /Your password is changed/);
    const notice = (await mailsTo(application, email)).at(-1);
    assert.equal(notice?.subject, 'Your IMI Connect password was changed');
    assert.match(String(notice?.body), /If it was not you/);
    const logged = await browser.post('/login', { username: 'member', password: `kestrel otter gravel ${round}` });
    assert.equal(logged.location, '/home');
  }
  const old = await before.get('/my-details');
  assert.equal(old.status, 303, 'all sessions of the person ended');
  const oldPassword = await application.browser().post('/login', { username: 'member', password: DEMO_PASSWORD });
  assert.equal(oldPassword.status, 422);
});

test('a suspended person hears it by mail alone, and gets no link', async () => {
  const address = await addressOf('author');
  await application.services.database.write(SYSTEM, ({ db }) =>
    db.updateTable('accounts.people').set({ status: 'suspended' }).where('email', '=', address).execute(),
  );
  const answer = await askPassword('author');
  assert.equal(answer.location, '/look-in-your-mail?for=password');
  await askUsername(address);
  const [first, second] = await mailsTo(application, address);
  assert.equal(first?.subject, 'Your IMI Connect account is suspended');
  assert.doesNotMatch(String(first?.body), /token=/);
  assert.match(String(second?.body), /author \(suspended\)/);
});

test('what is typed is asked for three times in a quarter of an hour, a person is mailed five times an hour', async () => {
  const statuses = [];
  for (let round = 0; round < 5; round++) statuses.push((await askPassword('Candidate')).status);
  assert.deepEqual(statuses, [303, 303, 303, 429, 429]);
  const unknown = [];
  for (let round = 0; round < 5; round++) unknown.push((await askPassword('nobody.at.all')).status);
  assert.deepEqual(unknown, statuses, 'the same for a name that nobody has');
  const address = await addressOf('candidate');
  for (let round = 0; round < 3; round++) assert.equal((await askPassword(address)).status, 303);
  for (let round = 0; round < 3; round++) assert.equal((await askUsername(address)).status, 303);
  assert.equal((await mailsTo(application, address)).length, 5, 'by whichever name it is asked for');
});

test('one network asks twenty times in a quarter of an hour; IPv6 counts by its /64', async () => {
  const statuses: number[] = [];
  for (let round = 0; round < 24; round++) {
    const from = { 'x-forwarded-for': `2001:db8:5:6::${round + 1}` };
    const fields = { forgotten: 'username', email: `somebody.${round}@public.example` };
    statuses.push((await application.browser().post('/forgotten', fields, from)).status);
  }
  assert.equal(statuses.filter((status) => status === 303).length, 20);
  assert.equal(statuses.filter((status) => status === 429).length, 4);
  const other = { 'x-forwarded-for': '2001:db8:5:7::1' };
  const fields = { forgotten: 'username', email: 'somebody.else@public.example' };
  assert.equal((await application.browser().post('/forgotten', fields, other)).status, 303);
});

test('what cannot be an address is said, and kept as typed', async () => {
  const count = await mailCount(application);
  for (const email of ['', 'nora', '@', 'a b@c.example', 'x'.repeat(321)]) {
    const answer = await askUsername(email);
    assert.equal(answer.status, 422, email);
    assert.match(answer.text, /Nothing was sent yet/);
  }
  assert.match((await askUsername('nora field')).text, /value="nora field"/);
  assert.equal((await askPassword('  ')).status, 422);
  assert.equal(await mailCount(application), count);
});
