/** What people change of their own account: e-mail address by two links, name, PIN, devices, own data. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DEMO_PASSWORD,
  type PlainBrowser,
  SetClock,
  startTestApplication,
  type TestApplication,
} from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  application = await startTestApplication({ clock });
});
after(() => application.close());

const HOUR = 3_600_000;
const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(application.database.url, async (client) => (await client.query(text, values)).rows as Row[]);

interface Mail {
  to_address: string;
  subject: string;
  body: string;
  sent_by: string | null;
}
const mails = (kind: string) =>
  rows<Mail>('select to_address, subject, body, sent_by from platform.mails where kind = $1 order by written_at, id', [
    kind,
  ]);
const linkIn = (mail: Mail | undefined) => /\/confirm-e-mail\?token=[\w-]+/.exec(mail?.body ?? '')?.[0] ?? 'no link';
const emailOf = async (username: string) =>
  (
    await rows<{ email: string }>(
      'select email from accounts.people p join accounts.credentials c on c.person_id = p.id where username = $1',
      [username],
    )
  )[0]?.email;

/** Asks for the change and returns the two mails that it wrote. */
async function askFor(browser: PlainBrowser, email: string): Promise<Mail[]> {
  const before = (await mails('accounts.email-change')).length;
  const answer = await browser.post('/my-details/e-mail', { email, password: DEMO_PASSWORD });
  assert.equal(answer.location, '/my-details?done=email-asked', answer.text);
  return (await mails('accounts.email-change')).slice(before);
}

test('an e-mail address changes only when both links were used, in either order, each once', async () => {
  const old = await emailOf('iqa');
  const browser = await application.logIn('iqa');
  for (const order of [
    ['old', 'new'],
    ['new', 'old'],
  ]) {
    const before = await emailOf('iqa');
    const target = `iqa.${order[0]}@changed.example`;
    const sent = await askFor(browser, target);
    assert.deepEqual(sent.map((mail) => mail.to_address).sort(), [before, target].sort());
    assert.match((await browser.get('/my-details')).text, /Waits for its link[\s\S]*Waits for its link/);
    const link = (side?: string) => linkIn(sent.find((mail) => (mail.to_address === target) === (side === 'new')));
    const anybody = application.browser();
    assert.equal((await anybody.get(link(order[0]))).status, 200);
    assert.equal(await emailOf('iqa'), before, 'opening a link does nothing');
    assert.match((await anybody.post(link(order[0]))).text, /One of two is confirmed/);
    assert.equal(await emailOf('iqa'), before, 'one link alone changes nothing');
    assert.equal((await anybody.post(link(order[0]))).status, 410, 'a link works once');
    assert.match((await browser.get('/my-details')).text, /Confirmed/);
    assert.match((await anybody.post(link(order[1]))).text, /has changed/);
    assert.equal(await emailOf('iqa'), target);
  }
  assert.notEqual(await emailOf('iqa'), old);
  const told = (await mails('accounts.email-changed')).map((mail) => mail.to_address);
  assert.equal(told.length, 4, 'both addresses hear of both changes');
});

test('a cancelled change, one of 72 hours ago and one that a newer replaced can no longer be confirmed', async () => {
  const before = await emailOf('champion');
  let browser = await application.logIn('champion');
  const [cancelled] = await askFor(browser, 'one@changed.example');
  assert.equal((await browser.post('/my-details/e-mail/cancel')).location, '/my-details?done=email-cancelled');
  const [replaced] = await askFor(browser, 'two@changed.example');
  const last = await askFor(browser, 'three@changed.example');
  for (const mail of [cancelled, replaced]) assert.equal((await browser.post(linkIn(mail))).status, 410);
  clock.advance(72 * HOUR + 1000);
  for (const mail of last) assert.equal((await application.browser().post(linkIn(mail))).status, 410);
  browser = await application.logIn('champion');
  assert.doesNotMatch((await browser.get('/my-details')).text, /is to change/);
  assert.equal(await emailOf('champion'), before);
});

test('an address that belongs to another account is answered like any other; only its owner is told', async () => {
  const taken = (await emailOf('coordinator')) as string;
  const browser = await application.logIn('assessor');
  const own = (await emailOf('assessor')) as string;
  const free = await askFor(browser, 'free@changed.example');
  const freePage = (await browser.get('/my-details')).text;
  const other = await askFor(browser, taken);
  const takenPage = (await browser.get('/my-details')).text;
  const plain = (text: string, email: string) =>
    text
      .replaceAll(email, 'NEW')
      .replace(/id="events"[\s\S]*/, '')
      .replace(/data-seconds-left="\d+"/g, '');
  assert.equal(plain(takenPage, taken), plain(freePage, 'free@changed.example'));
  const body = (mail: Mail | undefined, email: string) =>
    mail?.body.replaceAll(email, 'NEW').replace(/token=[\w-]+/, 'token');
  const toOld = (sent: Mail[]) => sent.find((mail) => mail.to_address === own);
  assert.equal(body(toOld(other), taken), body(toOld(free), 'free@changed.example'));
  const toOwner = other.find((mail) => mail.to_address === taken);
  assert.match(toOwner?.body ?? '', /belongs to your account already/);
  assert.equal(linkIn(toOwner), 'no link');
  assert.match((await browser.post(linkIn(toOld(other)))).text, /One of two is confirmed/);
  assert.equal(await emailOf('assessor'), own);
  assert.equal(await emailOf('coordinator'), taken);
});

test('an address that somebody else confirmed meanwhile is not taken from them', async () => {
  const target = 'race@changed.example';
  const one = await application.logIn('quality');
  const other = await application.logIn('finance');
  const first = await askFor(one, target);
  const second = await askFor(other, target);
  for (const mail of first) await one.post(linkIn(mail));
  assert.equal(await emailOf('quality'), target);
  const answers = [];
  for (const mail of second) answers.push((await other.post(linkIn(mail))).status);
  assert.deepEqual(answers.sort(), [200, 409]);
  assert.notEqual(await emailOf('finance'), target);
});

test('a wrong password changes nothing; the input is kept, the password is not', async () => {
  const browser = await application.logIn('author');
  for (const [path, fields] of [
    ['/my-details/e-mail', { email: 'kept@changed.example' }],
    ['/my-details/name', { givenNames: 'Kept', familyName: 'Name' }],
  ] as const) {
    const answer = await browser.post(path, { ...fields, password: 'Wrong-Password-1' });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /That is not your password/);
    for (const value of Object.values(fields)) assert.match(answer.text, new RegExp(`value="${value}"`));
    assert.doesNotMatch(answer.text, /Wrong-Password-1/);
  }
  assert.match(
    (await browser.post('/my-details/e-mail', { email: 'no address' })).text,
    /such as name@centre\.example/,
  );
});

test('a changed name reaches the coordinator, and leaves the record of the candidate alone', async () => {
  const browser = await application.logIn('invigilator');
  const fields = { givenNames: ' Nerys  Ann ', familyName: "O'Shea-Price", password: DEMO_PASSWORD };
  assert.equal((await browser.post('/my-details/name', fields)).location, '/my-details?done=name');
  assert.match((await browser.get('/my-details')).text, /Nerys Ann O&#39;Shea-Price/);
  const [mail] = await mails('accounts.name-changed');
  assert.equal(mail?.to_address, await emailOf('coordinator'));
  assert.match(mail?.sent_by ?? '', /^Sent by .* in an own matter\.$/);
  const coordinator = await application.logIn('coordinator');
  assert.match((await coordinator.get('/centres-hub/users')).text, /O&#39;Shea-Price/);

  const registered = () =>
    rows(
      "select c.given_names, c.family_name from web_portal.candidates c join accounts.credentials a on a.person_id = c.person_id where a.username = 'candidate'",
    );
  const before = await registered();
  const candidate = await application.logIn('candidate');
  assert.match((await candidate.get('/my-details/name')).text, /another record, and stays as it is/);
  await candidate.post('/my-details/name', { givenNames: 'Other', familyName: 'Name', password: DEMO_PASSWORD });
  assert.equal(before.length, 1);
  assert.deepEqual(await registered(), before);
});

test('a replaced PIN stops the old one at once; the new one has to be activated; the coordinator hears why', async () => {
  const browser = await application.logIn('invigilator2');
  const shown = async () => /id="pin-04426">(\d{4} \d{4})</.exec((await browser.get('/my-details')).text)?.[1];
  const old = await shown();
  const path = /\/my-details\/pin\/[0-9a-f-]+/.exec((await browser.get('/my-details')).text)?.[0] as string;
  assert.equal((await browser.post(path, { reason: 'seen', password: DEMO_PASSWORD })).status, 422);
  const reason = 'Somebody looked over my shoulder';
  assert.equal((await browser.post(path, { reason, password: DEMO_PASSWORD })).location, '/my-details?done=pin');
  const fresh = await shown();
  assert.ok(fresh && fresh !== old);
  assert.match((await browser.get('/home')).text, /One step is left/);
  assert.equal((await browser.get('/online-assessments')).status, 403);
  const email = (await emailOf('invigilator2')) as string;
  assert.equal((await browser.post('/activate', { pin: old as string, email })).status, 422);
  assert.equal((await browser.post('/activate', { pin: fresh, email })).location, '/home');
  assert.equal((await browser.get('/online-assessments')).status, 200);
  const [mail] = await mails('accounts.pin-replaced');
  assert.equal(mail?.to_address, await emailOf('coordinator2'));
  assert.match(mail?.body ?? '', new RegExp(reason));
  const other = await application.logIn('invigilator');
  assert.equal((await other.get(path)).status, 404);
  assert.equal((await other.post(path, { reason, password: DEMO_PASSWORD })).status, 404);
});

test('one device is logged out, or all; another person cannot do it', async () => {
  const here = await application.logIn('reviewer');
  const there = await application.logIn('reviewer');
  const stranger = await application.logIn('results');
  const text = (await here.get('/my-details')).text;
  const ends = [...text.matchAll(/\/my-details\/sessions\/[0-9a-f-]+\/end/g)].map(([path]) => path);
  assert.equal(ends.length, 2);
  for (const path of ends) assert.equal((await stranger.post(path)).status, 404);
  assert.equal((await there.get('/my-details')).status, 200);
  const others = text.split('<tr').filter((row) => row.includes('/end"') && !row.includes('This one'));
  const path = /\/my-details\/sessions\/[0-9a-f-]+\/end/.exec(others[0] ?? '')?.[0] as string;
  assert.equal((await here.post(path)).location, '/my-details?done=session');
  assert.equal((await there.get('/my-details')).status, 303);
  assert.equal((await here.get('/my-details')).status, 200);

  const third = await application.logIn('reviewer');
  assert.equal((await here.post('/my-details/log-out-everywhere')).location, '/login');
  assert.equal((await here.get('/my-details')).status, 303);
  assert.equal((await third.get('/my-details')).status, 303);
});

test('security events are told in plain words, to their owner alone, by group', async () => {
  await application.browser().post('/login', { username: 'officer', password: 'Wrong-Password-1' });
  const browser = await application.logIn('officer');
  const page = (await browser.get('/my-details')).text;
  assert.match(page, /Somebody tried to log in with a wrong password/);
  assert.match(page, /You logged in/);
  const all = (await browser.get('/my-details/security')).text;
  assert.match(all, /You were given the role Awarding officer/);
  const roles = (await browser.get('/my-details/security?group=roles')).text;
  assert.match(roles, /You were given the role Awarding officer/);
  assert.doesNotMatch(roles, /You logged in/);
  assert.equal((await browser.get('/my-details/security?group=nonsense&page=x')).status, 200);
  const other = await application.logIn('admin');
  assert.doesNotMatch((await other.get('/my-details/security')).text, /Awarding officer/);
});

test('own data: asked by password, of every system, of nobody else, without keys and secrets', async () => {
  const browser = await application.logIn('candidate');
  assert.equal((await browser.post('/my-details/data', { password: 'Wrong-Password-1' })).status, 422);
  const answer = await browser.post('/my-details/data', { password: DEMO_PASSWORD });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="my-data-/);
  const { systems } = JSON.parse(answer.text);
  assert.deepEqual(Object.keys(systems).sort(), [
    'accounts',
    'centres-hub',
    'certificates',
    'online-assessments',
    'web-portal',
  ]);
  assert.equal(systems.accounts.account.username, 'candidate');
  assert.equal(systems['web-portal'].candidateRecords.length, 1);
  assert.ok(systems['web-portal'].registrations.length >= 1);
  const numbers = await rows<{ candidate_number: string }>('select candidate_number from web_portal.candidates');
  const own = systems['web-portal'].candidateRecords[0].candidateNumber;
  for (const { candidate_number: number } of numbers)
    if (number !== own) assert.ok(!answer.text.includes(number), `candidate ${number}`);
  assert.doesNotMatch(answer.text, /argon2|token_hash|"key"|password_hash/);
  const [mail] = await mails('accounts.own-data-taken');
  assert.equal(mail?.to_address, await emailOf('candidate'));
  assert.match((await browser.get('/my-details/security')).text, /You downloaded what is held about you/);

  const staff = await application.logIn('coordinator');
  const staffData = JSON.parse((await staff.post('/my-details/data', { password: DEMO_PASSWORD })).text).systems;
  assert.equal(staffData['web-portal'].candidateRecords.length, 0);
  assert.ok(staffData['centres-hub'].staffEntries.length >= 1, 'the entry on the profile');
});
