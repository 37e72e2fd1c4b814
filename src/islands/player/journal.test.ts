import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { SeatEvent } from '../../systems/online-assessments/protocol/wire.ts';
import { AnswerSheet, answerValue } from './answers.ts';
import { nextHead } from './chain.ts';
import { type Found, Journal, type JournalStore, rebuild } from './journal.ts';
import type { SignedReceipt } from './receipts.ts';
import { diskMustWork, Ledger, SITTING } from './testing/ledger.ts';

const HEAD_0 = new Ledger().heads[0] as string;
const START = { sittingId: SITTING, epoch: 1, base: { seq: 0, head: HEAD_0 }, events: [] };

const newEvent = fc.record(
  {
    kind: fc.constantFrom('answer' as const, 'flag' as const, 'visit' as const),
    item: fc.integer({ min: 1, max: 60 }),
    value: fc.constantFrom('', 'A', 'B,D', '1'),
  },
  { noNullPrototype: true },
);

/** Every link of the chain, recomputed. */
async function assertWhole(events: readonly SeatEvent[], base = START.base): Promise<void> {
  let tip = base;
  for (const event of events) {
    assert.equal(event.seq, tip.seq + 1);
    assert.equal(event.previous, tip.head);
    assert.equal(event.head, await nextHead(tip.head, SITTING, 1, event));
    tip = event;
  }
}

describe('the journal', () => {
  it('writes every event before it counts, in the order of the calls, however slow the disk is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(newEvent, { minLength: 1, maxLength: 12 }), async (s, wanted) => {
        const disk: SeatEvent[] = [];
        let writing = 0;
        const store: JournalStore = {
          append: async (event) => {
            assert.equal(++writing, 1, 'two writes at once');
            await s.schedule(Promise.resolve());
            disk.push(event);
            writing--;
          },
          keepReceipt: async () => {},
        };
        let time = 0;
        const journal = new Journal(START, store, () => ++time, diskMustWork);
        const made = wanted.map((event) =>
          journal.append(event).then((written) => assert.equal(disk.at(-1), written, 'counted before it was written')),
        );
        await s.waitFor(Promise.all(made));
        assert.deepEqual(
          disk.map(({ kind, item, value }) => ({ kind, item, value })),
          wanted,
        );
        assert.deepEqual(
          disk.map(({ monotonicMs }) => monotonicMs),
          wanted.map((_, index) => index + 1),
        );
        await assertWhole(disk);
        assert.equal(journal.tip.seq, wanted.length);
      }),
      { numRuns: 100 },
    );
  });

  it('goes on without a disk, and says so each time', async () => {
    let failures = 0;
    const store: JournalStore = {
      append: () => Promise.reject(new Error('QuotaExceededError')),
      keepReceipt: async () => {},
    };
    const journal = new Journal(
      START,
      store,
      () => 1,
      () => failures++,
    );
    await journal.append({ kind: 'answer', item: 1, value: 'A' });
    await journal.append({ kind: 'answer', item: 2, value: 'B' });
    assert.equal(failures, 2);
    assert.equal(journal.after(0, 50).length, 2);
    await assertWhole(journal.after(0, 50));
  });
});

/** Events made by a device, of which the server holds the first `held`. */
async function deviceWith(count: number, held: number) {
  const store: JournalStore = { append: async () => {}, keepReceipt: async () => {} };
  const journal = new Journal(START, store, () => 1, diskMustWork);
  for (let n = 1; n <= count; n++) await journal.append({ kind: 'answer', item: n, value: 'A' });
  const found = (receiptSeq: number | null): Found => ({
    epoch: 1,
    base: START.base,
    events: journal.after(0, count),
    receipt: receiptSeq === null ? null : ({ receipt: { epoch: 1, seq: receiptSeq } } as SignedReceipt),
  });
  const answers = Array.from({ length: held }, (_, index) => ({ item: index + 1, value: 'A' }));
  const paper = {
    sittingId: SITTING,
    epoch: 1,
    held: { lastSeq: held, head: journal.headAt(held) as string, answers, flags: [] },
  };
  return { paper, found };
}

describe('a reload', () => {
  it('takes up the tail that the server does not hold', async () => {
    const { paper, found } = await deviceWith(5, 3);
    const rebuilt = rebuild(paper, found(3));
    assert(rebuilt.kind === 'go on');
    assert.deepEqual(
      rebuilt.tail.map(({ seq }) => seq),
      [4, 5],
    );
    assert.equal(rebuilt.savedSeq, 3);
  });

  it('calls nothing saved that it holds no receipt for, though the server says that it has it', async () => {
    const { paper, found } = await deviceWith(5, 5);
    const without = rebuild(paper, found(null));
    assert(without.kind === 'go on');
    assert.equal(without.savedSeq, -1);
    const behind = rebuild(paper, found(2));
    assert(behind.kind === 'go on');
    assert.equal(behind.savedSeq, 2);
    assert.equal(behind.start.events.length, 5);
  });

  it('begins with the server on a device that has nothing, and on a new lease', async () => {
    const { paper, found } = await deviceWith(5, 3);
    for (const rebuilt of [rebuild(paper, null), rebuild({ ...paper, epoch: 2 }, found(3))]) {
      assert(rebuilt.kind === 'go on');
      assert.deepEqual(rebuilt.start.base, { seq: 3, head: paper.held.head });
      assert.equal(rebuilt.savedSeq, -1);
      assert.deepEqual(rebuilt.start.events, []);
    }
  });

  it('begins with the server when that holds more than the device', async () => {
    const { paper, found } = await deviceWith(5, 5);
    const lost = { ...found(2), events: found(2).events.slice(0, 2) };
    const rebuilt = rebuild(paper, lost);
    assert(rebuilt.kind === 'go on');
    assert.deepEqual(rebuilt.start.base, { seq: 5, head: paper.held.head });
  });

  it('stands still when the server holds something else in an own place', async () => {
    const { paper, found } = await deviceWith(5, 3);
    const other = { ...paper, held: { ...paper.held, head: HEAD_0 } };
    assert.equal(rebuild(other, found(3)).kind, 'fork');
  });

  it('takes events only as far as the chain is whole', async () => {
    const { paper, found } = await deviceWith(5, 2);
    const [a, b, , d, e] = found(2).events as [SeatEvent, SeatEvent, SeatEvent, SeatEvent, SeatEvent];
    const rebuilt = rebuild(paper, { ...found(2), events: [e, b, d, a] });
    assert(rebuilt.kind === 'go on');
    assert.deepEqual(
      rebuilt.start.events.map(({ seq }) => seq),
      [1, 2],
    );
  });
});

describe('the answer sheet', () => {
  it('takes the last event of each question as its answer', () => {
    const sheet = new AnswerSheet({
      lastSeq: 4,
      head: '',
      answers: [
        { item: 1, value: 'A' },
        { item: 2, value: '' },
      ],
      flags: [2],
    });
    assert.equal(sheet.answered, 1);
    assert.equal(sheet.flagged, 1);
    sheet.apply({ seq: 5, kind: 'answer', item: 2, value: 'C' });
    sheet.apply({ seq: 6, kind: 'answer', item: 1, value: '' });
    sheet.apply({ seq: 7, kind: 'flag', item: 2, value: '0' });
    sheet.apply({ seq: 8, kind: 'visit', item: 3, value: '' });
    assert.deepEqual(sheet.of(2), { value: 'C', flagged: false, seq: 5 });
    assert.equal(sheet.of(1).value, '');
    assert.equal(sheet.answered, 1);
    assert.equal(sheet.lastAnswerSeq, 6);
  });

  it('sorts letters', () => assert.equal(answerValue(['D', 'A']), 'A,D'));
});
