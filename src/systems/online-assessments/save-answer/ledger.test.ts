/** Random schedules of seats, repeats, losses, pauses and take-overs on the real database; the ledger is checked after each. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { pauseSittings, releaseSeat, resumeSittings } from '#online-assessments';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkLedger } from '#test/check-ledger.ts';
import { asSuperuser } from '#test/database.ts';
import { SeatClient, type SeatLog } from '#test/seat-client.ts';
import { startSitting, type TestSitting } from '#test/sitting.ts';
import { closeSitting } from '../close-sitting/close-sitting.ts';
import { lockSitting } from '../sitting/change-sitting.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

type Step =
  | {
      readonly do: 'answer' | 'late' | 'lose' | 'twice' | 'again' | 'handIn' | 'wrong';
      readonly seat: number;
      readonly item: number;
      readonly letter: string;
      readonly count: number;
    }
  | { readonly do: 'pause' | 'resume' | 'move'; readonly seat: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'answer' as const,
        'late' as const,
        'lose' as const,
        'twice' as const,
        'again' as const,
        'handIn' as const,
        'wrong' as const,
      ),
      seat: fc.nat(2),
      item: fc.integer({ min: 1, max: 10 }),
      letter: fc.constantFrom('', 'A', 'B', 'C'),
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('pause' as const, 'resume' as const, 'move' as const),
      seat: fc.nat(2),
    }),
  },
);

class Room {
  readonly sitting: TestSitting;
  readonly seats: SeatClient[];
  readonly logs: SeatLog[];
  constructor(sitting: TestSitting) {
    this.sitting = sitting;
    this.seats = sitting.seats.map(({ client }) => client);
    this.logs = this.seats.map(({ log }) => log);
  }

  /** What the seat has that no receipt covers, from the first gap on. */
  unsaved(client: SeatClient) {
    const saved = client.receipts.at(-1)?.seq ?? client.paper.held.lastSeq;
    return client.journal.filter(({ seq }) => seq > saved).slice(0, 50);
  }

  async run(each: Step): Promise<void> {
    const { sitting } = this;
    const client = this.seats[each.seat] as SeatClient;
    const which = { sittingId: client.sittingId };
    switch (each.do) {
      case 'pause':
        return sitting
          .asInvigilator((writer) => pauseSittings(writer, { which, reason: 'Test' }))
          .then(
            () => {},
            () => {},
          );
      case 'resume':
        return sitting
          .asInvigilator((writer) => resumeSittings(writer, { which, reason: 'Test' }))
          .then(
            () => {},
            () => {},
          );
      case 'move':
        return this.move(each.seat).catch(() => {});
      case 'handIn':
        await client.handIn();
        return;
      case 'again':
        if (client.journal.length > 0) await client.send(client.journal.slice(0, 50));
        return;
      case 'wrong': {
        const event = this.unsaved(client)[0];
        if (event) await client.send([{ ...event, value: event.value === 'A' ? 'B' : 'A' }]);
        return;
      }
      default: {
        for (let n = 0; n < each.count; n++)
          client.make('answer', ((each.item + n) % 10) + 1, each.letter, each.do === 'late' ? 48 * 60_000 + n : 1000);
        if (each.do === 'lose') return;
        const events = this.unsaved(client);
        await Promise.all(each.do === 'twice' ? [client.send(events), client.send(events)] : [client.send(events)]);
      }
    }
  }

  async move(index: number): Promise<void> {
    const old = this.seats[index] as SeatClient;
    const { candidateNumber } = this.sitting.seats[index] as TestSitting['seats'][number];
    await this.sitting.asInvigilator((writer) => releaseSeat(writer, { sittingId: old.sittingId, reason: 'Test' }));
    const browser = app.browser();
    await browser.post('/sit', { candidateNumber, code: this.sitting.code });
    const moved = new SeatClient(app.url, browser);
    await moved.start();
    this.seats[index] = moved;
    this.logs.push(moved.log);
  }

  /** Everything that any seat of a sitting sent or was told, one log for each sitting. */
  merged(): SeatLog[] {
    const byId = Map.groupBy(this.logs, ({ sittingId }) => sittingId);
    return [...byId].map(([sittingId, logs]) => ({
      sittingId,
      sent: logs.flatMap(({ sent }) => sent),
      receipts: logs.flatMap(({ receipts }) => receipts),
    }));
  }
}

it('keeps every invariant whatever seats, networks and invigilators do', { timeout: 180_000 }, async () => {
  let confirmed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const room = new Room(await startSitting(app, { seats: 3 }));
      // Two at a time, so that saves, moves and pauses meet.
      for (let at = 0; at < steps.length; at += 2)
        await Promise.all(steps.slice(at, at + 2).map((each) => room.run(each)));
      const report = await checkLedger(app.database.url, room.merged());
      assert.deepEqual(report.problems, []);
      confirmed += report.receipts;
    }),
    { numRuns: 12 },
  );
  assert.ok(confirmed > 10, `only ${confirmed} receipts: the schedules did nothing`);
});

it('ends a sitting not before its last answer, when that was stored while the end waited', async () => {
  const { client, sittingId, centreId } = await startSitting(app);
  await app.services.database.write({ kind: 'system', centreId }, async (writer) => {
    while (app.services.clock.now() <= writer.now) await client.answer(1, 'A');
    await client.answer(2, 'B');
    await closeSitting(writer, app.services.keys, await lockSitting(writer, sittingId), {
      kind: 'end',
      reason: 'Test',
    });
  });
  const report = await checkLedger(app.database.url, [client.log]);
  assert.deepEqual(report.problems, []);
  const states = await asSuperuser(app.database.url, (owner) =>
    owner.query('select at from online_assessments.sitting_states where sitting_id = $1 order by id', [sittingId]),
  );
  const times = states.rows.map(({ at }) => at.getTime());
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
});

it('the check of the ledger goes red for each thing it is there for', async () => {
  const sitting = await startSitting(app);
  const { client, sittingId } = sitting;
  for (let item = 1; item <= 5; item++) await client.answer(item, 'A');
  const log = client.log;
  const problems = async (damage: string, given: SeatLog = log) =>
    asSuperuser(app.database.url, async (owner) => {
      const before = await owner.query('select * from online_assessments.answers where sitting_id = $1', [sittingId]);
      await owner.query(damage);
      const report = await checkLedger(app.database.url, [given]);
      await owner.query('delete from online_assessments.answers where sitting_id = $1', [sittingId]);
      for (const row of before.rows)
        await owner.query(
          'insert into online_assessments.answers values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
          Object.values(row),
        );
      return new Set(report.problems.map((problem) => problem.slice(0, 3).trim()));
    });
  const where = `where sitting_id = '${sittingId}'`;
  assert.deepEqual([...(await problems('select 1'))], []);
  assert.ok((await problems(`delete from online_assessments.answers ${where} and seq = 5`)).has('I1'));
  assert.ok((await problems(`delete from online_assessments.answers ${where} and seq = 3`)).has('I3'));
  assert.ok((await problems(`update online_assessments.answers set value = 'B' ${where} and seq = 2`)).has('I4'));
  assert.ok((await problems(`update online_assessments.answers set value = 'B' ${where} and seq = 2`)).has('I2'));
  assert.ok((await problems(`update online_assessments.answers set epoch = 7 ${where} and seq = 5`)).has('I5'));
  assert.ok(
    (await problems(`update online_assessments.answers set at = now() + interval '5 hours' ${where} and seq = 5`)).has(
      'I6',
    ),
  );
  assert.ok((await problems(`update online_assessments.answers set value = 'C' ${where} and seq = 5`)).has('I7'));
  assert.ok((await problems('select 1', { ...log, sent: log.sent.slice(1) })).has('I2'));
});
