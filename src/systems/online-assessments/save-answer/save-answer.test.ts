import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pauseSittings, releaseSeat, resumeSittings } from '#online-assessments';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkLedger } from '#test/check-ledger.ts';
import { asSuperuser } from '#test/database.ts';
import type { SaveReply, SeatClient, SentEvent } from '#test/seat-client.ts';
import { SeatClient as Client } from '#test/seat-client.ts';
import { startSitting } from '#test/sitting.ts';
import type { SaveAnswer, SaveRefusal } from '../protocol/wire.ts';

let app: TestApplication;
const seats: SeatClient[] = [];
before(async () => {
  app = await startTestApplication();
});
after(async () => {
  const report = await checkLedger(
    app.database.url,
    seats.map((seat) => seat.log),
  );
  await app.close();
  assert.deepEqual(report.problems, []);
});

/** A sitting that runs; checked against the ledger when all tests have ended. */
async function running(options: Parameters<typeof startSitting>[1] = {}) {
  const sitting = await startSitting(app, options);
  seats.push(...sitting.seats.map(({ client }) => client));
  return sitting;
}
const sql = (text: string, values: unknown[] = []) =>
  asSuperuser(app.database.url, async (client) => (await client.query(text, values)).rows);
const held = (sittingId: string) =>
  sql('select seq, why from online_assessments.held_events where sitting_id = $1 order by seq', [sittingId]);
const saved = (reply: SaveReply): SaveAnswer => {
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body as SaveAnswer;
};
const refused = (reply: SaveReply, verdict: SaveRefusal['verdict']): SaveRefusal => {
  assert.equal(reply.status, 409, JSON.stringify(reply.body));
  assert.equal((reply.body as SaveRefusal).verdict, verdict);
  return reply.body as SaveRefusal;
};

describe('saving answers', () => {
  it('confirms one event and several, with receipts that verify', async () => {
    const { client } = await running();
    assert.equal(saved(await client.answer(1, 'A')).receipt.seq, 1);
    const events = [
      client.make('visit', 2, ''),
      client.make('answer', 2, 'B'),
      client.make('flag', 2, '1'),
      client.make('answer', 1, ''),
    ];
    const { receipt, clock } = saved(await client.send(events));
    assert.equal(receipt.seq, 5);
    assert.equal(clock.state, 'running');
    const paper = JSON.parse((await client.browser.get('/sit/paper')).text);
    assert.deepEqual(paper.held.answers, [
      { item: 1, value: '' },
      { item: 2, value: 'B' },
    ]);
    assert.deepEqual(paper.held.flags, [2]);
    assert.equal(paper.held.head, client.head);
  });

  it('gives a repeat the same receipt byte for byte, in either order and however often', async () => {
    const { client } = await running();
    const first = [client.make('answer', 1, 'A'), client.make('answer', 2, 'B')];
    const second = [client.make('answer', 3, 'C')];
    const one = saved(await client.send(first)).receipt;
    const two = saved(await client.send(second)).receipt;
    assert.equal(JSON.stringify(saved(await client.send(second)).receipt), JSON.stringify(two));
    assert.equal(JSON.stringify(saved(await client.send(first)).receipt), JSON.stringify(one));
    // The whole again, in one request with something new behind it.
    const third = client.make('answer', 4, 'D');
    assert.equal(saved(await client.send([...first, ...second, third])).receipt.seq, 4);
  });

  it('takes an event once when it is sent many times at once', async () => {
    const { client } = await running();
    const event = client.make('answer', 1, 'A');
    const replies = await Promise.all(Array.from({ length: 20 }, () => client.send([event])));
    const receipts = new Set(replies.map((reply) => JSON.stringify(saved(reply).receipt)));
    assert.equal(receipts.size, 1);
  });

  it('names the last place it holds when there is a gap', async () => {
    const { client } = await running();
    saved(await client.answer(1, 'A'));
    const missing = client.make('answer', 2, 'B');
    const ahead = client.make('answer', 3, 'C');
    const refusal = refused(await client.send([ahead]), 'gap');
    assert.equal(refusal.lastSeq, 1);
    assert.equal(saved(await client.send([missing, ahead])).receipt.seq, 3);
    assert.deepEqual(await held(client.sittingId), []);
  });

  it('refuses another event in a taken place, keeps it apart and reports it', async () => {
    const { client, sittingId } = await running();
    const taken = client.make('answer', 1, 'A');
    saved(await client.send([taken]));
    const other = twin(client, taken, 'B');
    refused(await client.send([other]), 'fork');
    refused(await client.send([other]), 'fork');
    assert.deepEqual(await held(sittingId), [{ seq: 1, why: 'fork' }]);
    const incidents = await sql(`select kind from online_assessments.incidents where sitting_id = $1`, [sittingId]);
    assert.deepEqual(incidents, [{ kind: 'fork' }]);
    assert.deepEqual(await sql('select value from online_assessments.answers where sitting_id = $1', [sittingId]), [
      { value: 'A' },
    ]);
  });

  it('never stores a wrong head, whether first, repeated or within a request', async () => {
    const { client, sittingId } = await running();
    const good = client.make('answer', 1, 'A');
    const wrong = 'A'.repeat(43);
    refused(await client.send([{ ...good, head: wrong }]), 'fork');
    refused(await client.send([{ ...good, value: 'B' }]), 'fork');
    const next = client.make('answer', 2, 'B');
    refused(await client.send([good, { ...next, previous: wrong }]), 'fork');
    assert.deepEqual(await sql('select 1 from online_assessments.answers where sitting_id = $1', [sittingId]), []);
    saved(await client.send([good, next]));
    refused(await client.send([{ ...good, value: 'B' }]), 'fork');
  });

  it('refuses what cannot come from the paper, and what would break a statement', async () => {
    const { client } = await running();
    const item = client.paper.questions.find(({ kind }) => kind === 'choice')?.number ?? 0;
    for (const changes of [
      { item: 11 },
      { item: 0 },
      { value: 'Z' },
      { value: 'A,B' },
      { value: 'a' },
      { value: '\u0000' },
      { value: 'A\u0000' },
      { value: '"' },
      { value: '}' },
      { kind: 'shout' as 'flag' },
      { kind: 'flag' as const, value: '2' },
      { kind: 'visit' as const, value: 'x' },
      { monotonicMs: -1 },
      { monotonicMs: 1e300 },
      { seq: 0 },
      { seq: 2 ** 31 },
      { head: 'short' },
      { previous: '' },
      { value: null as unknown as string },
    ]) {
      const event = {
        seq: 1,
        kind: 'answer' as const,
        item,
        value: 'A',
        monotonicMs: 1,
        previous: client.head,
        head: client.head,
        epoch: 1,
        ...changes,
      };
      const reply = await client.browser.postJson('/sit/answers', {
        sittingId: client.sittingId,
        epoch: 1,
        events: [event],
      });
      assert.equal(reply.status, 400, `${JSON.stringify(changes)}: ${reply.text}`);
    }
    for (const body of [
      {},
      [],
      { sittingId: client.sittingId, epoch: 1, events: [] },
      { sittingId: '00000000-0000-7000-8000-000000000000', epoch: 1, events: [] },
    ])
      assert.equal((await client.browser.postJson('/sit/answers', body)).status, 400);
    saved(await client.answer(1, 'A'));
  });

  it('takes answers of 64 seats at once, in batches, and again when they come twice', async () => {
    const { seats: room } = await running({ seats: 64, questions: 10 });
    const rounds = Array.from({ length: 5 }, (_, round) => round + 1);
    await Promise.all(
      room.map(async ({ client }) => {
        for (const item of rounds) {
          const event = client.make('answer', item, 'A');
          const [a, b] = await Promise.all([client.send([event]), client.send([event])]);
          assert.equal(JSON.stringify(saved(a).receipt), JSON.stringify(saved(b).receipt));
        }
      }),
    );
  });

  it('waits for a sitting that somebody else holds, says busy when that lasts, and lets others pass', async () => {
    const { seats: room } = await running({ seats: 2 });
    const [slow, quick] = room.map(({ client }) => client) as [SeatClient, SeatClient];
    await asSuperuser(app.database.url, async (client) => {
      await client.query('begin');
      await client.query('select 1 from online_assessments.sittings where id = $1 for update', [slow.sittingId]);
      const event = slow.make('answer', 1, 'A');
      const waiting = slow.send([event]);
      const began = performance.now();
      saved(await quick.answer(1, 'A'));
      assert.ok(performance.now() - began < 1000, 'the other seat did not wait');
      const busy = await waiting;
      assert.equal(busy.status, 503);
      assert.equal((busy.body as { verdict: string }).verdict, 'busy');
      const again = slow.send([event]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query('commit');
      saved(await again);
    });
  });

  it('takes what was answered before a pause, puts off what came after it, and takes that after the resume', async () => {
    const { client, asInvigilator, sittingId } = await running();
    saved(await client.answer(1, 'A'));
    const before = client.make('answer', 2, 'B');
    await asInvigilator((writer) => pauseSittings(writer, { which: { sittingId }, reason: 'Fire alarm' }));
    const answer = saved(await client.send([before]));
    assert.equal(answer.clock.state, 'paused');
    const later = client.make('answer', 3, 'C', 60_000);
    const reply = await client.send([later]);
    assert.equal(reply.status, 503);
    const body = reply.body as { verdict: string; clock: { state: string; notice: string } };
    assert.equal(body.verdict, 'paused');
    assert.match(body.clock.notice, /The invigilator paused your test at \d\d:\d\d: Fire alarm/);
    await asInvigilator((writer) => resumeSittings(writer, { which: { sittingId }, reason: 'Alarm over' }));
    saved(await client.send([later]));
    assert.deepEqual(await held(sittingId), []);
  });

  it('keeps what is stamped after the time apart, and what came before it in the ledger', async () => {
    const { client, sittingId } = await running();
    const early = client.make('answer', 1, 'A');
    const late = client.make('answer', 2, 'B', 48 * 60_000 + 1);
    assert.equal(saved(await client.send([early, late])).receipt.seq, 1);
    refused(await client.send([late]), 'late');
    refused(await client.send([late]), 'late');
    assert.deepEqual(await held(sittingId), [{ seq: 2, why: 'late' }]);
  });

  it('lets one device write: the former seat is told, and what it sends is kept apart', async () => {
    const sitting = await running();
    const { client, asInvigilator, sittingId, code, candidateNumber } = sitting;
    saved(await client.answer(1, 'A'));
    const again = await app.browser().post('/sit', { candidateNumber, code });
    assert.equal(again.status, 422, 'a candidate alone can never move');
    await asInvigilator((writer) => releaseSeat(writer, { sittingId, reason: 'The machine failed' }));
    const unsent = client.make('answer', 2, 'B');
    refused(await client.send([unsent]), 'lease_lost');
    assert.equal((await client.pulse()).status, 409);
    const browser = app.browser();
    assert.equal((await browser.post('/sit', { candidateNumber, code })).status, 303);
    const moved = new Client(app.url, browser);
    const paper = await moved.start();
    assert.equal(paper.epoch, 2);
    assert.deepEqual(paper.held.answers, [{ item: 1, value: 'A' }]);
    saved(await moved.answer(3, 'C'));
    assert.equal(moved.lastSeq, 2);
    refused(await client.send([unsent]), 'lease_lost');
    assert.deepEqual(await held(sittingId), [{ seq: 2, why: 'lease_lost' }]);
    // The ledger holds both seats' events in one chain.
    client.sent.push(...moved.sent);
    client.receipts.push(...moved.receipts);
  });

  it('keeps what comes after the hand-in apart, and still answers a repeat with its receipt', async () => {
    const { client, sittingId } = await running();
    const first = client.make('answer', 1, 'A');
    const receipt = JSON.stringify(saved(await client.send([first])).receipt);
    assert.equal((await client.handIn()).status, 200);
    assert.equal(JSON.stringify(saved(await client.send([first])).receipt), receipt);
    const refusal = refused(await client.answer(2, 'B'), 'closed');
    assert.equal(refusal.clock.state, 'released');
    assert.deepEqual(await held(sittingId), [{ seq: 2, why: 'closed' }]);
  });

  it('answers a browser without a seat with 401 and another seat not at all', async () => {
    const { client } = await running();
    const other = await running();
    const body = { sittingId: client.sittingId, epoch: 1, events: [client.make('answer', 1, 'A')] };
    assert.equal((await app.browser().postJson('/sit/answers', body)).status, 401);
    const foreign = await other.browser.postJson('/sit/answers', body);
    assert.equal(foreign.status, 400);
    const staff = await app.logIn('invigilator');
    assert.equal((await staff.postJson('/sit/answers', body)).status, 401, 'a person is nobody at a seat');
    assert.equal((await client.browser.get('/centres-hub')).status, 303, 'a seat is nobody at the pages of staff');
  });
});

/** An honest event in the place of another one, with another value. */
function twin(client: SeatClient, event: SentEvent, value: string): SentEvent {
  const copy = new Client(client.url, client.browser);
  copy.paper = { ...client.paper, held: { ...client.paper.held, lastSeq: event.seq - 1, head: event.previous } };
  copy.resume();
  return copy.make(event.kind, event.item, value, event.monotonicMs);
}
