import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { DEMO_PASSWORD, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addMembership, ensurePerson, issuePin, pinOf } from '../index.ts';

let app: TestApplication;
let officer: PlainBrowser;
let admin: PlainBrowser;
before(async () => {
  app = await startTestApplication();
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
  return row?.id as string;
}

async function centreId(number: string): Promise<string> {
  const [row] = await rows<{ id: string }>('select id from accounts.organisations where number = $1', [number]);
  return row?.id as string;
}

/** A second record of somebody, with a role and a PIN at a centre. */
async function secondRecord(email: string, number: string, role: 'invigilator' | 'assessor'): Promise<string> {
  const organisationId = await centreId(number);
  return app.services.database.write({ kind: 'system', centreId: organisationId }, async (writer) => {
    const personId = await ensurePerson(writer, { givenNames: 'Pauline', familyName: 'Tregarthen', email });
    await addMembership(writer, { personId, organisationId, role });
    await issuePin(writer, app.services, { personId, organisationId });
    return personId;
  });
}

async function merge(browser: PlainBrowser, keptId: string, mergedId: string, more: Record<string, string> = {}) {
  const path = `/people/${keptId}/merge/${mergedId}`;
  const look = await browser.get(path);
  const seen = /name="seen" value="([^"]+)"/.exec(look.text)?.[1] ?? '';
  return browser.post(path, { reason: 'The same person, seen by passport', seen, submissionId: randomUUID(), ...more });
}

test('roles, PINs and profile move; the old id, the old address and the history lead to the one who stays', async () => {
  const keptId = await idOf('invigilator');
  const northgate = await centreId('04417');
  const severnside = await centreId('04426');
  const mergedId = await secondRecord('pauline.second@severnside.example', '04426', 'invigilator');
  await app.services.database.write({ kind: 'system', centreId: northgate }, (writer) =>
    addMembership(writer, { personId: mergedId, organisationId: northgate, role: 'invigilator' }),
  );
  await rows('update accounts.people set email_confirmed_at = now() where id = $1', [mergedId]);
  await rows(
    `insert into centres_hub.staff_members (centre_id, person_id, given_names, family_name, function, recorded_at)
     values ($1, $2, 'Pauline', 'Tregarthen', 'Tutor', now())`,
    [severnside, mergedId],
  );
  const pinBefore = await app.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, app.services, { personId: mergedId, organisationId: severnside }),
  );
  const loggedIn = await app.logIn('invigilator');

  const look = (await officer.get(`/people/${keptId}/merge/${mergedId}`)).text;
  assert.match(look, /The role Invigilator at Severnside Vehicle Academy \(04426\) moves/);
  assert.match(look, /Both have the role Invigilator at Northgate Motor Training \(04417\): it stays once/);
  assert.match(look, /The PIN at Severnside Vehicle Academy \(04426\) moves/);
  assert.match(look, /The entry on the centre profile of Severnside Vehicle Academy/);
  assert.match(look, /<span class="strong">invigilator<\/span> stays/);

  const done = await merge(officer, keptId, mergedId);
  assert.equal(done.location, `/people/${keptId}?done=merged`, done.text);
  assert.equal((await loggedIn.get('/my-details')).status, 303, 'logged out');

  const held = await rows<{ number: string; role: string }>(
    `select o.number, m.role from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
     where m.person_id = $1 and m.ended_at is null order by 1`,
    [keptId],
  );
  assert.deepEqual(held, [
    { number: '04417', role: 'invigilator' },
    { number: '04426', role: 'invigilator' },
  ]);
  assert.equal(
    (await rows('select 1 from accounts.memberships where person_id = $1 and ended_at is null', [mergedId])).length,
    0,
  );
  const pin = await app.services.database.read(SYSTEM, (reader) =>
    pinOf(reader, app.services, { personId: keptId, organisationId: severnside }),
  );
  assert.equal(pin, pinBefore, 'the PIN is the same, readable by its new owner');
  assert.equal(
    (
      await rows('select 1 from centres_hub.staff_members where person_id = $1 and centre_id = $2', [
        keptId,
        severnside,
      ])
    ).length,
    1,
  );

  assert.equal((await officer.get(`/people/${mergedId}`)).location, `/people/${keptId}?was=${mergedId}`);
  const page = (await officer.get(`/people/${keptId}?was=${mergedId}`)).text;
  assert.match(page, /was merged into this one/);
  assert.match(page, /seen by passport/);
  assert.match((await officer.get(`/people/${keptId}/history`)).text, /Two records of one person were made one/);
  const found = await app.services.database.write({ kind: 'system', centreId: northgate }, (writer) =>
    ensurePerson(writer, { givenNames: 'P', familyName: 'T', email: 'Pauline.Second@severnside.example' }),
  );
  assert.equal(found, keptId, 'the address of the merged record leads to the person');
  const mails = await rows(`select 1 from platform.mails where kind = 'accounts.people-merged'`);
  assert.equal(mails.length, 2);
  assert.equal((await merge(officer, keptId, mergedId)).status, 422);
  for (const path of [`/people/${mergedId}/suspend`, `/people/${mergedId}/give-role`])
    assert.equal((await admin.get(path)).status, 404, path);
});

test('candidate records move with their numbers, and the account of the merged record is taken where there is none', async () => {
  const mergedId = await idOf('candidate');
  const keptId = await app.services.database.write(SYSTEM, (writer) =>
    ensurePerson(writer, { givenNames: 'Ines', familyName: 'Second', email: 'ines.second@public.example' }),
  );
  const numbers = await rows('select candidate_number from web_portal.candidates where person_id = $1', [mergedId]);
  assert.ok(numbers.length > 0);
  const look = (await officer.get(`/people/${keptId}/merge/${mergedId}`)).text;
  assert.match(look, /Candidate \d{8} of Northgate Motor Training \(04417\) moves, with registrations/);
  assert.match(look, /<span class="strong">candidate<\/span> stays/);
  assert.equal((await merge(officer, keptId, mergedId)).status, 303);
  assert.deepEqual(
    await rows('select candidate_number from web_portal.candidates where person_id = $1', [keptId]),
    numbers,
  );
  const candidate = await app.logIn('candidate');
  assert.match((await candidate.get('/home')).text, /Ines/);
  const [person] = await rows(
    'select email, email_confirmed_at is not null as confirmed from accounts.people where id = $1',
    [keptId],
  );
  assert.equal((person as { confirmed: boolean }).confirmed, true, 'the confirmed address stays');
});

test('of two PINs at one centre the activated one stays', async () => {
  const northgate = await centreId('04417');
  const mergedId = await idOf('assessor');
  const keptId = await secondRecord('assessor.second@northgate.example', '04417', 'assessor');
  const pin = (personId: string) =>
    app.services.database.read(SYSTEM, (reader) =>
      pinOf(reader, app.services, { personId, organisationId: northgate }),
    );
  const activated = await pin(mergedId);
  assert.match(
    (await officer.get(`/people/${keptId}/merge/${mergedId}`)).text,
    /Both have a PIN at Northgate Motor Training \(04417\): the activated one/,
  );
  assert.equal((await merge(officer, keptId, mergedId)).status, 303);
  assert.equal(await pin(keptId), activated);
  assert.equal(
    (
      await rows('select 1 from accounts.pins where person_id = any ($1) and withdrawn_at is null', [
        [keptId, mergedId],
      ])
    ).length,
    1,
  );
  await app.logIn('assessor');
});

test('two officers who merge in opposite directions at once: one wins, the other is told', async () => {
  const one = await secondRecord('opposite.one@northgate.example', '04417', 'assessor');
  const two = await secondRecord('opposite.two@severnside.example', '04426', 'assessor');
  const answers = await Promise.all([merge(officer, one, two), merge(admin, two, one)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
  const told = answers.find(({ status }) => status === 422);
  assert.match(String(told?.text), /was merged into another one|Something changed since you looked/);
  const merged = await rows('select 1 from accounts.people where id = any ($1) and merged_into is not null', [
    [one, two],
  ]);
  assert.equal(merged.length, 1);
});

test('what changed since the look stops the merge, and so does a suspended account', async () => {
  const one = await secondRecord('stale.one@northgate.example', '04417', 'assessor');
  const two = await secondRecord('stale.two@severnside.example', '04426', 'assessor');
  const look = await officer.get(`/people/${one}/merge/${two}`);
  const seen = /name="seen" value="([^"]+)"/.exec(look.text)?.[1] as string;
  await app.services.database.write({ kind: 'system' }, async (writer) =>
    addMembership(writer, { personId: two, organisationId: await centreId('04426'), role: 'iqa' }),
  );
  const stale = await merge(officer, one, two, { seen });
  assert.equal(stale.status, 422);
  assert.match(stale.text, /Something changed since you looked/);
  assert.match(stale.text, /The role Internal quality assurer/, 'the new look is shown');
  await officer.post(`/people/${two}/suspend`, { reason: 'Under investigation', submissionId: randomUUID() });
  assert.match((await merge(officer, one, two)).text, /is suspended. Lift the suspension first/);
  const [left] = await rows('select status, merged_into from accounts.people where id = $1', [two]);
  assert.deepEqual(left, { status: 'suspended', merged_into: null });
});

test('the username of a merged account logs nobody in, and nobody else can have it', async () => {
  const keptId = await idOf('iqa');
  const mergedId = await idOf('champion');
  assert.match((await officer.get(`/people/${keptId}/merge/${mergedId}`)).text, /champion no longer works/);
  assert.equal((await merge(officer, keptId, mergedId)).status, 303);
  const answer = await app.browser().post('/login', { username: 'champion', password: DEMO_PASSWORD });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /do not match/);
  const iqa = await app.logIn('iqa');
  assert.match((await iqa.get('/my-details')).text, /ePortfolio champion/);
});
