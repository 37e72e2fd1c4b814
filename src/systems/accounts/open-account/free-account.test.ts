import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { allAnswered, linkIn, mailsTo } from '#test/mails.ts';
import { addMembership, ensurePerson, invite, issuePin } from '../index.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
const PASSWORD = 'tappet lane sycamore';
const NAMES = { givenNames: 'Elowen', familyName: "O'Tremaine" };
before(async () => {
  application = await startTestApplication({ clock, env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

let lastAddress = 0;
const elsewhere = () => ({ 'x-forwarded-for': `192.0.2.${++lastAddress}` });
const ask = (email: string, names = NAMES) =>
  application.browser().post('/create-account', { ...names, email }, elsewhere());
const linkFor = async (email: string) => {
  await ask(email);
  return linkIn((await mailsTo(application, email)).at(-1), '/new-account');
};
const peopleOf = (email: string) =>
  application.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.people as p')
      .leftJoin('accounts.credentials as c', 'c.person_id', 'p.id')
      .select(['p.id', 'p.given_names', 'p.email_confirmed_at', 'c.username'])
      .where('p.email', '=', email)
      .orderBy('p.created_at')
      .execute(),
  );

async function invitedUser(email: string): Promise<{ personId: string; organisationId: string }> {
  const { services } = application;
  return services.database.write(SYSTEM, async (writer) => {
    const { id: organisationId } = await writer.db
      .selectFrom('accounts.organisations')
      .select('id')
      .where('number', '=', '04417')
      .executeTakeFirstOrThrow();
    const personId = await ensurePerson(writer, { givenNames: 'Invited', familyName: 'User', email });
    await addMembership(writer, { personId, organisationId, role: 'assessor' });
    await issuePin(writer, services, { personId, organisationId });
    await invite(writer, services, { personId, organisationId, email });
    return { personId, organisationId };
  });
}

test('from the page over the mail to the account, whose address is confirmed', async () => {
  const email = 'elowen.tremaine@public.example';
  const shown = await application.browser().get('/create-account');
  assert.match(shown.text, /Create a FREE IMI Connect account/);
  assert.match(shown.text, /there is no advertising/);
  assert.equal((await ask(email)).location, '/look-in-your-mail?for=account');
  const [mail] = await mailsTo(application, email);
  assert.equal(mail?.subject, 'Your free IMI Connect account');
  assert.deepEqual(await peopleOf(email), [], 'nobody before the link is used');
  const link = linkIn(mail, '/new-account');
  const browser = application.browser();
  const form = await browser.get(link);
  assert.match(form.text, /value="O(&#39;|')Tremaine"/);
  const refused = await browser.post(link, { ...NAMES, username: 'coordinator', password: 'elowen tremaine' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /must be more than your name/);
  const taken = await browser.post(link, { ...NAMES, username: 'coordinator', password: PASSWORD });
  assert.match(taken.text, /Somebody has this username already/);
  const made = await browser.post(link, { ...NAMES, givenNames: 'Elowen Rose', username: email, password: PASSWORD });
  assert.equal(made.location, '/home');
  assert.equal((await browser.get('/home')).status, 200);
  assert.equal((await browser.get('/centres-hub')).status, 403);
  const [person] = await peopleOf(email);
  assert.deepEqual(
    { ...person, id: '' },
    { id: '', given_names: 'Elowen Rose', email_confirmed_at: clock.now(), username: email },
  );
  assert.equal((await browser.post(link, { ...NAMES, username: 'x', password: 'y' })).location, '/home');
  const again = await application.browser().get(link);
  assert.equal(again.status, 410);
  assert.match(again.text, /This link has been used/);
});

test('a link works once, for 72 hours, and dies with a newer one', async () => {
  const email = 'twice.asked@public.example';
  const first = await linkFor(email);
  const second = await linkFor('Twice.ASKED@public.example');
  assert.match((await application.browser().get(first)).text, /This link no longer works/);
  const both = await Promise.all(
    ['twice.one', 'twice.two'].map((username) =>
      application.browser().post(second, { ...NAMES, username, password: PASSWORD }),
    ),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 410]);
  const late = await linkFor('too.late@public.example');
  clock.advance(72 * 3_600_000);
  const answer = await application.browser().post(late, { ...NAMES, username: 'too.late', password: PASSWORD });
  assert.equal(answer.status, 410);
  assert.match(answer.text, /This link has expired/);
  assert.match((await application.browser().get('/new-account?token=made-up')).text, /This link does not work/);
});

test('somebody who has an account is told so by mail, at the stored address', async () => {
  const answer = await ask('Idris.Penhallow@Northgate.Example');
  assert.equal(answer.location, '/look-in-your-mail?for=account');
  const mail = (await mailsTo(application, 'idris.penhallow@northgate.example')).at(-1);
  assert.equal(mail?.subject, 'You have an IMI Connect account already');
  assert.doesNotMatch(String(mail?.body), /token=|Elowen/);
  assert.deepEqual(await mailsTo(application, 'Idris.Penhallow@Northgate.Example'), []);
});

test('an invited user is not taken over: the invitation sets the account up, with its roles', async () => {
  const email = 'invited.user@northgate.example';
  const { personId } = await invitedUser(email);
  await ask(email);
  const mail = (await mailsTo(application, email)).at(-1);
  assert.equal(mail?.subject, 'Your IMI Connect invitation is waiting');
  assert.match(String(mail?.body), /Northgate Motor Training has invited you/);
  assert.doesNotMatch(String(mail?.body), /token=/);
  assert.deepEqual(
    (await peopleOf(email)).map(({ id, username }) => [id, username]),
    [[personId, null]],
  );
});

test('a link that was mailed before the invitation does not take the invited user over either', async () => {
  const email = 'invited.later@northgate.example';
  const link = await linkFor(email);
  await invitedUser(email);
  const answer = await application.browser().post(link, { ...NAMES, username: 'invited.later', password: PASSWORD });
  assert.equal(answer.status, 410);
  assert.match(answer.text, /An invitation is waiting for you/);
  assert.equal((await peopleOf(email)).length, 1);
});

test('with an expired invitation the free account is a new person, without roles; the old record stays closed', async () => {
  const email = 'expired.invitation@northgate.example';
  const { personId, organisationId } = await invitedUser(email);
  clock.advance(73 * 3_600_000);
  const link = await linkFor(email);
  const browser = application.browser();
  const made = await browser.post(link, { ...NAMES, username: 'expired.invitation', password: PASSWORD });
  assert.equal(made.location, '/home');
  const people = await peopleOf(email);
  assert.deepEqual(
    people.map(({ id, username, email_confirmed_at }) => [id === personId, username, email_confirmed_at !== null]),
    [
      [true, null, false],
      [false, 'expired.invitation', true],
    ],
  );
  assert.doesNotMatch((await browser.get('/my-details')).text, /Northgate Motor Training/);

  const { services } = application;
  await services.database.write(SYSTEM, (writer) => invite(writer, services, { personId, organisationId, email }));
  const invitation = linkIn((await mailsTo(application, email)).at(-1), '/set-up-account');
  const late = await application.browser().post(invitation, { username: 'second.account', password: PASSWORD });
  assert.equal(late.status, 422);
  assert.match(late.text, /An account with this e-mail address was opened since the invitation was sent/);
});

test('a person whose address is confirmed, without an account, is not taken over', async () => {
  const email = 'candidate.without.account@public.example';
  const id = await application.services.database.write(SYSTEM, async (writer) => {
    const personId = await ensurePerson(writer, { givenNames: 'Cand', familyName: 'Idate', email });
    await writer.db
      .updateTable('accounts.people')
      .set({ email_confirmed_at: writer.now })
      .where('id', '=', personId)
      .execute();
    return personId;
  });
  await ask(email);
  const mail = (await mailsTo(application, email)).at(-1);
  assert.match(String(mail?.body), /We hold records with this address/);
  assert.doesNotMatch(String(mail?.body), /token=|Cand Idate/);
  assert.deepEqual(
    (await peopleOf(email)).map((one) => [one.id, one.username]),
    [[id, null]],
  );
});

test('a username may be one’s own address, and nobody else’s', async () => {
  const link = await linkFor('own.address@public.example');
  const attempt = (username: string) =>
    application.browser().post(link, { ...NAMES, username, password: PASSWORD }, elsewhere());
  for (const username of [
    'marguerite.holloway-finch@northgate.example',
    'Winifred.Oakapple@public.example',
    'ｗinifred.oakapple@public.example',
    'nobody.yet@public.example',
    'x@',
  ]) {
    const answer = await attempt(username);
    assert.equal(answer.status, 422, username);
    assert.match(answer.text, /may have an @ only if it is your own e-mail address/, username);
  }
  assert.equal((await attempt('Own.Address@public.example')).location, '/home');
});

test('names with line ends or markup, long and look-alike usernames are refused with a sentence, and kept', async () => {
  for (const names of [
    { givenNames: 'Nora\r\nBcc: all@public.example', familyName: 'Field' },
    { givenNames: 'Nora', familyName: '<b>Field</b>' },
    { givenNames: 'N'.repeat(101), familyName: 'Field' },
    { givenNames: '', familyName: '  ' },
  ]) {
    assert.equal((await ask('names@public.example', names)).status, 422, JSON.stringify(names));
  }
  const link = await linkFor('look.alike@public.example');
  for (const username of [
    'coordinаtor', // with a Cyrillic letter
    'coordinator\u200b',
    'ａ',
    'admın',
    'x'.repeat(201),
    'x'.repeat(5000),
    '.hidden',
    'a\u0301dmin',
  ]) {
    const answer = await application.browser().post(link, { ...NAMES, username, password: PASSWORD }, elsewhere());
    assert.equal(answer.status, 422, username.slice(0, 20));
    assert.match(answer.text, /Your username/);
  }
  await allAnswered(application);
});
