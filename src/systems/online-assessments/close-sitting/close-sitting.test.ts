import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  addTime,
  closeOverdueSittings,
  creditOutages,
  endSittings,
  pauseSittings,
  resultsOf,
  timelineOf,
} from '#online-assessments';
import { Refused } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkLedger } from '#test/check-ledger.ts';
import { asSuperuser } from '#test/database.ts';
import { startSitting, type TestSitting } from '#test/sitting.ts';

const MINUTE = 60_000;
const clock = new SetClock(new Date());
let app: TestApplication;
const sittings: TestSitting[] = [];
before(async () => {
  app = await startTestApplication({ clock });
  // Past the gap that the heart, which beats by the real clock, records for the time before this start.
  clock.advance(MINUTE);
});
after(async () => {
  const report = await checkLedger(
    app.database.url,
    sittings.map(({ client }) => client.log),
  );
  await app.close();
  assert.deepEqual(report.problems, []);
});

async function running(options: Parameters<typeof startSitting>[1] = {}) {
  const sitting = await startSitting(app, options);
  sittings.push(sitting);
  return sitting;
}
const row = async (sittingId: string) =>
  (
    await asSuperuser(app.database.url, (client) =>
      client.query('select * from online_assessments.sittings where id = $1', [sittingId]),
    )
  ).rows[0];
const answerAll = async ({ client }: TestSitting, right: number) => {
  const events = client.paper.questions.map(({ number }) =>
    client.make('answer', number, number <= right ? client.rightLetters(number) : '', 1000),
  );
  assert.equal((await client.send(events)).status, 200);
};

describe('handing in', () => {
  it('closes, marks, releases and tells the Web Portal at once, and gives the same receipt again', async () => {
    const sitting = await running();
    await answerAll(sitting, 10);
    const first = await sitting.client.handIn();
    assert.equal(first.status, 200);
    assert.match(first.body.words, /^\w+ \w+ \w+ \w+$/);
    assert.equal(first.body.content.count, 10);
    assert.deepEqual((await sitting.client.handIn()).body, first.body);
    const results = await app.services.database.read(SYSTEM, (reader) => resultsOf(reader, sitting.registrationId));
    assert.equal(results.length, 1);
    assert.deepEqual([results[0]?.score, results[0]?.maximum, results[0]?.passed], [10, 10, true]);
    const achieved = await asSuperuser(app.database.url, (client) =>
      client.query('select source_kind, source_id from web_portal.unit_achievements where registration_id = $1', [
        sitting.registrationId,
      ]),
    );
    assert.deepEqual(achieved.rows, [{ source_kind: 'sitting', source_id: sitting.sittingId }]);
    const page = await sitting.browser.get('/sit/result');
    assert.match(page.text, /You passed, Test/);
    assert.ok(page.text.includes(first.body.words));
    assert.equal(page.headers.get('cache-control'), 'no-store');
  });

  it('says not yet, what to revise, and when and why the next sitting is allowed', async () => {
    const sitting = await running();
    await answerAll(sitting, 2);
    assert.equal((await sitting.client.handIn()).status, 200);
    const { text } = await sitting.browser.get('/sit/result');
    assert.match(text, /Not yet, Test/);
    assert.match(text, /Revise first: /);
    assert.match(text, /sit this test again from .*: 48 hours after this sitting/);
    const achieved = await asSuperuser(app.database.url, (client) =>
      client.query('select 1 from web_portal.unit_achievements where registration_id = $1', [sitting.registrationId]),
    );
    assert.equal(achieved.rowCount, 0);
  });

  it('is refused, with what is missing, when the seat names more, less or something else than the server holds', async () => {
    const sitting = await running();
    await answerAll(sitting, 5);
    const missing = sitting.client.make('answer', 1, 'A', 1000);
    const gap = await sitting.client.handIn();
    assert.deepEqual([gap.status, gap.body.verdict, gap.body.lastSeq], [409, 'gap', 10]);
    const less = await sitting.client.handIn({ uptoSeq: 9 });
    assert.deepEqual([less.status, less.body.verdict], [409, 'gap']);
    await sitting.client.send([missing]);
    const other = await sitting.client.handIn({ head: 'A'.repeat(43) });
    assert.deepEqual([other.status, other.body.verdict], [409, 'fork']);
    assert.equal((await row(sitting.sittingId)).state, 'running');
    assert.equal((await sitting.client.handIn()).status, 200);
  });

  it('is refused from a device that does not hold the key', async () => {
    const one = await running();
    const two = await running();
    two.client.paper = one.client.paper;
    two.client.resume();
    const foreign = await one.browser.postJson('/sit/hand-in', {
      sittingId: one.sittingId,
      epoch: 1,
      uptoSeq: 0,
      head: one.client.head,
      signature: 'A'.repeat(86),
    });
    assert.equal(foreign.status, 409);
    assert.equal(JSON.parse(foreign.text).verdict, 'lease_lost');
  });

  it('is held, with an incident, when a key is missing; the sitting is closed all the same', async () => {
    const sitting = await running();
    await answerAll(sitting, 10);
    const removed = await asSuperuser(app.database.url, async (client) => {
      const { rows } = await client.query('select paper from online_assessments.sitting_papers where sitting_id = $1', [
        sitting.sittingId,
      ]);
      return (
        await client.query('delete from online_assessments.item_keys where item_version_id = $1 returning *', [
          rows[0].paper.questions[0].itemVersionId,
        ])
      ).rows[0];
    });
    assert.equal((await sitting.client.handIn()).status, 200);
    assert.equal((await row(sitting.sittingId)).state, 'held');
    assert.deepEqual(
      await app.services.database.read(SYSTEM, (reader) => resultsOf(reader, sitting.registrationId)),
      [],
    );
    assert.match((await sitting.browser.get('/sit/result')).text, /Your answers are handed in.*being checked/s);
    const incidents = await asSuperuser(app.database.url, (client) =>
      client.query('select kind, detail from online_assessments.incidents where sitting_id = $1', [sitting.sittingId]),
    );
    assert.equal(incidents.rows[0]?.kind, 'result-held');
    assert.match(incidents.rows[0]?.detail, /no-key/);
    await asSuperuser(app.database.url, (client) =>
      client.query('insert into online_assessments.item_keys values ($1, $2)', [removed.item_version_id, removed.key]),
    );
    await asSuperuser(app.database.url, (client) =>
      client.query(`delete from online_assessments.results where sitting_id = $1`, [sitting.sittingId]),
    );
  });

  it('is held when the pass cannot be recorded, and leaves no half of it', async () => {
    const sitting = await running();
    await answerAll(sitting, 10);
    // A unit of another product: the Web Portal refuses it.
    await asSuperuser(app.database.url, (client) =>
      client.query(
        'update online_assessments.sittings set unit_id = (select u.id from products.units u join products.versions v on v.id = u.version_id where v.product_id <> $2 limit 1) where id = $1',
        [sitting.sittingId, sitting.productId],
      ),
    );
    assert.equal((await sitting.client.handIn()).status, 200);
    assert.equal((await row(sitting.sittingId)).state, 'held');
  });

  it('happens once when it is sent many times at once', async () => {
    const sitting = await running();
    await answerAll(sitting, 10);
    const replies = await Promise.all(Array.from({ length: 6 }, () => sitting.client.handIn()));
    assert.equal(new Set(replies.map(({ status, body }) => `${status} ${body.words}`)).size, 1);
  });
});

describe('the end of time', () => {
  it('closes a connected seat 120 seconds after its deadline, from the log alone', async () => {
    const sitting = await running({ baseSeconds: 60 });
    await answerAll(sitting, 10);
    clock.advance(MINUTE - 1000);
    const sign = await sitting.client.pulse();
    assert.equal(sign.status, 200, sign.text);
    clock.advance(1000 + 119_000);
    await closeOverdueSittings(app.services);
    assert.equal((await row(sitting.sittingId)).state, 'running');
    clock.advance(2000);
    await Promise.all([closeOverdueSittings(app.services), closeOverdueSittings(app.services)]);
    assert.equal((await row(sitting.sittingId)).state, 'released');
    const results = await app.services.database.read(SYSTEM, (reader) => resultsOf(reader, sitting.registrationId));
    assert.deepEqual([results.length, results[0]?.score], [1, 10]);
  });

  it('waits 10 minutes for a seat that was offline at its deadline, also when it comes back in between', async () => {
    const sitting = await running({ baseSeconds: 60 });
    const made = [sitting.client.make('answer', 1, 'A', 59_000), sitting.client.make('answer', 2, 'A', 59_500)];
    clock.advance(MINUTE + 5 * MINUTE);
    await closeOverdueSittings(app.services);
    assert.equal((await sitting.client.send(made.slice(0, 1))).status, 200);
    clock.advance(5 * MINUTE - 1000);
    await closeOverdueSittings(app.services);
    assert.equal((await sitting.client.send(made.slice(1))).status, 200);
    const after = sitting.client.make('answer', 3, 'A', 59_900);
    clock.advance(2000);
    const late = await sitting.client.send([after]);
    assert.equal(late.status, 409, JSON.stringify(late.body));
    await closeOverdueSittings(app.services);
    assert.equal((await row(sitting.sittingId)).state, 'released');
  });

  it('moves by what is added, and stands while the test is paused', async () => {
    const sitting = await running({ baseSeconds: 60 });
    const { sittingId } = sitting;
    await sitting.asInvigilator((writer) => addTime(writer, { which: { sittingId }, minutes: 5, reason: 'Noise' }));
    clock.advance(5 * MINUTE);
    await sitting.client.pulse();
    await sitting.asInvigilator((writer) =>
      pauseSittings(writer, { which: { sessionId: sitting.sessionId }, reason: 'Alarm' }),
    );
    clock.advance(120 * MINUTE);
    await closeOverdueSittings(app.services);
    const paused = await row(sittingId);
    assert.deepEqual([paused.state, Number(paused.used_ms), paused.deadline_at], ['paused', 5 * MINUTE, null]);
  });

  it('is ended by the invigilator, with a result', async () => {
    const sitting = await running();
    await answerAll(sitting, 6);
    await endSittings(
      app.services,
      { ...sitting.invigilator, confirmedAt: clock.now() },
      { which: { sittingId: sitting.sittingId }, reason: 'The candidate left' },
    );
    assert.equal((await row(sitting.sittingId)).state, 'released');
    await assert.rejects(
      endSittings(
        app.services,
        { ...sitting.invigilator, confirmedAt: new Date(0) },
        { which: { sittingId: sitting.sittingId }, reason: 'Again' },
      ),
      (error) => error instanceof Refused && error.errors[0]?.field === 'pin',
    );
    const entries = await app.services.database.read(SYSTEM, (reader) => timelineOf(reader, sitting.sittingId));
    const states = ['booked', 'checked_in', 'running', 'ended_by_invigilator', 'marked', 'released'];
    assert.deepEqual(
      entries.map(({ what }) => what).filter((what) => states.includes(what)),
      states,
    );
  });
});

describe('an outage of the service', () => {
  it('is credited once and in full, for the part in which the clock ran', async () => {
    const sitting = await running({ baseSeconds: 600 });
    const started = clock.now().getTime();
    clock.advance(MINUTE);
    await sitting.asInvigilator((writer) =>
      pauseSittings(writer, { which: { sittingId: sitting.sittingId }, reason: 'Break' }),
    );
    // Began 30 s before the pause, ended 60 s after it.
    await asSuperuser(app.database.url, (client) =>
      client.query('insert into platform.outages (began_at, ended_at) values ($1, $2)', [
        new Date(started + 30_000),
        new Date(started + 120_000),
      ]),
    );
    clock.advance(2 * MINUTE);
    await creditOutages(app.services);
    await creditOutages(app.services);
    assert.equal(Number((await row(sitting.sittingId)).used_ms), 30_000);
  });

  it('moves the deadline before anything is closed for time', async () => {
    const sitting = await running({ baseSeconds: 60 });
    const started = clock.now().getTime();
    await asSuperuser(app.database.url, (client) =>
      client.query('insert into platform.outages (began_at, ended_at) values ($1, $2)', [
        new Date(started + 10_000),
        new Date(started + 20 * MINUTE),
      ]),
    );
    clock.advance(20 * MINUTE);
    await closeOverdueSittings(app.services);
    const after = await row(sitting.sittingId);
    assert.equal(after.state, 'running');
    assert.equal(after.deadline_at.getTime(), started + 20 * MINUTE + 50_000);
    assert.equal((await sitting.client.answer(1, 'A')).status, 200);
  });
});
