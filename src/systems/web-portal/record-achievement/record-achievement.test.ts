import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { html } from '#platform/html/html.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { unitsOf } from '#products';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import {
  changeRegistrationState,
  completeRegistration,
  joinCandidateContributions,
  recordUnitAchievement,
  registrationForClaim,
  reopenRegistration,
  unitAchievementsOf,
} from '../index.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

/** An active registration of the first centre for a product on which nothing is achieved. */
const openRegistration = (code: string) =>
  app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.registrations as r')
      .innerJoin('products.products as p', 'p.id', 'r.product_id')
      .innerJoin('accounts.organisations as o', 'o.id', 'r.centre_id')
      .select(['r.id', 'r.centre_id', 'r.candidate_id', 'r.product_version_id as versionId'])
      .where('o.number', '=', '04417')
      .where('p.code', '=', code)
      .where('r.state', '=', 'active')
      .where('r.units_achieved', '=', 0)
      .orderBy('r.id')
      .executeTakeFirstOrThrow(),
  );
const units = (versionId: string) => app.services.database.read(SYSTEM, (reader) => unitsOf(reader, versionId));
const record = (registrationId: string, unitId: string, at = new Date('2026-11-20T10:00:00Z')) =>
  app.services.database.write(SYSTEM, (writer) =>
    recordUnitAchievement(writer, { registrationId, unitId, sourceKind: 'sitting', sourceId: randomUUID(), at }),
  );
const claim = (id: string) => app.services.database.read(SYSTEM, (reader) => registrationForClaim(reader, id));

test('one unit of a one-unit award: the rule is met, once; a second time changes nothing', async () => {
  const { id, versionId } = await openRegistration('ARH');
  const [unit] = await units(versionId);
  const at = new Date('2026-11-20T10:00:00Z');
  assert.deepEqual(await record(id, unit?.id as string, at), { outcome: 'recorded', requirementsMet: true });
  assert.deepEqual(await record(id, unit?.id as string, new Date()), {
    outcome: 'already_recorded',
    requirementsMet: true,
  });
  const known = await claim(id);
  assert.equal(known?.requirementsMetAt?.toISOString(), at.toISOString());
  assert.equal(known?.achievements.length, 1);
  assert.match(known?.candidate.number ?? '', /^\d{8}$/);
});

test('the same unit recorded by several at the same moment stands once', async () => {
  const { id, versionId } = await openRegistration('LVP');
  const [unit] = await units(versionId);
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => record(id, unit?.id as string)));
  assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), [
    'already_recorded',
    'already_recorded',
    'already_recorded',
    'recorded',
  ]);
  assert.equal((await app.services.database.read(SYSTEM, (reader) => unitAchievementsOf(reader, id))).length, 1);
  assert.equal((await claim(id))?.requirementsMetAt, null);
});

test('a unit of another product is an error, a registration that is not there is not found', async () => {
  const arh = await openRegistration('ARH');
  const lvp = await openRegistration('LVP');
  const [foreign] = await units(lvp.versionId);
  await assert.rejects(record(arh.id, foreign?.id as string), /is not of the version/);
  await assert.rejects(record(randomUUID(), foreign?.id as string), NotFound);
});

test('a withdrawn registration keeps what is achieved late, a void one takes nothing', async () => {
  const { id, versionId } = await openRegistration('EVH');
  const [unit] = await units(versionId);
  const change = (registrationId: string, act: 'withdraw' | 'void') =>
    app.services.database.write(SYSTEM, (writer) =>
      changeRegistrationState(writer, { registrationId, act, reason: 'Test of states' }),
    );
  assert.equal(await change(id, 'withdraw'), 'withdrawn');
  assert.equal((await record(id, unit?.id as string)).outcome, 'recorded');
  await assert.rejects(change(id, 'void'), Refused);
  const other = await openRegistration('EVH');
  assert.equal(await change(other.id, 'void'), 'void');
  assert.equal((await record(other.id, unit?.id as string)).outcome, 'void');
});

test('completing and reopening note who, when and why; a second completion is refused', async () => {
  const { id, versionId, candidate_id } = await openRegistration('ARH');
  await record(id, (await units(versionId))[0]?.id as string);
  const write = app.services.database.write.bind(app.services.database);
  assert.equal(
    await write(SYSTEM, (writer) =>
      completeRegistration(writer, { registrationId: id, reason: 'Certificate 123 issued' }),
    ),
    'completed',
  );
  await assert.rejects(
    write(SYSTEM, (writer) => completeRegistration(writer, { registrationId: id, reason: 'Again' })),
    /is completed, so it cannot be completed/,
  );
  const coordinator = await app.logIn('coordinator');
  assert.match(
    (await coordinator.get(`/web-portal/candidates/${candidate_id}`)).text,
    /Registration completed<\/span>[^<]*: Certificate 123 issued/,
  );
  assert.equal(
    await write(SYSTEM, (writer) => reopenRegistration(writer, { registrationId: id, reason: 'Certificate revoked' })),
    'active',
  );
  const { text } = await coordinator.get(`/web-portal/registrations/${id}`);
  assert.match(text, /Certificate revoked/);
  assert.match(text, /All units achieved/);
});

test('what the systems to the left know stands on the pages: parts, next steps, the way to the claim', async () => {
  const { id, candidate_id, versionId } = await openRegistration('LVP');
  const known = await units(versionId);
  joinCandidateContributions({
    candidateSections: [
      async (_, candidateId) => [{ id: 'tests', title: 'Tests', body: html`<p>Sittings of ${candidateId}</p>` }],
    ],
    unitSteps: [async () => [{ unitId: known[1]?.id as string, text: 'Test opens 25 November 2026 at 13:30' }]],
    claimStep: [async () => null],
  });
  try {
    const coordinator = await app.logIn('coordinator');
    const { text } = await coordinator.get(`/web-portal/candidates/${candidate_id}`);
    assert.match(text, new RegExp(`<h2 id="tests">Tests</h2>[^<]*<p>Sittings of ${candidate_id}`));
    const page = await coordinator.get(`/web-portal/registrations/${id}`);
    assert.match(page.text, /Test opens 25 November 2026 at 13:30/);
    assert.match(page.text, /Still needed for the certificate/);
  } finally {
    joinCandidateContributions({});
  }
});

test('the demonstration: those who can log in are linked to a candidate of their own centre, with a test to sit', async () => {
  const rows = await app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.candidates as c')
      .innerJoin('accounts.credentials as k', 'k.person_id', 'c.person_id')
      .innerJoin('web_portal.centre_candidates as j', 'j.candidate_id', 'c.id')
      .innerJoin('accounts.memberships as m', (join) =>
        join.onRef('m.person_id', '=', 'c.person_id').onRef('m.organisation_id', '=', 'j.centre_id'),
      )
      .innerJoin('web_portal.registrations as r', 'r.candidate_id', 'c.id')
      .innerJoin('products.products as p', 'p.id', 'r.product_id')
      .select(['k.username', 'p.code', 'm.role'])
      .orderBy('k.username')
      .orderBy('p.code')
      .execute(),
  );
  assert.deepEqual(
    rows.filter(({ code }) => code === 'ARH').map(({ username, role }) => [username, role]),
    [
      ['candidate', 'candidate'],
      ['candidate2', 'candidate'],
    ],
  );
  assert.ok(rows.some(({ username, code }) => username === 'candidate' && code === 'EVH'));
});

test('candidates see on their own home page what they are registered for, and nobody else does', async () => {
  const candidate2 = await app.logIn('candidate2');
  const { text } = await candidate2.get('/home');
  assert.match(text, /What you are registered for/);
  assert.match(text, /In progress, 0 of 1 unit achieved\. Your candidate number is \d{8}/);
  assert.doesNotMatch((await (await app.logIn('member')).get('/home')).text, /What you are registered for/);
});
