import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { confirmByPinAndPassword, isFresh, pinOf } from '../index.ts';

let application: TestApplication;
const clock = new SetClock(new Date());
before(async () => {
  application = await startTestApplication({ clock });
});
after(() => application.close());

test('a changed password is asked for by the old one and ends all other sessions', async () => {
  const here = await application.logIn('author');
  const there = await application.logIn('author');
  const change = (fields: Record<string, string>) => here.post('/my-details/change-password', fields);
  const next = 'sycamore gasket lantern';
  const wrong = await change({ oldPassword: 'Wrong-Password-1', newPassword: next });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /not the password that you have now/);
  assert.match((await change({ oldPassword: DEMO_PASSWORD, newPassword: 'short' })).text, /at least 12 characters/);
  assert.match((await change({ oldPassword: DEMO_PASSWORD, newPassword: DEMO_PASSWORD })).text, /must differ/);
  const old = here.cookies.get('session');
  assert.equal((await there.get('/my-details')).status, 200);
  assert.equal((await change({ oldPassword: DEMO_PASSWORD, newPassword: next })).location, '/my-details?done=password');
  assert.notEqual(here.cookies.get('session'), old);
  assert.equal((await here.get('/my-details')).status, 200);
  assert.equal((await there.get('/my-details')).status, 303);
  await assert.rejects(application.logIn('author'));
  await application.logIn('author', next);
});

test('a person sees where the account is logged in and ends all sessions but this one', async () => {
  const here = await application.logIn('reviewer');
  const there = await application.logIn('reviewer');
  const text = (await here.get('/my-details')).text;
  assert.equal(text.match(/This one/g)?.length, 1);
  assert.equal(text.match(/\/my-details\/sessions\/[0-9a-f-]+\/end/g)?.length, 2);
  assert.equal((await here.post('/my-details/log-out-elsewhere')).location, '/my-details?done=elsewhere');
  assert.equal((await there.get('/my-details')).status, 303);
  assert.doesNotMatch((await here.get('/my-details')).text, /Log out everywhere else/);
});

async function own(username: string) {
  const { services } = application;
  return services.database.read(SYSTEM, async (reader) => {
    const { person_id: personId, organisation_id: organisationId } = await reader.db
      .selectFrom('accounts.credentials as c')
      .innerJoin('accounts.memberships as m', 'm.person_id', 'c.person_id')
      .select(['c.person_id', 'm.organisation_id'])
      .where('c.username', '=', username)
      .executeTakeFirstOrThrow();
    return { personId, organisationId, pin: (await pinOf(reader, services, { personId, organisationId })) as string };
  });
}

test('PIN and password confirm their owner at the own centre, and nothing else does', async () => {
  const { services } = application;
  const invigilator = await own('invigilator');
  const other = await own('invigilator2');
  const address = '192.0.2.1';
  const confirm = (given: Partial<Parameters<typeof confirmByPinAndPassword>[1]>) =>
    confirmByPinAndPassword(services, { pin: invigilator.pin, password: DEMO_PASSWORD, address, ...given });
  const { personId, organisationId } = invigilator;
  assert.deepEqual(await confirm({}), { ok: true, personId, organisationId });
  assert.deepEqual(await confirm({ personId, organisationId }), { ok: true, personId, organisationId });
  const refusals = [
    await confirm({ password: 'Wrong-Password-1' }),
    await confirm({ pin: other.pin, personId }),
    await confirm({ personId: other.personId }),
    await confirm({ organisationId: other.organisationId }),
    await confirm({ pin: 'abc' }),
  ];
  for (const refusal of refusals) {
    assert.deepEqual(refusal, {
      ok: false,
      waitSeconds: 0,
      message: refusals[0]?.ok === false ? refusals[0].message : '',
    });
  }
});

test('PIN and password are tried five times in a window, from whatever addresses', async () => {
  const { personId, pin } = await own('coordinator2');
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      confirmByPinAndPassword(application.services, {
        personId,
        pin,
        password: `Wrong-Password-${index}`,
        address: `192.0.2.${100 + index}`,
      }),
    ),
  );
  assert.equal(results.filter((one) => !one.ok && one.waitSeconds === 0).length, 5);
  assert.equal(results.filter((one) => !one.ok && one.waitSeconds > 0).length, 15);
});

test('a password counts as just given for 15 minutes', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  assert.equal(isFresh({ confirmedAt: new Date('2026-11-20T11:45:00Z') }, now), true);
  assert.equal(isFresh({ confirmedAt: new Date('2026-11-20T11:44:59Z') }, now), false);
  assert.equal(isFresh({ confirmedAt: new Date('2026-11-20T11:58:59Z') }, now, 1), false);
});
