/** The life of a request from its submission on: thread, clock, queue, decision, effect, figures. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';

const clock = new SetClock('2026-12-21T10:00:00Z');
const DAY = 86_400_000;
let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
const USERNAMES = ['coordinator', 'assessor', 'invigilator', 'coordinator2', 'officer', 'quality', 'finance'];
/** Lets days pass; everybody logs in again. */
async function pass(days: number): Promise<void> {
  clock.advance(days * DAY);
  for (const username of USERNAMES) people.set(username, await app.logIn(username));
}
before(async () => {
  app = await startTestApplication({ clock });
  await pass(0);
});
after(() => app.close());

const rows = async <Row>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];

const request = (by = 'coordinator', form = 'general-request') => submittedRequest(app, { form, by });
const page = (id: string) => `/centres-hub/requests/${id}`;

test('the office reads all of its centre, others what they began, another centre nothing', async () => {
  const { id, number } = await request('assessor');
  for (const username of ['assessor', 'coordinator', 'officer']) {
    const answer = await who(username).get(page(id));
    assert.equal(answer.status, 200, username);
    assert.match(answer.text, new RegExp(number));
  }
  for (const username of ['invigilator', 'coordinator2']) assert.equal((await who(username).get(page(id))).status, 404);
  assert.match((await who('coordinator').get('/centres-hub/requests')).text, new RegExp(number));
  for (const username of ['invigilator', 'coordinator2'])
    for (const path of ['/centres-hub/requests', '/centres-hub/requests/export'])
      assert.doesNotMatch((await who(username).get(`${path}?show=all`)).text, new RegExp(number), username);
  const foreign = await who('coordinator2').post(`${page(id)}/write`, { kind: 'remark', words: 'Hello' });
  assert.equal(foreign.status, 404);
});

test('a question stops the clock and names the centre; the answer lets it go on by the days it stood', async () => {
  const { id } = await request();
  const due = async () =>
    (await rows<{ due_on: string }>('select due_on from centres_hub.requests where id = $1', [id]))[0]?.due_on;
  const before = await due();
  const asked = await who('officer').post(`${page(id)}/write`, { kind: 'question', words: 'Which room is meant?' });
  assert.equal(asked.location, `${page(id)}?done=written`, asked.text);
  assert.match((await who('coordinator').get(page(id))).text, /Waits for you: the awarding body has asked/);
  assert.match((await who('coordinator').get('/needs-attention')).text, /Which room is meant\?/);
  const early = await who('officer').post(`${page(id)}/decide`, { outcome: 'answered', reasons: 'Done' });
  assert.equal(early.status, 422);
  assert.match(early.text, /Decide when it has answered/);
  assert.match(early.text, /Done<\/textarea>/, 'what was typed is kept');
  // Over Christmas: of nine days only four are working days.
  await pass(9);
  assert.equal((await who('coordinator').post(`${page(id)}/write`, { kind: 'answer', words: 'Room 2' })).status, 303);
  const { addWorkingDays } = await import('../working-days/working-days.ts');
  assert.equal(await due(), addWorkingDays(before as string, 5));
  const twice = await who('coordinator').post(`${page(id)}/write`, { kind: 'answer', words: 'Room 3' });
  assert.equal(twice.status, 422);
  assert.match(twice.text, /answered already/);
});

test('a note is for the awarding body alone; only those whom the form names ask and decide', async () => {
  const { id } = await request();
  await who('officer').post(`${page(id)}/write`, { kind: 'note', words: 'Looks like the case of last year' });
  assert.match((await who('quality').get(page(id))).text, /case of last year/);
  assert.doesNotMatch((await who('coordinator').get(page(id))).text, /case of last year/);
  const forbidden = await who('coordinator').post(`${page(id)}/write`, { kind: 'note', words: 'Mine' });
  assert.equal(forbidden.status, 404);
  const refused = await who('finance').post(`${page(id)}/decide`, { outcome: 'answered', reasons: 'No' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /decided by others/);
});

test('of two decisions at once one counts, and the other is told', async () => {
  const { id } = await request();
  const answers = await Promise.all(
    ['officer', 'quality'].map((username) =>
      who(username).post(`${page(id)}/decide`, { outcome: 'answered', reasons: `By ${username}` }),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
  assert.match(answers.find(({ status }) => status === 422)?.text ?? '', /has been decided/);
  const decided = await rows('select kind from centres_hub.request_entries where request_id = $1 and kind = $2', [
    id,
    'decided',
  ]);
  assert.equal(decided.length, 1);
});

test('a decision is told with its reasons; how content the centre was is asked once', async () => {
  const { id, number } = await request('assessor');
  assert.equal((await who('officer').post(`${page(id)}/decide`, { outcome: 'answered', reasons: '' })).status, 422);
  await who('officer').post(`${page(id)}/decide`, { outcome: 'answered', reasons: 'Use the large room' });
  assert.match((await who('assessor').get('/notifications')).text, new RegExp(`Answered: ${number}`));
  assert.match((await who('assessor').get(page(id))).text, /Use the large room[\s\S]*How did we do\?/);
  const none = await who('assessor').post(`${page(id)}/feedback`, { kind: 'feedback', feedbackWords: 'Kept' });
  assert.equal(none.status, 422);
  assert.match(none.text, /Choose how content you are[\s\S]*Kept<\/textarea>/);
  const given = { kind: 'feedback', score: '4', feedbackWords: 'Quick' };
  assert.equal((await who('assessor').post(`${page(id)}/feedback`, given)).status, 303);
  assert.match((await who('coordinator').post(`${page(id)}/feedback`, given)).text, /has answered already/);
  const figures = (await who('officer').get('/centres-hub/requests/statistics')).text;
  // Beside the five points that the demonstration gave for another form.
  assert.match(figures, /How content, of 5<\/dt><dd>4\.5<small>2 answers/);
  assert.match(figures, />General request<\/a>(?:(?!<\/tr>)[\s\S])*4\.0/);
  assert.equal((await who('coordinator').get('/centres-hub/requests/statistics')).status, 403);
});

test('whoever takes a request has it; overdue ones come first to the eye', async () => {
  const { id, number } = await request();
  await who('officer').post(`${page(id)}/assign`, { to: 'me' });
  const mine = '/centres-hub/requests?assigned=me';
  assert.match((await who('officer').get(mine)).text, new RegExp(number));
  assert.doesNotMatch((await who('quality').get(mine)).text, new RegExp(number));
  await who('coordinator').post(`${page(id)}/write`, { kind: 'remark', words: 'It is urgent' });
  assert.match((await who('officer').get('/notifications')).text, new RegExp(`Added to: ${number}`));
  await pass(60);
  assert.match((await who('officer').get('/centres-hub/requests?show=overdue')).text, new RegExp(number));
  assert.match((await who('officer').get('/needs-attention')).text, /requests? overdue/);
});

test('a withdrawn request stays readable and ends there', async () => {
  const { id } = await request();
  assert.equal((await who('coordinator').post(`${page(id)}/withdraw`, { reason: '' })).status, 422);
  const gone = await who('coordinator').post(`${page(id)}/withdraw`, { reason: 'Solved by ourselves' });
  assert.equal(gone.location, `${page(id)}?done=withdrawn`);
  assert.match((await who('coordinator').get(page(id))).text, /Solved by ourselves/);
  const late = await who('officer').post(`${page(id)}/decide`, { outcome: 'answered', reasons: 'Yes' });
  assert.match(late.text, /was withdrawn/);
});

test('a reasonable adjustment sets the clock of booked tests and of those to come', async () => {
  const [booked] = await rows<{ id: string; candidate_id: string }>(
    `select s.id, s.candidate_id from online_assessments.sittings s join online_assessments.sessions e on e.id = s.session_id
     join accounts.organisations o on o.id = s.centre_id
     where s.state = 'booked' and o.number = '04417' and s.extra_time_percent = 0 order by e.starts_at desc limit 1`,
  );
  assert.ok(booked, 'the demonstration has a booked test');
  // Back before the test, so that the adjustment is in force on its day.
  const until = '2028-06-30';
  await rows(
    `update online_assessments.sessions set starts_at = $1 where id = (select session_id from online_assessments.sittings where id = $2)`,
    [new Date(app.services.clock.now().getTime() + 3 * DAY), booked.id],
  );
  const { id } = await submittedRequest(app, {
    form: 'reasonable-adjustment',
    by: 'coordinator',
    answers: {
      candidate: booked.candidate_id,
      restBreaks: 'yes',
      arrangements: ['extra-time', 'prompter'],
      extraTimePercent: '50',
      validUntil: until,
      notes: 'Sits near the door',
    },
  });
  const wrong = await who('officer').post(`${page(id)}/decide`, {
    outcome: 'granted_in_part',
    reasons: 'Less',
    'granted.extraTimePercent': '400',
    'granted.validUntil': until,
  });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /must be at most 100/);
  const granted = await who('officer').post(`${page(id)}/decide`, {
    outcome: 'granted_in_part',
    reasons: 'A little less, by the evidence',
    'granted.extraTimePercent': '40',
    'granted.validUntil': until,
  });
  assert.equal(granted.status, 303, granted.text);
  assert.match(
    (await who('coordinator').get(page(id))).text,
    /40 % extra time, rest breaks, prompter until 30 June 2028/,
  );
  assert.match((await who('coordinator').get(page(id))).text, /1 booked test changed to it/);
  const [after] = await rows<{ extra_time_percent: number }>(
    'select extra_time_percent from online_assessments.sittings where id = $1',
    [booked.id],
  );
  assert.equal(after?.extra_time_percent, 40);
  const candidate = (await who('coordinator').get(`/web-portal/candidates/${booked.candidate_id}`)).text;
  assert.match(candidate, /Access arrangement[\s\S]*40 % extra time[\s\S]*Sits near the door/);
  // The form as it was asked for stays as it was.
  const [kept] = await rows<{ percent: string }>(
    `select answers ->> 'extraTimePercent' as percent from centres_hub.requests where id = $1`,
    [id],
  );
  assert.equal(kept?.percent, '50');
});

test('every form that comes with the product has the questions that its effect reads', async () => {
  const { SHIPPED_FORMS } = await import('../forms/shipped/shipped-forms.ts');
  const { effectProblems } = await import('./decision-effects.ts');
  const effects = SHIPPED_FORMS.filter(({ definition }) => definition.effect !== null);
  assert.ok(effects.length >= 4, `only ${effects.length} forms have an effect`);
  for (const { code, definition } of SHIPPED_FORMS) assert.deepEqual(effectProblems(definition), [], code);
});
