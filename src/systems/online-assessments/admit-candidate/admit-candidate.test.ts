import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  boardOf,
  bookCandidates,
  closeSession,
  confirmIdentity,
  openSession,
  pauseSittings,
  planSession,
  releaseSeat,
  sessionsOf,
} from '#online-assessments';
import { NotAllowed, NotFound, Refused } from '#platform/http/answers.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { centreOf, principalAt, SeatClient, startSitting } from '#test/sitting.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

const stateOf = async (browser: PlainBrowser) => {
  const answer = await browser.get('/sit/state');
  return { status: answer.status, ...JSON.parse(answer.text) };
};
const start = (browser: PlainBrowser) => {
  const client = new SeatClient(app.url, browser);
  return browser.postJson('/sit/start', { deviceKey: client.deviceKey, rulesRead: true });
};
const refusal = (pattern: RegExp) => (error: unknown) => error instanceof Refused && pattern.test(error.message);

describe('admission', () => {
  it('goes from number and code over the identity check to the start, and nobody starts alone', async () => {
    const sitting = await startSitting(app, { upTo: 'arrived', extraTimePercent: 25 });
    const waiting = await stateOf(sitting.browser);
    assert.deepEqual(
      [waiting.state, waiting.goTo, waiting.reckoning, waiting.clock],
      ['booked', '/sit/waiting', '60 minutes = 48 + 25 %', null],
    );
    assert.equal((await start(sitting.browser)).status, 403, 'not before the identity is confirmed');
    assert.equal((await sitting.browser.get('/sit/paper')).status, 403);
    await sitting.asInvigilator((writer) =>
      confirmIdentity(writer, { sittingId: sitting.sittingId, document: 'passport' }),
    );
    assert.equal((await stateOf(sitting.browser)).state, 'checked_in');
    const unread = await sitting.browser.postJson('/sit/start', {
      deviceKey: sitting.client.deviceKey,
      rulesRead: false,
    });
    assert.equal(unread.status, 400);
    const paper = await sitting.client.start();
    assert.equal(paper.questions.length, 10);
    assert.equal(paper.clock.allowedMs, 60 * 60_000);
    assert.deepEqual(
      JSON.parse((await sitting.browser.get('/sit/paper')).text).questions,
      paper.questions,
      'the paper never changes',
    );
    assert.equal((await start(sitting.browser)).status, 409, 'another device key does not take the lease');
    assert.equal((await stateOf(sitting.browser)).goTo, '/sit/test');
  });

  it('gives one answer to a wrong number, a wrong code, a session that is not open and a taken seat', async () => {
    const sitting = await startSitting(app, { upTo: 'checked_in' });
    const booked = await startSitting(app, { upTo: 'booked' });
    const answers: string[] = [];
    for (const [candidateNumber, code] of [
      ['10000008', sitting.code],
      [sitting.candidateNumber, 'ZZZ-999'],
      [sitting.candidateNumber, booked.code],
      [sitting.candidateNumber, sitting.code],
    ] as const) {
      const answer = await app.browser().post('/sit', { candidateNumber, code });
      assert.equal(answer.status, 422);
      assert.equal(answer.headers.get('set-cookie'), null);
      answers.push(
        answer.text
          .replaceAll(candidateNumber, 'NUMBER')
          .replaceAll(code, 'CODE')
          .replace(/nonce-[^"']+/g, ''),
      );
    }
    assert.equal(new Set(answers).size, 1);
    assert.match(answers[0] ?? '', /do not lead to a seat/);
  });

  it('refuses a browser in which a member of staff is logged in', async () => {
    const sitting = await startSitting(app, { upTo: 'booked' });
    const staff = await app.logIn('invigilator');
    const answer = await staff.post('/sit', { candidateNumber: sitting.candidateNumber, code: sitting.code });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /Log out there first/);
  });

  it('slows guessing down by session', async () => {
    const sitting = await startSitting(app, { upTo: 'booked' });
    const statuses: number[] = [];
    for (let n = 0; n < 31; n++)
      statuses.push(
        (await app.browser().post('/sit', { candidateNumber: String(20_000_000 + n), code: sitting.code })).status,
      );
    assert.deepEqual([statuses[0], statuses.at(-1)], [422, 429]);
    await asSuperuser(app.database.url, (client) => client.query('delete from platform.throttles'));
  });

  it('shows a seat only pictures of its own paper, never keys, and nothing to others', async () => {
    const sitting = await startSitting(app);
    const paper = JSON.stringify(sitting.client.paper);
    for (const secret of ['correct', 'rationale', 'right-answer.png', '"c1"', 'order_seed', 'alternator'])
      assert.ok(!paper.includes(secret), secret);
    const picture = /\/sit\/pictures\/[0-9a-f]{64}/.exec(paper)?.[0] ?? '';
    const shown = await sitting.browser.get(picture);
    assert.deepEqual(
      [shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')],
      [200, 'image/png', 'no-store'],
    );
    assert.equal((await sitting.browser.get(`/sit/pictures/${'0'.repeat(64)}`)).status, 404);
    assert.equal((await app.browser().get(picture)).status, 401);
    assert.equal((await (await app.logIn('author')).get(picture)).status, 401);
  });

  it('forgets the seat when the candidate leaves it', async () => {
    const sitting = await startSitting(app);
    await sitting.client.handIn();
    assert.equal((await sitting.browser.get('/sit/result')).status, 200);
    await sitting.browser.post('/sit/leave');
    assert.equal(sitting.browser.cookies.size, 0);
    assert.equal((await sitting.browser.get('/sit/result', { accept: 'text/html' })).status, 303);
  });
});

describe('a session', () => {
  it('is opened by an invigilator with a fresh sign-in, within the hour before its time', async () => {
    const sitting = await startSitting(app, { upTo: 'booked' });
    const write = (confirmedAt: Date, work: Parameters<typeof sitting.asInvigilator>[0]) =>
      app.services.database.write({ ...sitting.invigilator, confirmedAt }, work, {
        capability: 'online-assessments.invigilate',
      });
    const inTwoHours = new Date(Date.now() + 2 * 3_600_000);
    const later = await sitting.asInvigilator((writer) =>
      planSession(writer, { room: 'Room 2', startsAt: inTwoHours }),
    );
    await assert.rejects(
      write(new Date(), (writer) => openSession(writer, { sessionId: later.id })),
      refusal(/opens an hour before/),
    );
    const now = await sitting.asInvigilator((writer) => planSession(writer, { room: 'Room 3', startsAt: new Date() }));
    const stale = new Date(Date.now() - 16 * 60_000);
    await assert.rejects(
      write(stale, (writer) => openSession(writer, { sessionId: now.id })),
      refusal(/PIN and password/),
    );
    await write(new Date(), (writer) => openSession(writer, { sessionId: now.id }));
    const coordinator = await principalAt(app, await centreOf(app, '04417'), 'coordinator');
    await assert.rejects(
      app.services.database.write(coordinator, (writer) => openSession(writer, { sessionId: now.id }), {
        capability: 'online-assessments.book',
      }),
      (error) => error instanceof NotAllowed,
    );
  });

  it('belongs to its centre: for another centre it does not exist', async () => {
    const sitting = await startSitting(app, { upTo: 'arrived' });
    const others = await asSuperuser(app.database.url, (client) =>
      client.query(
        `select id, number, name from accounts.organisations where kind = 'centre' and number <> '04417' limit 1`,
      ),
    );
    const foreign = await principalAt(app, others.rows[0], 'invigilator');
    const write = (work: Parameters<typeof sitting.asInvigilator>[0]) =>
      app.services.database.write(foreign, work, { capability: 'online-assessments.invigilate' });
    for (const act of [
      (writer: Parameters<typeof openSession>[0]) => openSession(writer, { sessionId: sitting.sessionId }),
      (writer: Parameters<typeof openSession>[0]) =>
        confirmIdentity(writer, { sittingId: sitting.sittingId, document: 'passport' }),
      (writer: Parameters<typeof openSession>[0]) =>
        pauseSittings(writer, { which: { sittingId: sitting.sittingId }, reason: 'x' }),
      (writer: Parameters<typeof openSession>[0]) => releaseSeat(writer, { sittingId: sitting.sittingId, reason: 'x' }),
      (writer: Parameters<typeof openSession>[0]) => closeSession(writer, { sessionId: sitting.sessionId }),
      (writer: Parameters<typeof openSession>[0]) => boardOf(writer, sitting.sessionId),
    ])
      await assert.rejects(write(act), (error) => error instanceof NotFound);
    const seen = await app.services.database.read(foreign, (reader) => sessionsOf(reader), {
      capability: 'online-assessments.invigilate',
    });
    assert.ok(!seen.some(({ id }) => id === sitting.sessionId));
  });

  it('takes each candidate once, all or none, and never one who may not sit', async () => {
    const sitting = await startSitting(app, { upTo: 'booked' });
    const { registrationId, unitId, sessionId } = sitting;
    await assert.rejects(
      sitting.asInvigilator((writer) => bookCandidates(writer, { sessionId, bookings: [{ registrationId, unitId }] })),
      refusal(/booked for this test already/),
    );
    await asSuperuser(app.database.url, (client) =>
      client.query(`update web_portal.registrations set state = 'withdrawn' where id = $1`, [registrationId]),
    );
    const arrived = await sitting.browser.post('/sit', {
      candidateNumber: sitting.candidateNumber,
      code: sitting.code,
    });
    assert.equal(arrived.status, 303);
    await assert.rejects(
      sitting.asInvigilator((writer) =>
        confirmIdentity(writer, { sittingId: sitting.sittingId, document: 'passport' }),
      ),
      refusal(/registration is withdrawn/),
    );
  });

  it('shows each seat on the board and closes when nobody works any more', async () => {
    const sitting = await startSitting(app, { seats: 2 });
    const [first, second] = sitting.seats;
    const { client } = sitting;
    await client.send([
      client.make('answer', 1, 'A'),
      client.make('answer', 2, 'B'),
      client.make('answer', 2, ''),
      client.make('flag', 3, '1'),
    ]);
    await client.pulse(true);
    const board = () => sitting.asInvigilator((writer) => boardOf(writer, sitting.sessionId));
    const seat = (await board()).seats.find(({ sittingId }) => sittingId === first?.sittingId);
    assert.deepEqual(
      [seat?.state, seat?.online, seat?.answered, seat?.flagged, seat?.leftWindowCount, seat?.questions, seat?.result],
      ['running', true, 1, 1, 1, 10, null],
    );
    await assert.rejects(
      sitting.asInvigilator((writer) => closeSession(writer, { sessionId: sitting.sessionId })),
      refusal(/2 candidates are still working/),
    );
    await client.handIn();
    await second?.client.handIn();
    await sitting.asInvigilator((writer) => closeSession(writer, { sessionId: sitting.sessionId }));
    assert.deepEqual(
      (await board()).seats.map(({ state, result }) => [state, result?.passed]),
      [
        ['released', false],
        ['released', false],
      ],
    );
    assert.equal((await board()).session.state, 'closed');
  });
});
