/** Withdrawn and reopened through the pages: what follows, what stands in the way, what others may not, what changed meanwhile. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
before(async () => {
  app = await startTestApplication();
  for (const username of ['coordinator', 'administrator', 'assessor', 'coordinator2', 'officer', 'invigilator'])
    people.set(username, await app.logIn(username));
});
after(() => app.close());

const rows = async <Row extends object>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];
const seenIn = (text: string) => /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? '';
const submissionIn = (text: string) => /name="submissionId" value="([^"]+)"/.exec(text)?.[1] ?? '';

interface Registration {
  readonly id: string;
  readonly start: string;
  readonly days: number;
  readonly late: boolean;
}
const FACTS = 'r.id, r.programme_start::text as start, r.days_used as days, r.late';
/** A registration of the first centre by a condition. */
async function registration(condition: string): Promise<Registration> {
  const [found] = await rows<Registration>(
    `select ${FACTS} from web_portal.registrations r join accounts.organisations o on o.id = r.centre_id and o.number = '04417'
     where ${condition} order by r.registered_at, r.id limit 1`,
  );
  assert.ok(found, condition);
  return found;
}
const NO_PRIOR = 'not exists (select from web_portal.prior_learning p where p.registration_id = r.id)';
const NO_SITTING = 'not exists (select from online_assessments.sittings s where s.registration_id = r.id)';
const BEGUN = `r.state = 'active' and r.units_achieved > 0 and r.requirements_met_at is null and r.programme_start < current_date - 3 and ${NO_PRIOR} and ${NO_SITTING}`;
const today = () => {
  const [year, month, day] = app.services.clock.now().toISOString().slice(0, 10).split('-') as [string, string, string];
  return { 'on-day': day, 'on-month': month, 'on-year': year };
};
const withdrawal = async (by: string, id: string, more: Record<string, string> = {}) => {
  const { text } = await who(by).get(`/web-portal/registrations/${id}/withdraw`);
  return who(by).post(`/web-portal/registrations/${id}/withdraw`, {
    reason: 'moved_away',
    words: 'to another town',
    ...today(),
    seen: seenIn(text),
    ...more,
  });
};

test('a withdrawal keeps units, says reason and day, and is reopened with the first start and days used', async () => {
  const one = await registration(BEGUN);
  const page = `/web-portal/registrations/${one.id}`;
  assert.match((await who('coordinator').get(page)).text, /href="[^"]+\/withdraw"/);
  const shown = await who('coordinator').get(`${page}/withdraw`);
  assert.match(shown.text, /units? achieved on it stays? on record/);
  const done = await withdrawal('coordinator', one.id);
  assert.equal(done.status, 303, done.text);
  const [line] = await rows(
    `select to_state, reason, reason_kind, effective_on::text as on from web_portal.registration_states
     where registration_id = $1 order by at desc, id desc limit 1`,
    [one.id],
  );
  assert.deepEqual(line, {
    to_state: 'withdrawn',
    reason: 'Moved away: to another town',
    reason_kind: 'moved_away',
    on: app.services.clock.now().toISOString().slice(0, 10),
  });
  assert.match((await who('coordinator').get(page)).text, /Moved away: to another town/);
  const told = await rows(
    `select from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
     where n.kind = 'web-portal.registration-amended' and c.username = 'administrator'`,
  );
  assert.equal(told.length, 1);
  const open = await who('administrator').get(`${page}/reopen`);
  const fields = { reason: 'The candidate came back', seen: seenIn(open.text), submissionId: submissionIn(open.text) };
  assert.equal((await who('administrator').post(`${page}/reopen`, fields)).status, 303);
  // The double click leads where the first one led.
  assert.equal((await who('administrator').post(`${page}/reopen`, fields)).status, 303);
  const [again] = await rows(
    `select ${FACTS}, r.state, r.units_achieved > 0 as kept from web_portal.registrations r where r.id = $1`,
    [one.id],
  );
  assert.deepEqual(again, { ...one, state: 'active', kept: true });
  const [count] = await rows<{ count: number }>(
    `select count(*)::int as count from web_portal.registration_states where registration_id = $1 and to_state = 'active' and from_state = 'withdrawn'`,
    [one.id],
  );
  assert.equal(count?.count, 1);
});

test('what is wrong is said at its field, and what was typed stays', async () => {
  const one = await registration(BEGUN);
  const bad = await withdrawal('coordinator', one.id, { reason: 'other', words: '', 'on-year': '2099' });
  assert.equal(bad.status, 422);
  assert.match(bad.text, /Say in a few words why/);
  const future = await withdrawal('coordinator', one.id, { 'on-year': '2099' });
  assert.equal(future.status, 422);
  assert.match(future.text, /lies in the future/);
  assert.match(future.text, /to another town/);
  const early = await withdrawal('coordinator', one.id, { 'on-year': '2001' });
  assert.match(early.text, /before the start of the programme/);
});

test('what changed between the preview and the act is said, and nothing is done', async () => {
  const one = await registration(BEGUN);
  const { text } = await who('coordinator').get(`/web-portal/registrations/${one.id}/withdraw`);
  await asSuperuser(app.database.url, (db) =>
    db.query('update web_portal.registrations set units_achieved = units_achieved + 1 where id = $1', [one.id]),
  );
  const answer = await withdrawal('coordinator', one.id, { seen: seenIn(text) });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /Something changed since you looked/);
  await asSuperuser(app.database.url, (db) =>
    db.query('update web_portal.registrations set units_achieved = units_achieved - 1 where id = $1', [one.id]),
  );
});

test('an open claim of prior learning stands in the way; a booking is cancelled', async () => {
  const claimed = await registration(
    `r.state = 'active' and exists (select from web_portal.prior_learning p where p.registration_id = r.id and p.state in ('proposed', 'confirmed'))`,
  );
  const refused = await withdrawal('coordinator', claimed.id);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /claim of prior learning/);
  const booked = await registration(
    `r.state = 'active' and r.programme_start <= current_date and ${NO_PRIOR}
     and exists (select from online_assessments.sittings s where s.registration_id = r.id and s.state = 'booked')
     and not exists (select from online_assessments.sittings s where s.registration_id = r.id and s.state not in ('booked', 'released', 'cancelled', 'absent', 'void'))`,
  );
  const { text } = await who('coordinator').get(`/web-portal/registrations/${booked.id}/withdraw`);
  assert.match(text, /The booking for .* is cancelled/);
  const done = await withdrawal('coordinator', booked.id);
  assert.equal(done.status, 303, done.text);
  const left = await rows(`select from online_assessments.sittings where registration_id = $1 and state = 'booked'`, [
    booked.id,
  ]);
  assert.equal(left.length, 0);
});

test('what has lapsed is reopened by the awarding body alone; others see and do nothing', async () => {
  const lapsed = await registration(`r.state = 'lapsed'`);
  const page = `/web-portal/registrations/${lapsed.id}/reopen`;
  assert.match((await who('coordinator').get(page)).text, /the awarding body reopens it/);
  const refused = await who('coordinator').post(page, { reason: 'The candidate came back', seen: 'x' });
  assert.equal(refused.status, 422);
  const { text } = await who('officer').get(page);
  const done = await who('officer').post(page, { reason: 'The candidate came back', seen: seenIn(text) });
  assert.equal(done.status, 303, done.text);
  const one = await registration(BEGUN);
  assert.equal((await who('coordinator2').get(`/web-portal/registrations/${one.id}/withdraw`)).status, 404);
  assert.equal((await withdrawal('coordinator2', one.id)).status, 404);
  assert.equal((await who('assessor').get(`/web-portal/registrations/${one.id}/withdraw`)).status, 403);
});
