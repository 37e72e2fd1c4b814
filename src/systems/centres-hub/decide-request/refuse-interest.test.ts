/** General Condition A4: a declared interest stands against the decision of a request. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

const rows = async <Row extends object>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];

const declare = (who: PlainBrowser, fields: Record<string, string>) =>
  who.post('/centres-hub/conflicts/declare?centre=04417', {
    relation: 'relative',
    words: 'My nephew',
    submissionId: randomUUID(),
    ...fields,
  });

test('nobody decides about a relative, nor a request that a relative made', async () => {
  const [candidate] = await rows<{ id: string; number: string }>(
    `select c.id, c.candidate_number as number from web_portal.published_candidates c
     join accounts.organisations o on o.id = c.centre_id where o.number = '04417' order by c.candidate_number limit 1`,
  );
  const adjustment = await submittedRequest(app, {
    form: 'special-consideration',
    by: 'coordinator',
    answers: { candidate: candidate?.id ?? '' },
  });
  const [form] = await rows<{ keys: string[]; roles: string[] }>(
    `select array(select q ->> 'key' from jsonb_array_elements(v.definition -> 'sections') s, jsonb_array_elements(s -> 'questions') q
       where q ->> 'type' = 'candidate') as keys, array(select jsonb_array_elements_text(v.definition -> 'decidedBy')) as roles
     from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id where r.id = $1`,
    [adjustment.id],
  );
  assert.deepEqual(form?.keys, ['candidate'], 'the form names a candidate');
  const decider = form?.roles.includes('officer') ? 'officer' : 'quality';
  const colleague = await app.logIn(decider);
  assert.equal(
    (await declare(colleague, { about: 'candidate', candidateNumber: candidate?.number ?? '' })).status,
    303,
  );
  const decide = (id: string) =>
    colleague.post(`/centres-hub/requests/${id}/decide`, { outcome: 'refused', reasons: 'There is no evidence of it' });
  const refused = await decide(adjustment.id);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /A declared interest stands against it: relative.*Ask a colleague to decide/s);
  assert.match(refused.text, /There is no evidence of it<\/textarea>/);

  const [invigilator] = await rows<{ id: string }>(
    `select person_id as id from accounts.credentials where username = 'invigilator'`,
  );
  const general = await submittedRequest(app, { form: 'general-request', by: 'invigilator' });
  const officer = await app.logIn('officer');
  await declare(officer, { about: 'colleague', colleague: invigilator?.id ?? '' });
  const own = await officer.post(`/centres-hub/requests/${general.id}/decide`, {
    outcome: 'answered',
    reasons: 'Yes, you may',
  });
  assert.equal(own.status, 422);
  assert.match(own.text, /A declared interest stands against it/);
  const [state] = await rows<{ state: string }>('select state from centres_hub.requests where id = $1', [general.id]);
  assert.equal(state?.state, 'submitted');
});
