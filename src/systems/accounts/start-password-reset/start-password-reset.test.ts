import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { linkIn, mailsTo } from '#test/mails.ts';
import { setUpApp } from '#test/second-factor.ts';

let app: TestApplication;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  officer = await app.logIn('officer');
});
after(() => app.close());

async function personOf(username: string): Promise<{ id: string; email: string }> {
  return app.services.database.read(SYSTEM, async ({ db }) => {
    const row = await db
      .selectFrom('accounts.people as p')
      .innerJoin('accounts.credentials as c', 'c.person_id', 'p.id')
      .select(['p.id', 'p.email'])
      .where('c.username', '=', username)
      .executeTakeFirstOrThrow();
    return { id: row.id, email: row.email ?? '' };
  });
}

const REASON = 'The person called and was known by voice';
const act = (browser: PlainBrowser, path: string, fields: Record<string, string> = {}) =>
  browser.post(path, { reason: REASON, submissionId: randomUUID(), ...fields });

test('an officer starts a reset: the link goes to the person alone, and the person chooses', async () => {
  const { id, email } = await personOf('assessor');
  const path = `/people/${id}/start-password-reset`;
  assert.match((await officer.get(path)).text, /You do not see the link or the password/);
  assert.equal((await act(officer, path, { reason: '' })).status, 422);
  assert.equal((await mailsTo(app, email)).length, 0, 'a refused form sends nothing');
  const sent = await act(officer, path);
  assert.equal(sent.location, `/people/${id}?done=reset`);
  const shown = (await officer.get(`/people/${id}?done=reset`)).text;
  assert.doesNotMatch(shown, /reset-password\?token/);
  const link = linkIn((await mailsTo(app, email)).at(-1), '/reset-password');
  const browser = app.browser();
  const password = 'sycamore gasket lantern';
  assert.equal((await browser.post(link, { newPassword: password })).location, '/login?done=password');
  await app.logIn('assessor', password);
  assert.match((await officer.get(`/people/${id}/history`)).text, new RegExp(REASON));
});

test('no account, a suspended one, a person without the right: nothing is sent', async () => {
  const { id, email } = await personOf('iqa');
  const path = `/people/${id}/start-password-reset`;
  for (const username of ['coordinator', 'finance', 'candidate'])
    assert.equal((await act(await app.logIn(username), path)).status, 403, username);
  assert.equal((await act(officer, `/people/${randomUUID()}/start-password-reset`)).status, 404);
  await act(officer, `/people/${id}/suspend`);
  assert.match((await act(officer, path)).text, /Lift the suspension first/);
  assert.equal((await mailsTo(app, email)).filter(({ body }) => body.includes('/reset-password')).length, 0);
});

test('second factors of somebody who lost them are removed with a reason; sessions end, the person is told', async () => {
  const { id, email } = await personOf('champion');
  const path = `/people/${id}/remove-second-factors`;
  assert.match((await officer.get(path)).text, /has not set up a second factor/);
  const own = await app.logIn('champion');
  await setUpApp(app, own);
  assert.equal((await own.get('/my-details')).status, 200);
  assert.equal((await act(officer, path)).location, `/people/${id}?done=factors`);
  assert.equal((await own.get('/my-details')).status, 303, 'logged out');
  assert.ok((await mailsTo(app, email)).some(({ body }) => body.includes(REASON)));
  await app.logIn('champion');
});
