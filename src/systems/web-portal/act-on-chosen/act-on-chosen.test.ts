import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { mailCount } from '#test/mails.ts';

const LIST = '/web-portal/candidates';
let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
});
after(() => app.close());

const registrationsOf = (number: string) =>
  app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.registrations as r')
      .innerJoin('accounts.organisations as o', 'o.id', 'r.centre_id')
      .select('r.id')
      .where('o.number', '=', number)
      .orderBy('r.registered_at')
      .limit(3)
      .execute()
      .then((rows) => rows.map(({ id }) => id)),
  );
const cohortsOf = (ids: readonly string[]) =>
  app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.registrations')
      .select('cohort')
      .where('id', 'in', [...ids])
      .execute()
      .then((rows) => rows.map(({ cohort }) => cohort)),
  );

test('several registrations get a cohort at once, after a look at whom one chose', async () => {
  const registration = await registrationsOf('04417');
  const shown = await coordinator.post(`${LIST}/chosen`, { registration });
  assert.match(shown.text, /3 registrations chosen/);
  assert.equal((await coordinator.post(`${LIST}/chosen`, {})).status, 422);
  const act = (more: Record<string, string>) => coordinator.post(`${LIST}/chosen/act`, { registration, ...more });
  const refused = await act({ act: 'cohort', cohort: '=cmd()' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /has none of the signs/);
  assert.match(refused.text, /3 registrations chosen/, 'who was chosen stays');
  assert.equal((await act({ cohort: 'Evening' })).status, 422, 'what to do has to be said');
  const done = await act({ act: 'cohort', cohort: 'Evening group' });
  assert.equal(done.location, `${LIST}?cohort=Evening+group`);
  assert.deepEqual(await cohortsOf(registration), ['Evening group', 'Evening group', 'Evening group']);
  assert.match((await coordinator.get(`${LIST}?cohort=Evening+group`)).text, /3 registrations/);
  await act({ act: 'cohort', cohort: '' });
  assert.deepEqual(await cohortsOf(registration), [null, null, null]);
});

test('invitations go to those with an address and no account, each once', async () => {
  const registration = await registrationsOf('04417');
  const before = await mailCount(app);
  const { text } = await coordinator.post(`${LIST}/chosen`, { registration });
  const told = Number(/(\d+) candidates? gets? a mail/.exec(text)?.[1]);
  assert.ok(told > 0);
  await coordinator.post(`${LIST}/chosen/act`, { registration, act: 'invite' });
  assert.equal((await mailCount(app)) - before, told);
});

test('what belongs to another centre is neither shown nor changed', async () => {
  const registration = await registrationsOf('04426');
  const shown = await coordinator.post(`${LIST}/chosen`, { registration });
  assert.match(shown.text, /Nobody is chosen/);
  const tried = await coordinator.post(`${LIST}/chosen/act`, { registration, act: 'cohort', cohort: 'Stolen' });
  assert.equal(tried.status, 422);
  assert.deepEqual(await cohortsOf(registration), [null, null, null]);
});
