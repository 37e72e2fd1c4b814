/** The yearly survey: asked of each approved centre once a year, answered, counted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';
import { SHIPPED_FORMS } from '../forms/shipped/shipped-forms.ts';
import { answerFigures } from './answer-figures.ts';

const clock = new SetClock('2026-12-21T10:00:00Z');
const DAY = 86_400_000;
let app: TestApplication;
before(async () => {
  app = await startTestApplication({ clock });
});
after(() => app.close());

const needs = async (who: PlainBrowser) => (await who.get('/needs-attention')).text;
const answers = {
  registering: 'well',
  tests: 'badly',
  certificates: 'well',
  answers: 'well',
  documents: 'well',
  recommend: '8',
  first: 'Say how long it takes',
};

test('it is due a year after the last one, for the office alone, and not at a centre of yesterday', async () => {
  const coordinator2 = await app.logIn('coordinator2');
  assert.match(await needs(coordinator2), /Yearly survey is due/);
  assert.match(await needs(coordinator2), /\/centres-hub\/requests\/new\/yearly-survey/);
  assert.doesNotMatch(await needs(await app.logIn('invigilator2')), /Yearly survey is due/);
  assert.doesNotMatch(await needs(await app.logIn('coordinator')), /Yearly survey is due/, 'sent by the demonstration');

  const { id } = await submittedRequest(app, { form: 'yearly-survey', by: 'coordinator2', centre: '04426', answers });
  assert.doesNotMatch(await needs(coordinator2), /Yearly survey is due/);
  clock.advance(364 * DAY);
  assert.doesNotMatch(await needs(await app.logIn('coordinator2')), /Yearly survey is due/);
  clock.advance(2 * DAY);
  assert.match(await needs(await app.logIn('coordinator2')), /Yearly survey is due/);
  assert.ok(id);
  await asSuperuser(app.database.url, (db) =>
    db.query(
      `update centres_hub.centres c set approved_on = '2027-12-20' from accounts.organisations o
       where o.id = c.id and o.number = '04426'`,
    ),
  );
  assert.doesNotMatch(await needs(await app.logIn('coordinator2')), /Yearly survey is due/);
});

test('a draft of it is gone on with', async () => {
  await asSuperuser(app.database.url, (db) => db.query(`update centres_hub.centres set approved_on = '2015-09-01'`));
  const administrator = await app.logIn('administrator');
  assert.match(await needs(administrator), /Yearly survey is due/);
  const begun = await administrator.post('/centres-hub/requests/new/yearly-survey', {});
  assert.equal(begun.status, 303, begun.text);
  assert.ok((await needs(administrator)).includes(String(begun.location)));
});

test('the awarding body sees how often each answer was given, centres do not', async () => {
  await submittedRequest(app, { form: 'yearly-survey', by: 'coordinator', answers });
  const path = '/centres-hub/requests/statistics/answers/yearly-survey';
  const officer = await app.logIn('officer');
  const page = await officer.get(path);
  assert.equal(page.status, 200);
  const csv = (await officer.get(`${path}/export?days=30`)).text;
  assert.match(csv, /Online tests,Badly,1,1,100/);
  assert.match(csv, /Online tests,Very well,0,1,0/);
  assert.match(csv, /How likely[^,]*,8,1,1,100/);
  assert.equal((await (await app.logIn('coordinator')).get(path)).status, 403);
  assert.equal((await officer.get('/centres-hub/requests/statistics/answers/no-such-form')).status, 404);
});

test('an answer counts only where its question was asked', () => {
  const feedback = SHIPPED_FORMS.find(({ code }) => code === 'general-request')?.definition;
  const counted = answerFigures([
    { definition: feedback, answers: { aboutCandidate: 'yes' } },
    { definition: feedback, answers: { aboutCandidate: 'no' } },
    { definition: feedback, answers: {} },
  ]);
  assert.deepEqual(
    counted.map(({ answer, given, of }) => [answer, given, of]),
    [
      ['Yes', 1, 2],
      ['No', 1, 2],
    ],
  );
});
