import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { productByCode } from '#products';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { mayRegister } from './capabilities/capabilities.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  officer = await app.logIn('officer');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}

async function personId(email: string): Promise<string> {
  const [person] = await rows<{ id: string }>('select id from accounts.people where email = $1', [email]);
  assert.ok(person, `${email} is not a person`);
  return person.id;
}

const newUser = (email: string, more: Record<string, string | string[]> = {}) => ({
  givenNames: 'Teresa',
  familyName: "O'Quill-Ångström",
  email,
  roles: ['invigilator', 'assessor'],
  submissionId: randomUUID(),
  ...more,
});

const PAULINE = 'pauline.tregarthen@northgate.example';

async function registrationAt(number: string, code: string) {
  return app.services.database.read(SYSTEM, async (reader) => {
    const [centre] = await rows<{ id: string }>('select id from accounts.organisations where number = $1', [number]);
    const product = await productByCode(reader, code);
    const question = {
      centreId: centre?.id as string,
      productId: product?.id as string,
      today: dayInLondon(reader.now),
    };
    return mayRegister(question, reader);
  });
}

describe('adding a user', () => {
  const email = 'teresa@northgate.example';
  it('gives roles and a PIN at once and sends the link', async () => {
    const answer = await coordinator.post('/centres-hub/users/add', newUser(email));
    assert.equal(answer.status, 303, answer.text);
    const id = await personId(email);
    const [mail] = await rows<{ body: string }>('select body from platform.mails where to_address = $1', [email]);
    assert.match(mail?.body ?? '', /\/set-up-account\?token=\S{20,}/);
    const pins = await rows('select 1 from accounts.pins where person_id = $1 and withdrawn_at is null', [id]);
    assert.equal(pins.length, 1);
    const held = await rows<{ role: string }>(
      'select role from accounts.memberships where person_id = $1 order by role',
      [id],
    );
    assert.deepEqual(
      held.map(({ role }) => role),
      ['assessor', 'invigilator'],
    );
    const [event] = await rows<{ payload: unknown }>(
      `select payload from platform.audit_events where kind = 'centres-hub.user-added' and subject_id = $1`,
      [id],
    );
    assert.deepEqual(event?.payload, { email, roles: ['invigilator', 'assessor'] });
    const shown = await coordinator.get(answer.location ?? '');
    assert.match(shown.text, /The user has been added and has a PIN/);
    assert.match(shown.text, /Invited/);
  });

  it('takes effect once however often the form is sent', async () => {
    const form = newUser('once@northgate.example');
    const answers = await Promise.all([1, 2, 3].map(() => coordinator.post('/centres-hub/users/add', form)));
    const again = await coordinator.post('/centres-hub/users/add', form);
    assert.deepEqual(
      [...answers, again].map(({ status }) => status),
      [303, 303, 303, 303],
    );
    assert.equal((await rows('select 1 from accounts.people where email = $1', [form.email])).length, 1);
    assert.equal((await rows('select 1 from platform.mails where to_address = $1', [form.email])).length, 1);
    const events = await rows(
      `select 1 from platform.audit_events where kind = 'centres-hub.user-added' and payload->>'email' = $1`,
      [form.email],
    );
    assert.equal(events.length, 1);
  });

  it('refuses what is missing with a sentence for each field and keeps what was typed', async () => {
    const answer = await coordinator.post('/centres-hub/users/add', newUser('nobody', { roles: [], givenNames: ' ' }));
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Enter the given names/);
    assert.match(answer.text, /Enter an e-mail address with a name/);
    assert.match(answer.text, /Choose at least one role/);
    assert.match(answer.text, /value="nobody"/);
    assert.match(answer.text, /<title>Error/);
  });

  it('refuses somebody who is a user already, and roles that a centre does not give', async () => {
    const again = await coordinator.post('/centres-hub/users/add', newUser(PAULINE.toUpperCase()));
    assert.equal(again.status, 422);
    assert.match(again.text, /Pauline Tregarthen has this address and is a user already/);
    for (const role of ['officer', 'candidate']) {
      const answer = await coordinator.post('/centres-hub/users/add', newUser('x@northgate.example', { roles: role }));
      assert.equal(answer.status, 422);
    }
    assert.equal((await rows('select 1 from accounts.people where email = $1', ['x@northgate.example'])).length, 0);
  });

  it('is for coordinators', async () => {
    const invigilator = await app.logIn('invigilator');
    assert.equal((await invigilator.get('/centres-hub/users')).status, 200);
    assert.equal((await invigilator.get('/centres-hub/users/add')).status, 403);
    const sent = await invigilator.post('/centres-hub/users/add', newUser('sneaked@northgate.example'));
    assert.equal(sent.status, 403);
    assert.equal((await rows('select 1 from accounts.people where email like $1', ['sneaked%'])).length, 0);
  });

  it('sends the invitation again, and the earlier link stops', async () => {
    const id = await personId(email);
    const path = `/centres-hub/users/${id}`;
    assert.equal((await coordinator.post(path, { submissionId: randomUUID() })).status, 303);
    const open = await rows('select 1 from accounts.invitations where person_id = $1 and withdrawn_at is null', [id]);
    assert.equal(open.length, 1);
    assert.equal((await rows('select 1 from platform.mails where to_address = $1', [email])).length, 2);
    const pauline = await coordinator.post(`/centres-hub/users/${await personId(PAULINE)}`);
    assert.equal(pauline.status, 422);
    assert.match(pauline.text, /needs no invitation/);
  });
});

describe('roles', () => {
  it('end at once, after a look at what ends', async () => {
    const own = await app.logIn('administrator');
    assert.equal((await own.get('/centres-hub/users')).status, 200);
    const id = await personId('desmond.achterberg@northgate.example');
    const path = `/centres-hub/users/${id}/end-role/administrator`;
    const preview = await coordinator.get(path);
    assert.match(preview.text, /Register candidates/);
    assert.match(preview.text, /the PIN is withdrawn/);
    assert.equal((await coordinator.post(path, { reason: 'no' })).status, 422);
    assert.equal((await coordinator.post(path, { reason: 'Left the centre' })).status, 303);
    assert.notEqual((await own.get('/centres-hub/users')).status, 200);
    assert.equal(
      (await rows('select 1 from accounts.pins where person_id = $1 and withdrawn_at is null', [id])).length,
      0,
    );
    assert.equal((await coordinator.get(`/centres-hub/users/${id}`)).status, 404);
  });

  it('can be added, and the last coordinator cannot go', async () => {
    const id = await personId(PAULINE);
    const added = await coordinator.post(`/centres-hub/users/${id}/add-roles`, { roles: ['iqa', 'invigilator'] });
    assert.equal(added.status, 303, added.text);
    assert.match((await coordinator.get(`/centres-hub/users/${id}`)).text, /Internal quality assurer/);
    const self = await personId('marguerite.holloway-finch@northgate.example');
    const path = `/centres-hub/users/${self}/end-role/coordinator`;
    assert.match((await coordinator.get(path)).text, /You are the only centre coordinator/);
    const refused = await coordinator.post(path, { reason: 'Going on leave' });
    assert.equal(refused.status, 422);
    assert.equal((await coordinator.get('/centres-hub/users/add')).status, 200);
  });
});

it('two coordinators who end each other leave one', async () => {
  const ids = [
    await personId('gethin.morlais@severnside.example'),
    await personId('suzette.drayford@severnside.example'),
  ];
  const added = await coordinator2.post(`/centres-hub/users/${ids[1]}/add-roles`, { roles: 'coordinator' });
  assert.equal(added.status, 303);
  // With a second role each stays a user, whoever loses the race.
  assert.equal(
    (await coordinator2.post(`/centres-hub/users/${ids[0]}/add-roles`, { roles: 'administrator' })).status,
    303,
  );
  // A role that was given ended the sessions of before.
  const invigilator2 = await app.logIn('invigilator2');
  const end = (id: string | undefined, role = 'coordinator') => `/centres-hub/users/${id}/end-role/${role}`;
  const answers = await Promise.all([
    coordinator2.post(end(ids[1]), { reason: 'Race of two' }),
    invigilator2.post(end(ids[0]), { reason: 'Race of two' }),
  ]);
  // The one who comes second is refused, or asked to log in again because the role has ended.
  const went = answers.map(({ status, location }) => status === 303 && !location?.startsWith('/login'));
  assert.equal(went.filter(Boolean).length, 1);
  const left = await rows(
    `select 1 from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
     where o.number = '04426' and m.role = 'coordinator' and m.ended_at is null`,
  );
  assert.equal(left.length, 1);
  // Whoever stayed gives the role back, so that the tests after this one find both as they were.
  const [winner, other] = went[0] ? [coordinator2, ids[1]] : [invigilator2, ids[0]];
  assert.equal((await winner.post(`/centres-hub/users/${other}/add-roles`, { roles: 'coordinator' })).status, 303);
  assert.equal((await winner.post(end(ids[0], 'administrator'), { reason: 'Only for the race' })).status, 303);
  coordinator2 = await app.logIn('coordinator2');
});

it('a staff member has no account, no PIN and no mail', async () => {
  const email = 'tutor@northgate.example';
  const before = await rows('select 1 from accounts.people');
  const added = await coordinator.post('/centres-hub/staff/add', {
    givenNames: 'Bram',
    familyName: 'Estuary',
    function: 'Tutor',
    email,
    submissionId: randomUUID(),
  });
  assert.equal(added.status, 303, added.text);
  assert.match((await coordinator.get('/centres-hub/staff')).text, /Estuary, Bram/);
  assert.equal((await rows('select 1 from accounts.people')).length, before.length);
  assert.equal((await rows('select 1 from platform.mails where to_address = $1', [email])).length, 0);
  const [one] = await rows<{ id: string; person_id: string | null }>(
    'select id, person_id from centres_hub.staff_members where email = $1',
    [email],
  );
  assert.equal(one?.person_id, null);
  assert.equal((await coordinator2.get(`/centres-hub/staff/${one?.id}/end`)).status, 404);
  assert.equal(
    (await coordinator2.post(`/centres-hub/staff/${one?.id}/end`, { reason: 'Not mine at all' })).status,
    404,
  );
  assert.equal((await coordinator.post(`/centres-hub/staff/${one?.id}/end`, { reason: 'Left in spring' })).status, 303);
  assert.doesNotMatch((await coordinator.get('/centres-hub/staff')).text, /Estuary, Bram/);
});

it('sites and rooms belong to one centre', async () => {
  const add = (rooms: string) => coordinator.post('/centres-hub/sites/add', { name: 'Canal Yard', rooms });
  assert.equal((await add(' ')).status, 422);
  assert.equal((await add('Bay 1\r\n\r\nBay 2\nBay 1')).status, 303);
  assert.match((await add('Bay 3')).text, /There is a site called Canal Yard already/);
  const [site] = await rows<{ id: string; rooms: string[] }>(
    `select id, rooms from centres_hub.sites where name = 'Canal Yard'`,
  );
  assert.deepEqual(site?.rooms, ['Bay 1', 'Bay 2']);
  assert.equal((await coordinator2.post(`/centres-hub/sites/${site?.id}/rooms`, { rooms: 'Mine' })).status, 404);
  assert.equal((await coordinator.post(`/centres-hub/sites/${site?.id}/rooms`, { rooms: 'Bay 2\nBay 4' })).status, 303);
  const [changed] = await rows<{ rooms: string[] }>('select rooms from centres_hub.sites where id = $1', [site?.id]);
  assert.deepEqual(changed?.rooms, ['Bay 2', 'Bay 4']);
});

it('a centre sees nothing of another centre', async () => {
  const id = await personId(PAULINE);
  for (const path of [
    `/centres-hub/users/${id}`,
    `/centres-hub/users/${id}/add-roles`,
    `/centres-hub/users/${id}/end-role/invigilator`,
  ])
    assert.equal((await coordinator2.get(path)).status, 404, path);
  assert.equal(
    (await coordinator2.post(`/centres-hub/users/${id}/end-role/invigilator`, { reason: 'Not mine' })).status,
    404,
  );
  assert.equal((await coordinator2.post(`/centres-hub/users/${id}`)).status, 404);
  for (const path of ['', '/users', '/users/export', '/staff', '/sites', '/approvals', '/approvals/export']) {
    const own = await coordinator2.get(`/centres-hub${path}`);
    assert.equal(own.status, 200, path);
    assert.doesNotMatch(own.text, /Tregarthen|Tappet Lane|Barrowdale|04417|500\/9814\/7/, path);
    assert.equal((await coordinator2.get(`/centres-hub${path}?centre=04417`)).status, 404, path);
  }
});

describe('lists', () => {
  it('filter, sort, and say when nothing matches', async () => {
    const found = await coordinator.get('/centres-hub/users?q=penhallow');
    assert.match(found.text, /Penhallow, Idris/);
    assert.doesNotMatch(found.text, /Tregarthen, Pauline/);
    assert.match((await coordinator.get('/centres-hub/users?q=zzz')).text, /No users match these filters/);
    const turned = (await coordinator.get('/centres-hub/users?order=desc')).text;
    assert.ok(turned.indexOf('Tregarthen') < turned.indexOf('Abara'));
    const file = await coordinator.get('/centres-hub/users/export?role=iqa');
    assert.match(file.headers.get('content-type') ?? '', /text\/csv/);
    assert.match(file.text, /Abara,Yvonne/);
    assert.doesNotMatch(file.text, /Penhallow/);
  });
});

describe('the awarding body', () => {
  it('chooses a centre first', async () => {
    for (const path of ['', '/users', '/approvals', '/approvals/grant', '/approvals/switches/off'])
      assert.equal((await officer.get(`/centres-hub${path}`)).location, '/centres-hub/centres', path);
    assert.match((await officer.get('/centres-hub/centres?q=severn')).text, /Severnside Vehicle Academy/);
    const users = await officer.get('/centres-hub/users?centre=04426');
    assert.match(users.text, /Morlais, Gethin/);
    assert.match(users.text, /Severnside Vehicle Academy, centre 04426/);
    assert.equal((await officer.get('/centres-hub/users?centre=99999')).status, 404);
    assert.equal((await officer.get('/centres-hub/users/add?centre=04426')).status, 403);
    const finance = await app.logIn('finance');
    assert.equal((await finance.get('/centres-hub/centres')).status, 403);
  });

  it('grants an approval that holds at once, and ends it', async () => {
    assert.match((await coordinator2.get('/products/LVP')).text, /not approved for this product/);
    assert.equal((await registrationAt('04426', 'LVP')).allowed, false);
    const [product] = await rows<{ id: string }>(`select id from products.products where code = 'LVP'`);
    const [year, month, day] = dayInLondon(app.services.clock.now()).split('-') as [string, string, string];
    const grant = {
      productId: product?.id as string,
      directClaims: 'yes',
      'approvedFrom-day': day,
      'approvedFrom-month': month,
      'approvedFrom-year': year,
      submissionId: randomUUID(),
    };
    assert.equal((await coordinator2.post('/centres-hub/approvals/grant?centre=04426', grant)).status, 403);
    const wrong = await officer.post('/centres-hub/approvals/grant?centre=04426', {
      ...grant,
      submissionId: randomUUID(),
      'lastRegistrationOn-day': '1',
      'lastRegistrationOn-month': '1',
      'lastRegistrationOn-year': '2001',
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /before the approval begins/);
    const answer = await officer.post('/centres-hub/approvals/grant?centre=04426', grant);
    assert.equal(answer.status, 303, answer.text);
    assert.deepEqual(await registrationAt('04426', 'LVP'), { allowed: true });
    assert.match((await coordinator2.get('/products/LVP')).text, /may register candidates for LVP/);
    const twice = await officer.post('/centres-hub/approvals/grant?centre=04426', {
      ...grant,
      submissionId: randomUUID(),
    });
    assert.match(twice.text, /is approved for this product already/);
    const [event] = await rows<{ chain: string }>(
      `select e.chain from platform.audit_events e join accounts.organisations o on o.id = e.centre_id
       where e.kind = 'centres-hub.approval-granted' and o.number = '04426'`,
    );
    assert.ok(event, 'the grant is in the record of the centre');

    const [approval] = await rows<{ id: string }>(
      'select id from centres_hub.approvals where product_id = $1 and ended_at is null and centre_id = (select id from accounts.organisations where number = $2)',
      [product?.id, '04426'],
    );
    const end = `/centres-hub/approvals/${approval?.id}/end`;
    assert.equal((await officer.get(`${end}?centre=04417`)).status, 404);
    assert.equal((await officer.post(`${end}?centre=04426`, { reason: 'Granted by mistake' })).status, 303);
    assert.equal((await registrationAt('04426', 'LVP')).allowed, false);
  });

  it('stops a capability at once and allows it again', async () => {
    assert.deepEqual(await registrationAt('04417', 'ARH'), { allowed: true });
    const off = { capability: 'register', productId: 'all', reason: 'Records of the last visit are missing' };
    assert.equal((await coordinator.post('/centres-hub/approvals/switches/off', off)).status, 403);
    assert.equal((await officer.post('/centres-hub/approvals/switches/off?centre=04417', off)).status, 303);
    assert.deepEqual(await registrationAt('04417', 'ARH'), {
      allowed: false,
      why: 'Registration is stopped at this centre. Reason: Records of the last visit are missing.',
    });
    assert.match((await coordinator.get('/products/ARH')).text, /Records of the last visit are missing/);
    assert.match((await coordinator.get('/centres-hub')).text, /Stopped: register candidates/);
    assert.match((await coordinator.get('/home')).text, /Stopped: register candidates/);
    assert.match(
      (await officer.post('/centres-hub/approvals/switches/off?centre=04417', off)).text,
      /This is stopped already/,
    );
    assert.deepEqual(await registrationAt('04426', 'ARH'), { allowed: true });
    const [one] = await rows<{ id: string }>(
      'select id from centres_hub.capability_switches where switched_on_at is null',
    );
    const on = await officer.post(`/centres-hub/approvals/switches/${one?.id}/on?centre=04417`, {
      reason: 'Records arrived',
    });
    assert.equal(on.status, 303, on.text);
    assert.deepEqual(await registrationAt('04417', 'ARH'), { allowed: true });
  });

  it('sets a centre up for ePortfolio once', async () => {
    assert.doesNotMatch((await coordinator2.get('/system-access')).text, /href="\/eportfolio"/);
    assert.equal((await officer.post('/centres-hub/set-up-eportfolio?centre=04426')).status, 303);
    assert.match((await coordinator2.get('/system-access')).text, /href="\/eportfolio"/);
    assert.equal((await officer.post('/centres-hub/set-up-eportfolio?centre=04426')).status, 422);
  });
});
