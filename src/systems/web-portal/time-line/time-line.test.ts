import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { startSitting } from '#test/sitting.ts';
import { submittedRequest } from '#test/submitted-request.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

/** A candidate of the centre who has a certificate. */
const certified = (centreNumber: string) =>
  app.services.database.read(SYSTEM, async ({ db }) => {
    const { id } = await db
      .selectFrom('certificates.certificates as k')
      .innerJoin('accounts.organisations as o', 'o.id', 'k.centre_id')
      .select('k.candidate_id as id')
      .where('o.number', '=', centreNumber)
      .executeTakeFirstOrThrow();
    return `/web-portal/candidates/${id}/time-line`;
  });

test('tells registration, units, claim and certificate, newest first, and leads only where the reader may go', async () => {
  const path = await certified('04417');
  const coordinator = await app.logIn('coordinator');
  const shown = await coordinator.get(path);
  assert.equal(shown.status, 200);
  for (const what of ['Registered', 'Unit achieved', 'Certificate claimed', 'Certificate issued'])
    assert.match(shown.text, new RegExp(what), what);
  assert.ok(shown.text.indexOf('Certificate issued') < shown.text.lastIndexOf('>Registered<'), 'newest first');
  assert.match(shown.text, /<a href="\/certificates\/[0-9a-f-]{36}">/);
  const assessor = await app.logIn('assessor');
  const theirs = await assessor.get(path);
  assert.match(theirs.text, /Certificate issued/);
  assert.doesNotMatch(theirs.text, /href="\/certificates\/[0-9a-f]/, 'no link to a page that would refuse');
  const upwards = await coordinator.get(`${path}?order=asc`);
  assert.ok(upwards.text.indexOf('Certificate issued') > upwards.text.indexOf('>Registered<'));
  const only = await coordinator.get(`${path}?kind=certificate`);
  assert.doesNotMatch(only.text, /Unit achieved/);
  const file = await coordinator.get(`${path}/export?kind=certificate`);
  assert.match(file.text, /Certificate issued/);
  assert.doesNotMatch(file.text, /Unit achieved/);
});

test('tells of tests: booked, started, handed in, result', async () => {
  const { candidateNumber, client } = await startSitting(app);
  await client.answer(1, 'A');
  await client.handIn();
  const { id } = await app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.candidates')
      .select('id')
      .where('candidate_number', '=', candidateNumber)
      .executeTakeFirstOrThrow(),
  );
  const coordinator = await app.logIn('coordinator');
  const { text } = await coordinator.get(`/web-portal/candidates/${id}/time-line?kind=test`);
  for (const what of ['Test booked', 'Test started', 'Test handed in', 'Test result'])
    assert.match(text, new RegExp(what), what);
  assert.match(text, /(Pass|Not yet), \d+ of \d+/);
});

test('tells of requests about the candidate to those who may read them, and of corrections', async () => {
  const path = await certified('04417');
  const candidateId = path.split('/')[3] as string;
  const { number } = await submittedRequest(app, {
    form: 'reasonable-adjustment',
    by: 'coordinator',
    answers: { candidate: [candidateId] },
  });
  const coordinator = await app.logIn('coordinator');
  const { text } = await coordinator.get(`${path}?kind=request`);
  assert.match(text, /Request sent/);
  assert.match(text, new RegExp(`${number}`));
  const assessor = await app.logIn('assessor');
  assert.doesNotMatch((await assessor.get(path)).text, /Request sent/, 'the office reads it, an assessor does not');
  const officer = await app.logIn('officer');
  assert.match((await officer.get(path)).text, /Request sent/);
  const [, corrected] = /href="(\/web-portal\/candidates\/[0-9a-f-]{36})"/.exec(
    (await coordinator.get('/web-portal/candidates?q=Wragby')).text,
  ) as RegExpExecArray;
  assert.match((await coordinator.get(`${corrected}/time-line`)).text, /Details corrected/);
});

test('a centre sees nothing of a candidate of another, and of one of its own only what happened with itself', async () => {
  const path = await certified('04417');
  const other = await app.logIn('coordinator2');
  assert.equal((await other.get(path)).status, 404);
  assert.equal((await other.get(`${path}/export`)).status, 404);
  const candidateId = path.split('/')[3] as string;
  await app.services.database.write(SYSTEM, async (writer) => {
    const { id } = await writer.db
      .selectFrom('accounts.organisations')
      .select('id')
      .where('number', '=', '04426')
      .executeTakeFirstOrThrow();
    await writer.db
      .insertInto('web_portal.centre_candidates')
      .values({ centre_id: id, candidate_id: candidateId, how: 'registered', joined_at: writer.now })
      .execute();
  });
  const { status, text } = await other.get(path);
  assert.equal(status, 200);
  for (const what of ['Registered', 'Unit achieved', 'Certificate claimed', 'Certificate issued'])
    assert.doesNotMatch(text, new RegExp(`>${what}<`), `${what} of the other centre`);
});
