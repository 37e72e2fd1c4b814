import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { conflictBetween } from '#centres-hub';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { startSitting } from '#test/sitting.ts';
import { confirmIdentity } from '../confirm-identity/confirm-identity.ts';
import { openSession } from '../open-session/open-session.ts';

let app: TestApplication;
let invigilator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  invigilator = await app.logIn('invigilator');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const idOf = async (username: string) =>
  (await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [username]))[0]
    ?.id as string;
const declare = (browser: PlainBrowser, fields: Record<string, string>) =>
  browser.post('/centres-hub/conflicts/declare', {
    relation: 'relative',
    words: 'My sister’s son',
    submissionId: randomUUID(),
    ...fields,
  });
const endLatest = async (browser: PlainBrowser, person: string) => {
  const [one] = await rows<{ id: string }>(
    'select id from centres_hub.conflict_declarations where person_id = $1 order by declared_at desc limit 1',
    [person],
  );
  return browser.post(`/centres-hub/conflicts/${one?.id}/end`, { reason: 'It is no longer so' });
};

it('a declared interest keeps the invigilator from the candidate, at the opening and at the seat, until they end', async () => {
  const sitting = await startSitting(app, { upTo: 'arrived' });
  const { sittingId, sessionId, asInvigilator } = sitting;
  const confirm = () => asInvigilator((writer) => confirmIdentity(writer, { sittingId, document: 'passport' }));
  assert.match(
    (await declare(invigilator, { about: 'candidate', candidateNumber: '12345678' })).text,
    /no candidate of this number/,
  );
  const answer = await declare(invigilator, { about: 'candidate', candidateNumber: sitting.candidateNumber });
  assert.equal(answer.status, 303, answer.text);
  await assert.rejects(
    confirm(),
    /A declared interest stands against it: relative, .*\. You cannot invigilate this test/,
  );
  await rows(
    `update online_assessments.sessions set state = 'planned', opened_at = null, opened_by = null where id = $1`,
    [sessionId],
  );
  const open = () => asInvigilator((writer) => openSession(writer, { sessionId }));
  await assert.rejects(open(), /You cannot invigilate this test. Ask another invigilator/);

  const [candidate] = await rows<{ id: string }>('select id from web_portal.candidates where candidate_number = $1', [
    sitting.candidateNumber,
  ]);
  const between = (personId: string) =>
    app.services.database.read(SYSTEM, (reader) =>
      conflictBetween(reader, { centreId: sitting.centreId, personId, candidateId: candidate?.id }),
    );
  assert.equal((await between(sitting.invigilator.personId))?.relation, 'relative');
  assert.equal(await between(await idOf('assessor')), null);
  assert.equal((await endLatest(invigilator, sitting.invigilator.personId)).status, 303);
  assert.equal(await between(sitting.invigilator.personId), null);
  await open();
  await confirm();
});

it('somebody put down as invigilator for another site only cannot open the session', async () => {
  const sitting = await startSitting(app, { upTo: 'arrived' });
  const [site] = await rows<{ id: string; other: string }>(
    `select min(id::text)::uuid as id, max(id::text)::uuid as other from centres_hub.sites where centre_id = $1`,
    [sitting.centreId],
  );
  await rows('update online_assessments.sessions set site_id = $1 where id = $2', [site?.id, sitting.sessionId]);
  const confirm = () =>
    sitting.asInvigilator((writer) => confirmIdentity(writer, { sittingId: sitting.sittingId, document: 'passport' }));
  await rows(
    `update centres_hub.staff_functions f set site_id = $1 from centres_hub.staff_members s
     where s.id = f.staff_member_id and s.person_id = $2 and f.function = 'invigilator'`,
    [site?.other, sitting.invigilator.personId],
  );
  await assert.rejects(
    confirm(),
    /You cannot invigilate this session. Is not put down as invigilator for this product here/,
  );
  await rows(
    `update centres_hub.staff_functions f set site_id = null from centres_hub.staff_members s
     where s.id = f.staff_member_id and s.person_id = $1 and f.function = 'invigilator'`,
    [sitting.invigilator.personId],
  );
  await confirm();
});
