import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import {
  addMembership,
  endMembership,
  ensurePerson,
  invite,
  issuePin,
  membersOf,
  pinOf,
  resendInvitation,
} from '../index.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  application = await startTestApplication({ clock, env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

const PASSWORD = 'tappet lane sycamore';

async function centreId(number: string): Promise<string> {
  const { rows } = await application.services.database.pool.query('select 1').then(() =>
    application.services.database.read(SYSTEM, async ({ db }) => ({
      rows: await db.selectFrom('accounts.organisations').select('id').where('number', '=', number).execute(),
    })),
  );
  return (rows[0] as { id: string }).id;
}

/** Makes somebody a user of a centre as its coordinator does. */
async function addUser(email: string, number = '04417', role: 'invigilator' | 'assessor' = 'invigilator') {
  const { services } = application;
  const organisationId = await centreId(number);
  return services.database.write({ kind: 'system', centreId: organisationId }, async (writer) => {
    const personId = await ensurePerson(writer, { givenNames: 'Rhodri', familyName: 'Penmark', email });
    await addMembership(writer, { personId, organisationId, role });
    await issuePin(writer, services, { personId, organisationId });
    await invite(writer, services, { personId, organisationId, email });
    return { personId, organisationId };
  });
}

async function mailsTo(address: string) {
  return application.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('platform.mails').selectAll().where('to_address', '=', address).orderBy('id').execute(),
  );
}

async function linkTo(address: string): Promise<string> {
  const mail = (await mailsTo(address)).at(-1);
  const link = /https?:\/\/\S+?(\/set-up-account\?token=\S+)/.exec(mail?.body ?? '');
  return link?.[1] as string;
}

test('from the invitation to the dashboard', async () => {
  const email = 'rhodri.penmark@northgate.example';
  const { personId, organisationId } = await addUser(email);
  const [mail] = await mailsTo(email);
  assert.match(String(mail?.subject), /Your IMI Connect account for Northgate Motor Training/);
  assert.match(
    String(mail?.body),
    /^Dear Rhodri Penmark\n\nYou have been made a user of Northgate Motor Training \(centre 04417\)/,
  );
  const link = await linkTo(email);
  const browser = application.browser();
  const shown = await browser.get(link);
  assert.equal(shown.status, 200);
  assert.match(shown.text, /Set up your account/);

  const refused = await browser.post(link, { username: 'Coordinator', password: 'short' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /at least 12 characters/);
  const taken = await browser.post(link, { username: 'Coordinator', password: PASSWORD });
  assert.equal(taken.status, 422);
  assert.match(taken.text, /Somebody has this username already/);
  assert.match(taken.text, /value="Coordinator"/);

  const made = await browser.post(link, { username: 'Rhodri.P', password: PASSWORD });
  assert.equal(made.location, '/activate?done=account');
  const twice = await browser.post(link, { username: 'Rhodri.P', password: PASSWORD });
  assert.equal(twice.location, '/activate?done=account', 'a second press leads to the same place');

  const before = await browser.get('/my-details?done=account');
  assert.equal(before.status, 200);
  const pin = await application.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, application.services, { personId, organisationId }),
  );
  assert.match(String(pin), /^\d{8}$/);
  assert.ok(before.text.includes(`${pin?.slice(0, 4)} ${pin?.slice(4)}`), 'the owner sees the PIN');
  assert.match(before.text, /Activate your PIN first/);
  const barred = await browser.get('/centres-hub');
  assert.ok([403, 404].includes(barred.status), 'nothing of the centre before activation');

  const old = browser.cookies.get('session') as string;
  const wrong = await browser.post('/activate', { pin: String(pin), email: 'somebody.else@northgate.example' });
  const wrongPin = await browser.post('/activate', { pin: '00000000', email });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.text.replaceAll('somebody.else@northgate.example', 'E'), wrongPin.text.replaceAll(email, 'E'));
  const opened = await browser.post('/activate', {
    pin: ` ${pin?.slice(0, 4)} ${pin?.slice(4)}`,
    email: email.toUpperCase(),
  });
  assert.equal(opened.location, '/home');
  assert.notEqual(browser.cookies.get('session'), old, 'a new session id with the new right');
  assert.match((await browser.get('/my-details')).text, /Activated/);

  const members = await application.services.database.read({ kind: 'system', centreId: organisationId }, (reader) =>
    membersOf(reader, organisationId),
  );
  const self = members.find((one) => one.personId === personId);
  assert.deepEqual(
    { roles: self?.roles.map(({ role }) => role), pin: self?.pin, invitation: self?.invitation.state },
    { roles: ['invigilator'], pin: 'activated', invitation: 'used' },
  );
  assert.deepEqual(self?.lastSeenAt, clock.now());

  const used = await application.browser().get(link);
  assert.equal(used.status, 410);
  assert.match(used.text, /This link has been used/);
  const again = await application.browser().post(link, { username: 'thief.of.links', password: PASSWORD });
  assert.equal(again.status, 410);
  const back = await application.logIn('rhodri.p', PASSWORD);
  assert.equal((await back.get('/home')).status, 200);
});

test('links that were replaced, are too old or were never sent say what to do', async () => {
  const email = 'late.user@northgate.example';
  const who = await addUser(email);
  const first = await linkTo(email);
  await application.services.database.write({ kind: 'system', centreId: who.organisationId }, (writer) =>
    resendInvitation(writer, application.services, who),
  );
  const second = await linkTo(email);
  assert.notEqual(first, second);
  const replaced = await application.browser().get(first);
  assert.equal(replaced.status, 410);
  assert.match(replaced.text, /no longer works/);
  clock.advance(72 * 3_600_000);
  const expired = await application.browser().post(second, { username: 'late.user', password: PASSWORD });
  assert.equal(expired.status, 410);
  assert.match(expired.text, /has expired/);
  for (const link of [
    '/set-up-account',
    '/set-up-account?token=made-up',
    `/set-up-account?token=${'x'.repeat(5000)}`,
  ]) {
    const answer = await application.browser().get(link);
    assert.equal(answer.status, 410);
    assert.match(answer.text, /This link does not work/);
  }
});

test('somebody who has an account keeps it, and activates a PIN of the second centre', async () => {
  const email = 'idris.penhallow@northgate.example';
  const { personId, organisationId } = await addUser(email, '04426', 'assessor');
  const shown = await application.browser().get(await linkTo(email));
  assert.equal(shown.status, 200);
  assert.match(shown.text, /You have an account already/);
  const stolen = await application.browser().post(await linkTo(email), { username: 'idris2', password: PASSWORD });
  assert.match(stolen.text, /You have an account already/);

  const browser = await application.logIn('assessor');
  const details = await browser.get('/my-details');
  assert.match(details.text, /Northgate Motor Training/);
  assert.match(details.text, /Severnside Vehicle Academy/);
  const early = await browser.post('/act-for', { organisationId });
  assert.equal(early.location, '/activate');
  const pin = await application.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, application.services, { personId, organisationId }),
  );
  assert.equal((await browser.post('/activate', { pin: String(pin), email })).location, '/home');
  const northgate = await centreId('04417');
  const old = browser.cookies.get('session');
  assert.equal((await browser.post('/act-for', { organisationId: northgate })).location, '/home');
  assert.notEqual(browser.cookies.get('session'), old);
  const stranger = await application.logIn('invigilator2');
  assert.equal((await stranger.post('/act-for', { organisationId: northgate })).status, 404);
});

test('an address that no mailed link confirmed opens nothing', async () => {
  const email = 'unconfirmed@northgate.example';
  const { personId, organisationId } = await addUser(email);
  const browser = application.browser();
  await browser.post(await linkTo(email), { username: 'unconfirmed.user', password: PASSWORD });
  await application.services.database.write(SYSTEM, ({ db }) =>
    db.updateTable('accounts.people').set({ email_confirmed_at: null }).where('id', '=', personId).execute(),
  );
  const pin = await application.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, application.services, { personId, organisationId }),
  );
  const answer = await browser.post('/activate', { pin: String(pin), email });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /do not match/);
});

test('a PIN is tried five times in a window; then the coordinator gets a mail, and the owner waits', async () => {
  const email = 'guessed@northgate.example';
  const { personId, organisationId } = await addUser(email);
  const browser = application.browser();
  await browser.post(await linkTo(email), { username: 'guessed.user', password: PASSWORD });
  const coordinator = 'marguerite.holloway-finch@northgate.example';
  const before = (await mailsTo(coordinator)).length;
  const statuses = [];
  for (let guess = 0; guess < 12; guess++) {
    const from = { 'x-forwarded-for': `203.0.113.${guess + 1}` };
    statuses.push((await browser.post('/activate', { pin: String(10_000_000 + guess), email }, from)).status);
  }
  assert.deepEqual(statuses, [422, 422, 422, 422, 422, 429, 429, 429, 429, 429, 429, 429]);
  const mails = (await mailsTo(coordinator)).slice(before);
  assert.equal(mails.length, 1);
  assert.equal(mails[0]?.subject, 'Rhodri Penmark could not activate the PIN');
  const pin = await application.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, application.services, { personId, organisationId }),
  );
  assert.equal((await browser.post('/activate', { pin: String(pin), email })).status, 429);
});

test('a PIN of another person opens nothing', async () => {
  const { personId, organisationId } = await addUser('owner.of.pin@northgate.example');
  const pin = await application.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, application.services, { personId, organisationId }),
  );
  const other = await application.logIn('member');
  for (const email of ['owner.of.pin@northgate.example', 'winifred.oakapple@public.example']) {
    assert.equal((await other.post('/activate', { pin: String(pin), email })).status, 422);
  }
});

test('asked to log in first, a visitor finds the e-mail address again, never the PIN', async () => {
  const browser = application.browser();
  assert.match((await browser.get('/activate')).text, /You need to be logged in/);
  const asked = await browser.post('/activate', { pin: '12345678', email: 'a+b@example.org' });
  assert.equal(asked.status, 303);
  assert.doesNotMatch(String(asked.location), /12345678/);
  const logged = await browser.post(String(asked.location), { username: 'finance', password: DEMO_PASSWORD });
  const form = await browser.get(String(logged.location));
  assert.match(form.text, /value="a\+b@example.org"/);
  assert.doesNotMatch(form.text, /12345678/);
});

test('a role that ends is gone with the next request, and the PIN with the last role', async () => {
  const browser = await application.logIn('invigilator');
  assert.equal((await browser.get('/my-details')).status, 200);
  const organisationId = await centreId('04417');
  const members = await application.services.database.read(SYSTEM, (reader) => membersOf(reader, organisationId));
  const self = members.find(({ roles }) => roles.length === 1 && roles[0]?.role === 'invigilator' && true);
  const invigilator = members.find(({ familyName }) => familyName === 'Tregarthen');
  assert.ok(self && invigilator);
  const membershipId = invigilator.roles[0]?.membershipId as string;
  const end = (organisation: string) =>
    application.services.database.write({ kind: 'system', centreId: organisationId }, (writer) =>
      endMembership(writer, { membershipId, organisationId: organisation, reason: 'Left the centre' }),
    );
  await assert.rejects(end(await centreId('04426')), 'a membership is ended by its own organisation only');
  assert.match((await browser.get('/my-details')).text, /Opens test sessions/);
  await end(organisationId);
  const text = (await browser.get('/my-details')).text;
  assert.doesNotMatch(text, /Opens test sessions/);
  assert.doesNotMatch(text, /Show my PIN/);
  await assert.rejects(end(organisationId), 'it has ended');
});
