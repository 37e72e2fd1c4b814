import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

// From the mailed link to the dashboard, as the coordinator follows it.

const PASSWORD = 'tappet lane sycamore';
const VISIT = { 'sec-fetch-dest': 'document' };

let app: TestApplication;
let coordinator: PlainBrowser;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock });
  coordinator = await app.logIn('coordinator');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}

/** The address of the newest link that was mailed there. */
async function linkTo(email: string): Promise<string> {
  const [mail] = await rows<{ body: string }>(
    `select body from platform.mails where to_address = $1 and kind = 'accounts.invitation' order by id desc limit 1`,
    [email],
  );
  return /(\/set-up-account\?token=\S+)/.exec(mail?.body ?? '')?.[1] ?? '';
}

/** Adds a user as the coordinator does; returns the person's id. */
async function addUser(familyName: string, email: string, browser = coordinator): Promise<string> {
  const answer = await browser.post('/centres-hub/users/add', {
    givenNames: 'Rhodri',
    familyName,
    email,
    roles: 'invigilator',
    submissionId: randomUUID(),
  });
  assert.equal(answer.status, 303, answer.text);
  return /users\/([0-9a-f-]{36})/.exec(String(answer.location))?.[1] as string;
}

const state = async (familyName: string, browser = coordinator) => {
  const { text } = await browser.get(`/centres-hub/users/invitations/export?q=${familyName}`);
  return text.trim().split('\r\n')[1]?.split(',')[4];
};

describe('the way of an invitation', () => {
  const email = 'rhodri.wayfarer@northgate.example';
  it('is followed from the mail to the activated PIN; a program that looks through mail uses nothing up', async () => {
    const personId = await addUser('Wayfarer', email);
    assert.equal(await state('Wayfarer'), 'Invited');
    const link = await linkTo(email);
    for (let look = 0; look < 3; look++) assert.equal((await app.browser().get(link)).status, 200);
    assert.equal(await state('Wayfarer'), 'Invited', 'nobody has opened it yet');
    await app.browser().get(link, VISIT);
    await app.browser().get(link, VISIT);
    assert.equal(await state('Wayfarer'), 'Link opened');
    const opened = await rows(
      `select 1 from platform.audit_events where kind = 'accounts.invitation-opened' and subject_id = $1`,
      [personId],
    );
    assert.equal(opened.length, 1, 'recorded once');

    const user = app.browser();
    const made = await user.post(link, { username: 'rhodri.wayfarer', password: PASSWORD });
    assert.equal(made.location, '/activate?done=account');
    assert.equal(await state('Wayfarer'), 'Account set up');
    const page = (await user.get('/activate?done=account')).text;
    assert.match(page, /Your account is ready/);
    const pin = /<span class="code">(\d{4} \d{4})<\/span>/.exec(page)?.[1] as string;
    assert.doesNotMatch(
      (await app.browser().get('/activate')).text,
      /class="code">\d{4} \d{4}/,
      'a visitor sees no PIN',
    );
    assert.equal((await user.post('/activate', { pin, email })).location, '/home');
    assert.equal(await state('Wayfarer'), 'Activated');
    assert.doesNotMatch((await user.get('/activate')).text, /class="code">\d{4} \d{4}/, 'shown while it waits');
  });

  it('the figures count each step, and never logged in', async () => {
    const figures = async () =>
      [
        ...(await coordinator.get('/centres-hub/users/invitations')).text.matchAll(/<dt>([^<]+)<\/dt><dd[^>]*>(\d+)/g),
      ].map(([, label, value]) => [label, Number(value)]);
    const before = Object.fromEntries(await figures());
    await addUser('Countme', 'countme@northgate.example');
    assert.deepEqual(Object.fromEntries(await figures()), {
      Invited: before.Invited + 1,
      'Opened the link': before['Opened the link'],
      'Activated the PIN': before['Activated the PIN'],
      'Never logged in': before['Never logged in'] + 1,
    });
    const never = (await coordinator.get('/centres-hub/users/invitations?seen=never')).text;
    assert.match(never, /Countme/);
    assert.doesNotMatch(never, /Wayfarer/);
    assert.match((await coordinator.get('/centres-hub/users/invitations?q=none-such')).text, /No users match/);
    const other = await app.logIn('coordinator2');
    assert.doesNotMatch((await other.get('/centres-hub/users/invitations')).text, /Countme/);
  });

  it('offers one next act, and says what soon ends or has ended', async () => {
    const personId = await addUser('Lateral', 'lateral@northgate.example');
    const list = async () => (await coordinator.get('/centres-hub/users/invitations?q=lateral')).text;
    assert.match(await list(), new RegExp(`${personId}/withdraw-invitation`));
    clock.advance(25 * 3_600_000);
    coordinator = await app.logIn('coordinator');
    assert.match(await list(), new RegExp(`${personId}/change-email`));
    assert.doesNotMatch((await coordinator.get('/needs-attention')).text, /within a day/);
    clock.advance(24 * 3_600_000);
    coordinator = await app.logIn('coordinator');
    assert.match((await coordinator.get('/needs-attention')).text, /invitations? ends? within a day/);
    clock.advance(24 * 3_600_000);
    coordinator = await app.logIn('coordinator');
    assert.equal(await state('Lateral'), 'Invitation expired');
    assert.match(await list(), /Send again/);
    assert.match((await coordinator.get('/needs-attention')).text, /not used in time/);
  });
});

describe('a changed address', () => {
  it('moves the invitation: the old link dies, the new one opens the dashboard', async () => {
    const [wrong, right] = ['rihdro@northgate.example', 'rhodri.right@northgate.example'];
    const personId = await addUser('Changeling', wrong);
    const oldLink = await linkTo(wrong);
    const path = `/centres-hub/users/${personId}/change-email`;
    assert.match((await coordinator.get(path)).text, /rihdro@northgate.example/);
    for (const email of [
      '',
      'no-at-sign',
      wrong.toUpperCase(),
      'pauline.tregarthen@northgate.example',
      'a@b.example\nBcc: c@d.example',
    ]) {
      const refused = await coordinator.post(path, { email });
      assert.equal(refused.status, 422, email);
    }
    const done = await coordinator.post(path, {
      email: right,
      submissionId: randomUUID(),
      personId: randomUUID(),
      email_confirmed_at: 'now',
    });
    assert.equal(done.location, `/centres-hub/users/${personId}?done=email`, 'the same person');
    assert.equal((await app.browser().get(oldLink)).status, 410);
    assert.equal((await app.browser().post(oldLink, { username: 'thief', password: PASSWORD })).status, 410);
    const user = app.browser();
    assert.equal((await user.post(await linkTo(right), { username: 'rhodri.right', password: PASSWORD })).status, 303);
    const pin = /<span class="code">(\d{4} \d{4})<\/span>/.exec((await user.get('/activate')).text)?.[1] as string;
    assert.equal((await user.post('/activate', { pin, email: wrong })).status, 422);
    assert.equal((await user.post('/activate', { pin, email: right })).location, '/home');

    assert.match((await coordinator.get(path)).text, /The address is now Rhodri Changeling(&#39;|'|’)s own/);
    const late = await coordinator.post(path, { email: 'another@northgate.example', submissionId: randomUUID() });
    assert.equal(late.status, 422);
    assert.match(late.text, /has set up an account/);
  });

  it('gives no centre what another centre gave, nor an account of somebody', async () => {
    const shared = 'shared.by.two@northgate.example';
    const other = await app.logIn('coordinator2');
    const personId = await addUser('Shared', shared);
    assert.equal(await addUser('Shared', shared, other), personId, 'one person of two centres');
    const theirLink = await linkTo(shared);
    const taken = await other.post(`/centres-hub/users/${personId}/change-email`, {
      email: 'mine@severnside.example',
      submissionId: randomUUID(),
    });
    const newId = /users\/([0-9a-f-]{36})/.exec(String(taken.location))?.[1] as string;
    assert.notEqual(newId, personId, 'the person of the other centre stays as it is');
    const [untouched] = await rows('select email from accounts.people where id = $1', [personId]);
    assert.deepEqual(untouched, { email: shared });
    assert.equal(
      (await app.browser().get(theirLink)).status,
      410,
      'the link of this centre at the old address is dead',
    );
    const held = await rows<{ number: string }>(
      `select o.number from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
       where m.person_id = $1 and m.ended_at is null`,
      [newId],
    );
    assert.deepEqual(held, [{ number: '04426' }]);

    // The address of somebody who has an account names that person, who activates with the account there is.
    const invited = await addUser('Mistaken', 'mistaken@northgate.example');
    const moved = await coordinator.post(`/centres-hub/users/${invited}/change-email`, {
      email: 'winifred.oakapple@public.example',
      submissionId: randomUUID(),
    });
    const [member] = await rows<{ id: string }>(
      `select person_id as id from accounts.credentials where username = 'member'`,
    );
    assert.equal(moved.location, `/centres-hub/users/${member?.id}?done=email`);
    const winifred = await app.logIn('member');
    const pin = /<span class="code">(\d{4} \d{4})<\/span>/.exec((await winifred.get('/activate')).text)?.[1] as string;
    const opened = await winifred.post('/activate', { pin, email: 'winifred.oakapple@public.example' });
    assert.equal(opened.location, '/home');
    assert.equal(await state('Oakapple'), 'Activated');
  });
});

describe('withdrawing', () => {
  it('shows what ends, then ends it: link, roles and PIN', async () => {
    const email = 'withdrawn@northgate.example';
    const personId = await addUser('Withdrawn', email);
    const path = `/centres-hub/users/${personId}/withdraw-invitation`;
    assert.match((await coordinator.get(path)).text, /The PIN is withdrawn/);
    assert.equal((await coordinator.post(path, { reason: '' })).status, 422);
    assert.equal((await app.browser().get(await linkTo(email))).status, 200, 'nothing has ended yet');
    const done = await coordinator.post(path, { reason: 'Took another job', submissionId: randomUUID() });
    assert.equal(done.location, '/centres-hub/users/invitations');
    assert.equal((await app.browser().get(await linkTo(email))).status, 410);
    const [left] = await rows(
      `select i.withdraw_reason, (select count(*)::int from accounts.memberships where person_id = $1 and ended_at is null) as roles,
         (select count(*)::int from accounts.pins where person_id = $1 and withdrawn_at is null) as pins
       from accounts.invitations i where i.person_id = $1`,
      [personId],
    );
    assert.deepEqual(left, { withdraw_reason: 'Took another job', roles: 0, pins: 0 });
    assert.equal((await coordinator.get(path)).status, 404);
  });

  it('is for the coordinator of the centre, and for who has not activated', async () => {
    const personId = await addUser('Guarded', 'guarded@northgate.example');
    const other = await app.logIn('coordinator2');
    for (const act of ['withdraw-invitation', 'change-email']) {
      const path = `/centres-hub/users/${personId}/${act}`;
      assert.equal((await other.get(path)).status, 404);
      assert.equal((await other.post(path, { reason: 'Not mine to say', email: 'x@y.example' })).status, 404);
      assert.equal((await (await app.logIn('administrator')).get(path)).status, 403);
    }
    const [pauline] = await rows<{ id: string }>(
      `select person_id as id from accounts.credentials where username = 'invigilator'`,
    );
    const active = await coordinator.post(`/centres-hub/users/${pauline?.id}/withdraw-invitation`, {
      reason: 'Has activated long ago',
      submissionId: randomUUID(),
    });
    assert.equal(active.status, 422);
    assert.match(active.text, /End the roles instead/);
  });
});

describe('a link that is opened where somebody else is logged in', () => {
  it('says so, and goes on after a log-out', async () => {
    const email = 'elsewhere@northgate.example';
    await addUser('Elsewhere', email);
    const link = await linkTo(email);
    const shared = await app.logIn('assessor');
    const shown = await shared.get(link);
    assert.match(shown.text, /You are logged in as Idris Penhallow/);
    assert.match(shown.text, /This link was sent to Rhodri Elsewhere/);
    const forced = await shared.post(link, { username: 'elsewhere', password: PASSWORD });
    assert.equal(forced.status, 409, 'no account is made in the session of somebody else');
    assert.equal((await shared.get('/my-details')).status, 200, 'Idris stays logged in');
    const token = /token=(.*)/.exec(link)?.[1] as string;
    const out = await shared.post(`/set-up-account/log-out?token=${token}`);
    assert.equal(out.location, link);
    assert.match((await shared.get(link)).text, /Set up your account/);
    assert.equal((await shared.post(link, { username: 'elsewhere', password: PASSWORD })).status, 303);
  });

  it('refuses an address that somebody confirmed in the meantime', async () => {
    const email = 'double@northgate.example';
    await addUser('Double', email);
    await rows(
      `insert into accounts.people (given_names, family_name, email, email_confirmed_at) values ('D', 'Other', $1, now())`,
      [email],
    );
    const answer = await app.browser().post(await linkTo(email), { username: 'double', password: PASSWORD });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /was opened since the invitation was sent/);
    assert.deepEqual(await rows(`select 1 from accounts.credentials where username = 'double'`), []);
  });
});
