/** A day in a test room, by forms as a browser without script sends them: planned, booked, opened, sat, closed. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { pinOf } from '#accounts';
import { assessmentAttention, candidateTests, ownTestsCard, testSteps, testsToday } from '#online-assessments';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import {
  DEMO_PASSWORD,
  type PlainBrowser,
  SetClock,
  startTestApplication,
  type TestApplication,
} from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { principalAt, SeatClient, startSitting, type TestSitting } from '#test/sitting.ts';

const clock = new SetClock(new Date('2026-11-23T09:00:00Z'));
const MINUTE = 60_000;
let app: TestApplication;
let coordinator: PlainBrowser;
let invigilator: PlainBrowser;
let stranger: PlainBrowser;
let known: TestSitting;
let session = '';
let sittings: string[] = [];
let seat: SeatClient;

before(async () => {
  app = await startTestApplication({ clock });
  [coordinator, invigilator, stranger] = (await Promise.all(
    ['coordinator', 'invigilator', 'invigilator2'].map((name) => app.logIn(name)),
  )) as [PlainBrowser, PlainBrowser, PlainBrowser];
  known = await startSitting(app, { seats: 3, upTo: 'booked' });
});
after(() => app.close());

/** Lets time pass in steps, with a sign of life of each person: nobody is logged out for idleness. */
async function pass(minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 10) {
    clock.advance(Math.min(10, left) * MINUTE);
    await Promise.all([coordinator, invigilator, stranger].map((browser) => browser.get('/online-assessments')));
  }
}
const text = async (browser: PlainBrowser, path: string, status = 200) => {
  const answer = await browser.get(path);
  assert.equal(answer.status, status, `${path}: ${answer.status}`);
  return answer.text;
};
const board = (browser = invigilator) => text(browser, `${session}/board`);
/** The tile of a seat. */
const tile = (page: string, number: number) =>
  page
    .split(`id="seat-${number}"`)[1]
    ?.split('</li>')[0]
    ?.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ') ?? '';
const moved = (answer: { status: number; location: string | null; text: string }) => {
  assert.equal(answer.status, 303, answer.text.match(/error-message[\s\S]*?<\/p>/)?.[0] ?? answer.text.slice(0, 500));
  return answer.location as string;
};
const sitting = (index: number) => `/online-assessments/sittings/${sittings[index]}`;
const pin = (username: string) =>
  app.services.database.read(SYSTEM, async (reader) => {
    const holder = await reader.db
      .selectFrom('accounts.credentials as c')
      .innerJoin('accounts.memberships as m', 'm.person_id', 'c.person_id')
      .select(['c.person_id as personId', 'm.organisation_id as organisationId'])
      .where('c.username', '=', username)
      .executeTakeFirstOrThrow();
    return (await pinOf(reader, app.services, holder)) as string;
  });

it('takes bookings back, with a reason', async () => {
  for (const { sittingId } of known.seats) {
    const path = `/online-assessments/sittings/${sittingId}/cancel`;
    const refused = await coordinator.post(path, { reason: ' ' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Enter the reason/);
    assert.equal(
      moved(await coordinator.post(path, { reason: 'Another room' })),
      `/online-assessments/sessions/${known.sessionId}`,
    );
  }
  assert.match(await text(coordinator, `/online-assessments/sessions/${known.sessionId}`), /Cancelled bookings \(3\)/);
});

it('plans a session for now or for a time', async () => {
  const form = await text(coordinator, '/online-assessments/sessions/plan');
  const room = /<option value="([0-9a-f-]{36}\|[^"]+)"/.exec(form)?.[1] as string;
  const wrong = await coordinator.post('/online-assessments/sessions/plan', { room, when: 'later', time: '25:00' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Enter the date of the session/);
  const past = await coordinator.post('/online-assessments/sessions/plan', {
    room,
    when: 'later',
    'date-day': '20',
    'date-month': '11',
    'date-year': '2026',
    time: '09:30',
  });
  assert.match(past.text, /begin in the past/);
  const booking = moved(await coordinator.post('/online-assessments/sessions/plan', { room, when: 'now' }));
  assert.match(booking, /^\/online-assessments\/sessions\/[0-9a-f-]{36}\/book$/);
  session = booking.replace(/\/book$/, '');
  const later = moved(
    await coordinator.post('/online-assessments/sessions/plan', {
      room: 'other',
      otherRoom: 'Workshop 2',
      when: 'later',
      'date-day': '25',
      'date-month': '11',
      'date-year': '2026',
      time: '13.30',
    }),
  );
  assert.match(await text(coordinator, later.replace(/\/book$/, '')), /25 November 2026 at 13:30/);
  const list = await text(coordinator, '/online-assessments');
  assert.match(list, /Today, 09:00/);
  assert.match(list, /Workshop 2/);
  assert.ok(list.indexOf('Today, 09:00') < list.indexOf('Workshop 2'));
});

it('books several at once with their arrangements, and says why others cannot', async () => {
  const page = await text(coordinator, `${session}/book?q=test+candidate`);
  const who = known.seats.map(({ registrationId }) => `${registrationId}_${known.unitId}`);
  for (const key of who) assert.ok(page.includes(`value="${key}"`));
  assert.match(page, /25 % extra: 60 minutes = 48 \+ 25 %/);
  const nobody = await coordinator.post(`${session}/book`, {});
  assert.match(nobody.text, /Tick at least one candidate/);
  const minutes = await coordinator.post(`${session}/book`, { who, [`minutes-${who[1]}`]: 'many' });
  assert.equal(minutes.status, 422);
  assert.match(minutes.text, /whole number from 0 to 120/);
  const done = moved(
    await coordinator.post(`${session}/book`, { who, [`extra-${who[1]}`]: '25', [`minutes-${who[1]}`]: '5' }),
  );
  assert.equal(done, `${session}?booked=3`);
  const shown = await text(coordinator, done);
  assert.match(shown, /65 minutes = 48 \+ 25 % \+ 5 added/);
  sittings = [...shown.matchAll(/\/online-assessments\/sittings\/([0-9a-f-]{36})"/g)].map(([, id]) => id as string);
  assert.equal(sittings.length, 3);
  const again = await coordinator.post(`${session}/book`, { who: who[0] as string });
  assert.equal(again.status, 422);
  assert.match(again.text, /Test Candidate 1: The candidate is booked for this test already/);
  assert.match(await text(coordinator, `${session}/book?q=test+candidate`), /Cannot sit at this time/);
});

it('is opened by an invigilator with PIN and password, and by nobody else', async () => {
  const seen = await text(coordinator, session);
  assert.match(seen, /An invigilator opens the session/);
  assert.doesNotMatch(seen, /Open the session<\/a>/);
  for (const answer of [await coordinator.get(`${session}/open`), await coordinator.post(`${session}/open`)])
    assert.equal(answer.status, 403);
  await pass(20);
  const stale = await invigilator.get(`${session}/open`);
  assert.match(stale.text, /name="pin"/);
  assert.match((await invigilator.post(`${session}/open`)).text, /Enter your PIN and password/);
  const wrong = await invigilator.post(`${session}/open`, { pin: '00000000', password: DEMO_PASSWORD });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /The PIN and password do not match/);
  assert.match(seen, /Planned/);
  const right = { pin: await pin('invigilator'), password: DEMO_PASSWORD };
  assert.equal(moved(await invigilator.post(`${session}/open`, right)), `${session}/board`);
  assert.doesNotMatch(await text(invigilator, `${sitting(0)}/end`), /name="pin"/);
});

it('does not exist for another centre', async () => {
  const paths = ['', '/book', '/open', '/board', '/board/live', '/pause', '/close', '/incident'].map(
    (end) => session + end,
  );
  paths.push(...['', '/identity', '/pause', '/add-time', '/end', '/release', '/cancel'].map((end) => sitting(0) + end));
  for (const path of paths) assert.equal((await stranger.get(path)).status, 404, path);
  const post = {
    reason: 'x',
    minutes: '5',
    document: 'passport',
    leftWindow: '1',
    heldEvents: '0',
    kind: 'other',
    detail: 'x',
  };
  for (const path of [...paths.filter((each) => !/board|[0-9a-f]$/.test(each)), `${sitting(0)}/seen`])
    assert.equal((await stranger.post(path, post)).status, 404, path);
  assert.doesNotMatch(await text(stranger, '/online-assessments'), new RegExp(session));
});

it('shows arrivals, and the identity check lets them begin', async () => {
  assert.match(tile(await board(), 1), /Seat 1 Waiting Test Candidate 1.*Not arrived/);
  const code = /class="code">([A-Z2-9]{3}-[2-9]{3})</.exec(await board())?.[1] as string;
  for (const [index, path] of [sitting(0), sitting(1)].entries()) {
    const own = known.seats[index] as (typeof known.seats)[number];
    moved(await own.browser.post('/sit', { candidateNumber: own.candidateNumber, code }));
    assert.match(await board(), new RegExp(`Seat ${index + 1}, Test Candidate ${index + 1}, has arrived`));
    const form = await text(invigilator, `${path}/identity`);
    assert.match(form, /5 May 2005/);
    assert.match((await invigilator.post(`${path}/identity`)).text, /Choose the document you have seen/);
    assert.equal(
      moved(await invigilator.post(`${path}/identity`, { document: 'passport' })),
      `${session}/board#seat-${index + 1}`,
    );
  }
  assert.match(tile(await board(), 1), /Reads the rules/);
  assert.equal((await coordinator.post(`${sitting(0)}/identity`, { document: 'passport' })).status, 403);
});

it('follows the work: progress, leaving the window, pause, resumption, time', async () => {
  seat = new SeatClient(app.url, known.seats[0]?.browser as PlainBrowser);
  await seat.start();
  for (const number of [1, 2, 3]) assert.equal((await seat.answer(number, seat.rightLetters(number))).status, 200);
  assert.match(tile(await board(), 1), /Online Test Candidate 1 3 of 10 3\/10 48:00 left/);
  await seat.pulse(true);
  assert.match(await board(), /left the test window once/);
  moved(await invigilator.post(`${sitting(0)}/seen`, { leftWindow: '1', heldEvents: '0' }));
  assert.doesNotMatch(await board(), /left the test window/);

  const button =
    /action="([^"]+\/pause)"[\s\S]*?name="submissionId" value="([^"]+)"[\s\S]*?name="reason" value="([^"]+)"/;
  const [, action = '', submissionId = '', reason = ''] = button.exec(await board()) ?? [];
  const part = await text(invigilator, `${session}/board/live`);
  assert.ok(part.includes(submissionId), 'the same button has the same id in every answer');
  assert.match(part, /every 5 seconds/);
  assert.doesNotMatch(part, /<html|Refresh/);
  moved(await invigilator.post(action, { submissionId, reason }));
  moved(await invigilator.post(action, { submissionId, reason }));
  assert.match(tile(await board(), 1), /Paused by you 09:20/);
  clock.advance(2 * MINUTE);
  assert.match(tile(await board(), 1), /48:00 left/);
  assert.match(await board(), /Resume everyone/);
  moved(await invigilator.post(`${sitting(0)}/resume`, { reason: 'Alarm over' }));
  assert.match((await invigilator.post(`${sitting(0)}/add-time`, { minutes: '0', reason: 'x' })).text, /from 1 to 120/);
  moved(await invigilator.post(`${sitting(0)}/add-time`, { minutes: '2', reason: 'Computer restarted' }));
  assert.match(tile(await board(), 1), /50:00 left/);
  clock.advance(20_000);
  const offline = await board();
  assert.match(tile(offline, 1), /Offline 2 min|Offline 20 s/);
  assert.match(offline, /Seat 1, Test Candidate 1, is offline/);
  await seat.pulse();
  moved(await invigilator.post(`${session}/incident`, { kind: 'disturbance', detail: 'Drilling next door' }));
  assert.match(await text(coordinator, session), /Drilling next door/);
});

it('pauses and resumes everyone, asking for PIN and password again to let the clocks run', async () => {
  assert.match(await text(invigilator, `${session}/pause`), /1 candidate is working/);
  moved(await invigilator.post(`${session}/pause`, { reason: 'Fire alarm' }));
  assert.match(await text(invigilator, `${session}/board?show=paused`), /Seat 1/);
  await pass(16);
  const asked = await invigilator.post(`${session}/resume`, { reason: 'Back' });
  assert.match(asked.text, /Enter your PIN and password/);
  assert.match(asked.text, />\s*Back<\/textarea>/);
  moved(
    await invigilator.post(`${session}/resume`, {
      reason: 'Back',
      pin: await pin('invigilator'),
      password: DEMO_PASSWORD,
    }),
  );
  assert.match(tile(await board(), 1), /49:40 left/);
});

it('moves a candidate to another computer', async () => {
  moved(await invigilator.post(`${sitting(1)}/release`, { reason: 'Keyboard broken' }));
  assert.match(tile(await board(), 2), /Test Candidate 2/);
  assert.match(await text(invigilator, sitting(1)), /Computer released/);
});

it('shows the result at once on the board, on the page of the sitting and of the candidate', async () => {
  for (let number = 4; number <= 10; number++) await seat.answer(number, seat.rightLetters(number));
  assert.equal((await seat.handIn()).status, 200);
  assert.match(tile(await board(), 1), /Finished Test Candidate 1.*Pass 10 of 10/);
  const page = await text(coordinator, sitting(0));
  for (const words of [
    /Started/,
    /Paused/,
    /Resumed/,
    /2 minutes added: Computer restarted/,
    /Handed in/,
    /Identity seen: passport/,
  ])
    assert.match(page, words);
  assert.match(page, /Result released/);
  assert.match(page, /Charging/);
  const { candidate_id: candidateId, version_id: versionId } = await asSuperuser(
    app.database.url,
    async (client) =>
      (
        await client.query(
          'select r.candidate_id, r.product_version_id as version_id from web_portal.registrations r where r.id = $1',
          [known.registrationId],
        )
      ).rows[0],
  );
  const at = { id: known.centreId, number: '04417', name: 'Northgate' };
  const principal = await principalAt(app, at, 'coordinator');
  const [section] = await app.services.database.read(principal, (reader) => candidateTests(reader, candidateId), {
    capability: 'web-portal.view',
  });
  assert.match(section?.body.text ?? '', /Pass[\s\S]*10 of 10[\s\S]*Every question right/);
  const steps = await app.services.database.read(
    principal,
    (reader) => testSteps(reader, { id: known.seats[1]?.registrationId as string, versionId }),
    { capability: 'web-portal.view' },
  );
  assert.ok(steps.some(({ text: words }) => /Identity confirmed/.test(typeof words === 'string' ? words : words.text)));

  // The candidate's own page: only for the own person.
  const candidate = await app.logIn('candidate');
  assert.equal((await candidate.get(`/my-tests/${sittings[0]}`)).status, 404);
  const person = await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query("select person_id from accounts.credentials where username = 'candidate'");
    await client.query('update web_portal.candidates set person_id = null where person_id = $1', [rows[0].person_id]);
    await client.query('update web_portal.candidates set person_id = $1 where id = $2', [
      rows[0].person_id,
      candidateId,
    ]);
    return rows[0].person_id as string;
  });
  const own = await text(candidate, `/my-tests/${sittings[0]}`);
  assert.match(own, /You scored 10 of 10/);
  assert.equal((await candidate.get(`/my-tests/${sittings[1]}`)).status, 404);
  const context = { services: app.services, principal: { ...principal, personId: person }, now: clock.now() };
  const card = await ownTestsCard(context as unknown as Context);
  assert.deepEqual(card?.rows[0], {
    what: 'Vehicle test',
    detail: card?.rows[0]?.detail,
    href: `/my-tests/${sittings[0]}`,
  });
  assert.match(card?.rows[0]?.detail ?? '', /^Pass, 10 of 10/);
});

it('tells the home page what waits, and what is held today', async () => {
  const at = { id: known.centreId, number: '04417', name: 'Northgate' };
  const principal = await principalAt(app, at, 'coordinator');
  const context = { services: app.services, principal, now: clock.now() } as unknown as Context;
  const rows = await testsToday(context);
  const today = rows.find(({ href }) => href === `${session}/board`);
  assert.deepEqual([today?.finished, today?.candidates, today?.state], [1, 3, 'open']);
  assert.deepEqual(
    (await assessmentAttention(context)).filter(({ action }) => action?.href.startsWith(session)),
    [],
  );
  const own = known.seats[2] as (typeof known.seats)[number];
  const code = /class="code">([A-Z2-9]{3}-[2-9]{3})</.exec(await board())?.[1] as string;
  moved(await own.browser.post('/sit', { candidateNumber: own.candidateNumber, code }));
  const waiting = (await assessmentAttention(context)).find(({ action }) => action?.href === `${session}/board`);
  assert.equal(waiting?.title, '1 candidate waits for the identity check');
});

it('closes with a preview of what becomes of whom, and cannot be opened again', async () => {
  const preview = await text(invigilator, `${session}/close`);
  assert.match(preview, /Become absent<\/dt><dd>Test Candidate 3/);
  assert.match(preview, /booking cancelled<\/dt><dd>Test Candidate 2/);
  assert.equal((await coordinator.get(`${session}/close`)).status, 403);
  assert.equal(moved(await invigilator.post(`${session}/close`)), session);
  const closed = await text(coordinator, session);
  assert.match(closed, /Absent/);
  assert.match(closed, /Cancelled bookings \(1\)/);
  assert.doesNotMatch(closed, /Book candidates|Session code/);
  assert.match((await invigilator.post(`${session}/open`)).text, /The session is closed/);
});

it('lists and exports sessions, all of them for the awarding body and without acts', async () => {
  assert.match(await text(coordinator, '/online-assessments?q=zzz'), /No sessions match these filters/);
  assert.match(await text(coordinator, '/online-assessments?state=closed&day=today'), new RegExp(session));
  const csv = await coordinator.get('/online-assessments/export?state=closed');
  assert.match(csv.headers.get('content-disposition') ?? '', /test-sessions-04417-2026-11-23\.csv/);
  assert.match(csv.text, /Vehicle test,2,1,Closed/);
  const officer = await app.logIn('officer');
  const all = await text(officer, '/online-assessments');
  assert.match(all, /04417/);
  assert.doesNotMatch(all, /Plan a session/);
  const one = await text(officer, session);
  assert.doesNotMatch(one, /Book candidates|Open the session|Cancel</);
  assert.equal((await officer.get('/online-assessments/sessions/plan')).status, 403);
  await text(officer, sitting(0));
  assert.equal((await officer.get('/online-assessments?centre=99999')).status, 200);
});

it('tells a centre without sessions what will be here', async () => {
  await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query(
      "insert into accounts.organisations (kind, number, name) values ('centre', '04498', 'First Day Motors') returning id",
    );
    const fresh = rows[0].id as string;
    await client.query(
      "insert into centres_hub.centres (id, town, postcode, approved_on) values ($1, 'Newtown', 'ZZ1 1ZZ', '2026-01-05')",
      [fresh],
    );
    for (const table of ['memberships', 'pins'])
      await client.query(
        `update accounts.${table} set organisation_id = $1 where person_id = (select person_id from accounts.credentials where username = 'invigilator2')`,
        [fresh],
      );
  });
  const browser = await app.logIn('invigilator2');
  assert.match(await text(browser, '/online-assessments'), /No test sessions yet/);
  assert.doesNotMatch(await text(browser, '/online-assessments'), /<table/);
});
