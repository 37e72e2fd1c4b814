import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { DEMO_PASSWORD, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
let officer: PlainBrowser;
let admin: PlainBrowser;
before(async () => {
  app = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
  officer = await app.logIn('officer');
  admin = await app.logIn('admin');
});
after(() => app.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}

async function idOf(username: string): Promise<string> {
  const [row] = await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [
    username,
  ]);
  assert.ok(row, username);
  return row.id;
}

async function membershipOf(username: string, role: string): Promise<string> {
  const found = await rows<{ id: string }>(
    'select id from accounts.memberships where person_id = $1 and role = $2 and ended_at is null',
    [await idOf(username), role],
  );
  assert.ok(found[0]);
  return found[0].id;
}

const act = (browser: PlainBrowser, path: string, fields: Record<string, string | string[]> = {}) =>
  browser.post(path, { reason: 'A reason of five words', submissionId: randomUUID(), ...fields });

describe('finding people', () => {
  it('by name without accents, address, username, role, centre and state; never by PIN', async () => {
    const found = async (query: string) => {
      const { text, status } = await officer.get(`/people?${query}`);
      assert.equal(status, 200);
      return [...text.matchAll(/class="name" href="\/people\/[^"]+">([^<]+)</g)].map(([, name]) => name);
    };
    const everybody = await found('');
    assert.ok(everybody.length >= 18);
    assert.deepEqual(await found('q=HOLLOWAY'), ['Holloway-Finch, Marguerite']);
    assert.deepEqual(await found('q=marguerite.holloway-finch%40northgate'), ['Holloway-Finch, Marguerite']);
    assert.equal((await found('q=coordinator')).length, 2, 'usernames');
    assert.equal((await found('role=invigilator&organisation=04426')).length, 2);
    assert.equal((await found('organisation=northgate&role=invigilator')).length, 1);
    assert.deepEqual(await found('state=suspended'), []);
    assert.match((await officer.get('/people?q=nobody-of-that-name')).text, /No people match these filters/);
    assert.deepEqual(await found('q=%25'), [], 'a sign of the pattern language is a letter like others');
    const file = await officer.get('/people/export?role=coordinator');
    assert.match(file.text, /Holloway-Finch/);
    assert.equal(file.text.trim().split('\r\n').length, 3);
    assert.doesNotMatch(file.text, /\$argon2|\b\d{8}\b/, 'no password and no PIN');
  });
  it('is for officers and administrators of the awarding body', async () => {
    const id = await idOf('invigilator');
    for (const username of ['coordinator', 'finance', 'author', 'member', 'candidate']) {
      const browser = await app.logIn(username);
      for (const path of [
        '/people',
        '/people/export',
        `/people/${id}`,
        `/people/${id}/history`,
        `/people/${id}/merge`,
      ]) {
        assert.equal((await browser.get(path)).status, 403, `${username} at ${path}`);
      }
      assert.equal((await act(browser, `/people/${id}/suspend`)).status, 403);
    }
    assert.equal(
      (await officer.get('/people/add')).status,
      403,
      'users of the awarding body are added by administrators',
    );
    assert.match((await officer.get('/system-access')).text, /href="\/people"/);
    assert.doesNotMatch((await (await app.logIn('finance')).get('/system-access')).text, /href="\/people"/);
  });
  it('answers 404 for ids that name nobody or something of somebody else', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    const id = await idOf('invigilator');
    const foreign = await membershipOf('assessor', 'assessor');
    for (const path of [
      `/people/${nobody}`,
      `/people/${nobody}/suspend`,
      `/people/${id}/end-role/${foreign}`,
      `/people/${nobody}/merge`,
      `/people/${id}/merge/${nobody}`,
      `/people/${id}/merge/${id}`,
      '/people/x',
    ]) {
      assert.equal((await officer.get(path)).status, 404, path);
    }
    assert.equal((await act(officer, `/people/${nobody}/suspend`)).status, 404);
    assert.equal((await act(officer, `/people/${id}/end-role/${foreign}`)).status, 404);
    assert.equal((await act(officer, `/people/${id}/merge/${nobody}`)).status, 404);
  });
});

describe('suspending', () => {
  it('ends the sessions at once, answers the log-in as for a wrong password, shows at the centre, and is lifted', async () => {
    const id = await idOf('champion');
    const champion = await app.logIn('champion');
    const look = await officer.get(`/people/${id}/suspend`);
    assert.match(look.text, /logged out everywhere at once \(1 log-in session\)/);
    assert.equal((await champion.get('/my-details')).status, 200, 'a look changes nothing');
    const short = await officer.post(`/people/${id}/suspend`, { reason: 'x' });
    assert.equal(short.status, 422);
    assert.match(short.text, /Say why in a few words/);

    const done = await act(officer, `/people/${id}/suspend`, { reason: 'Reported for a shared password' });
    assert.equal(done.location, `/people/${id}?done=suspended`);
    assert.equal((await champion.get('/my-details')).status, 303, 'logged out');
    const from = (n: number) => ({ 'x-forwarded-for': `198.51.100.${n}` });
    const right = await app.browser().post('/login', { username: 'champion', password: DEMO_PASSWORD }, from(1));
    const wrong = await app.browser().post('/login', { username: 'nobody-x', password: DEMO_PASSWORD }, from(2));
    assert.equal(right.status, 422);
    assert.equal(right.text.replaceAll('champion', 'N'), wrong.text.replaceAll('nobody-x', 'N'));

    const page = (await officer.get(`/people/${id}`)).text;
    assert.match(page, /Suspended/);
    assert.match(page, /Reported for a shared password/);
    const coordinator = await app.logIn('coordinator');
    const users = (await coordinator.get('/centres-hub/users?state=suspended')).text;
    assert.match(users, /Suspended/);
    const user = (await coordinator.get(`/centres-hub/users/${id}`)).text;
    assert.match(user, /Suspended/);
    assert.doesNotMatch(user, /shared password/, 'the reason stays with the awarding body');
    assert.match((await act(officer, `/people/${id}/suspend`)).text, /is suspended already/);

    assert.equal((await act(officer, `/people/${id}/lift-suspension`)).location, `/people/${id}?done=lifted`);
    assert.equal((await champion.get('/my-details')).status, 303, 'the session that ended does not come back');
    assert.equal((await (await app.logIn('champion')).get('/my-details')).status, 200);
    const history = (await officer.get(`/people/${id}/history?side=about`)).text;
    assert.match(history, /The awarding body stopped the account of a person/);
    assert.match(history, /Reason: Reported for a shared password/);
    const kinds = await rows<{ kind: string }>(
      `select kind from platform.audit_events where subject_id = $1 and kind like 'accounts.%susp%' order by at, seq`,
      [id],
    );
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['accounts.person-suspended', 'accounts.suspension-lifted'],
    );
  });
  it('nobody does it to himself, no officer to people of the awarding body, nobody to the last administrator', async () => {
    const own = await idOf('officer');
    for (const path of ['suspend', 'end-sessions', `merge/${await idOf('member')}`]) {
      const answer = await act(officer, `/people/${own}/${path}`);
      assert.equal(answer.status, 422, path);
      assert.match(answer.text, /your own account/);
    }
    const finance = await act(officer, `/people/${await idOf('finance')}/suspend`);
    assert.match(finance.text, /Only an Awarding body administrator may do this/);
    const taken = await act(officer, `/people/${own}/give-role`, { roles: ['body_administrator'] });
    assert.equal(taken.status, 403);
    const member = await idOf('member');
    const merged = await act(officer, `/people/${member}/merge/${await idOf('admin')}`);
    assert.match(
      merged.text,
      /Only an Awarding body administrator may do this/,
      'an administrator merged into an account that an officer holds',
    );
    assert.equal((await act(admin, `/people/${await idOf('admin')}/suspend`)).status, 422);

    // Two administrators who stop each other at once leave one.
    await act(admin, `/people/${await idOf('quality')}/give-role`, { roles: ['body_administrator'] });
    const quality = await app.logIn('quality');
    const answers = await Promise.all([
      act(admin, `/people/${await idOf('quality')}/suspend`),
      act(quality, `/people/${await idOf('admin')}/suspend`),
    ]);
    const left = await rows(`select 1 from accounts.people p join accounts.memberships m on m.person_id = p.id
      where m.role = 'body_administrator' and m.ended_at is null and p.status = 'active'`);
    assert.equal(left.length, 1, answers.map(({ status }) => status).join(' '));
    await rows(`update accounts.people set status = 'active' where status = 'suspended'`);
    await rows('update accounts.suspensions set ended_at = now(), end_reason = $1 where ended_at is null', ['Test']);
    admin = await app.logIn('admin');
  });
});

describe('sessions and roles', () => {
  it('all log-in sessions end, with a reason, and the password stays', async () => {
    const id = await idOf('iqa');
    const browsers = [await app.logIn('iqa'), await app.logIn('iqa')];
    assert.match((await officer.get(`/people/${id}/end-sessions`)).text, /2 log-in sessions/);
    assert.equal((await act(officer, `/people/${id}/end-sessions`)).status, 303);
    for (const browser of browsers) assert.equal((await browser.get('/my-details')).status, 303);
    await app.logIn('iqa');
  });
  it('a role ends; the last coordinator of a centre only when that is said', async () => {
    const id = await idOf('coordinator2');
    const path = `/people/${id}/end-role/${await membershipOf('coordinator2', 'coordinator')}`;
    assert.match((await officer.get(path)).text, /then has no coordinator who can log in/);
    const silent = await act(officer, path);
    assert.equal(silent.status, 422);
    assert.match(silent.text, /shall have no coordinator, or give the role/);
    assert.match(silent.text, /A reason of five words/, 'what was typed is kept');
    assert.equal((await act(officer, path, { leavesNone: 'yes' })).status, 303);
    assert.equal((await act(officer, path, { leavesNone: 'yes' })).status, 404, 'it has ended');
    const page = (await officer.get(`/people/${id}`)).text;
    assert.match(page, /Roles that ended/);
    assert.match(page, /A reason of five words/);
    const pins = await rows('select 1 from accounts.pins where person_id = $1 and withdrawn_at is null', [id]);
    assert.equal(pins.length, 0, 'the PIN goes with the last role');
  });
  it('fields that a form does not have change nothing', async () => {
    const id = await idOf('assessor');
    await act(officer, `/people/${id}/suspend`, {
      status: 'merged',
      merged_into: id,
      personId: await idOf('iqa'),
      began_by: id,
    });
    const [person] = await rows('select status, merged_into from accounts.people where id = $1', [id]);
    assert.deepEqual(person, { status: 'suspended', merged_into: null });
    await act(officer, `/people/${id}/lift-suspension`, { password: 'Chosen-By-An-Officer-1' });
    await app.logIn('assessor');
  });
});

describe('the users of the awarding body', () => {
  const nia = {
    givenNames: 'Nia',
    familyName: 'Quarrington',
    email: 'nia.quarrington@awarding.example',
    roles: ['results', 'finance'],
  };
  it('are added by an administrator and set up their accounts by the mailed link', async () => {
    const answer = await act(admin, '/people/add', nia);
    assert.equal(answer.status, 303, answer.text);
    assert.match((await admin.get(String(answer.location))).text, /is on its way/);
    const [mail] = await rows<{ body: string }>('select body from platform.mails where to_address = $1', [nia.email]);
    const link = /(\/set-up-account\?token=\S+)/.exec(mail?.body ?? '')?.[1] as string;
    const browser = app.browser();
    const made = await browser.post(link, { username: 'nia.q', password: 'tappet lane sycamore' });
    assert.equal(made.location, '/home');
    const twice = await act(admin, '/people/add', nia);
    assert.equal(twice.status, 422);
    assert.match(twice.text, /works for the awarding body already/);
    assert.match(twice.text, /value="Quarrington"/);
  });
  it('names and addresses cannot carry more into a mail', async () => {
    const count = async () => (await rows<{ n: number }>('select count(*)::int as n from platform.mails'))[0]?.n;
    const before = await count();
    for (const fields of [
      { ...nia, email: 'a@b.example\r\nBcc: everybody@b.example' },
      { ...nia, email: 'a@b.example, c@b.example' },
      { ...nia, email: 'Nia <a@b.example>' },
      { ...nia, givenNames: 'Nia\r\nBcc: everybody@b.example', email: 'x@b.example' },
      { ...nia, roles: ['coordinator'], email: 'y@b.example' },
      { ...nia, roles: [], email: 'z@b.example' },
    ]) {
      assert.equal((await act(admin, '/people/add', fields)).status, 422, JSON.stringify(fields));
    }
    assert.equal(await count(), before);
  });
  it('a person who is known gets a role of the awarding body from an administrator alone', async () => {
    const id = await idOf('member');
    assert.equal((await act(officer, `/people/${id}/give-role`, { roles: ['finance'] })).status, 403);
    assert.equal((await act(admin, `/people/${id}/give-role`, { roles: ['finance'] })).status, 303);
    assert.match((await admin.get(`/people/${id}`)).text, /Looks after invoices and accounts/);
    assert.equal((await act(admin, `/people/${await idOf('admin')}/give-role`, { roles: ['officer'] })).status, 422);
  });
});
