import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { SaveRequest } from '../../systems/online-assessments/protocol/wire.ts';
import { Journal } from './journal.ts';
import { ReceiptKeys } from './receipts.ts';
import { LONGEST_WAIT_MS, type Reply, Sender, SHORTEST_WAIT_MS, waitMs } from './sender.ts';
import { type Behaviour, diskMustWork, Ledger, runningClock, SITTING } from './testing/ledger.ts';

const BEHAVIOURS: Behaviour[] = [
  'take',
  'drop',
  'cut',
  'no receipt',
  'old receipt',
  'wrong head',
  'foreign signature',
  'foreign key',
  'other sitting',
  'other epoch',
  'error page',
  'busy',
  'paused',
];

interface Bench {
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly requests: SaveRequest[];
  /** `breaches`: how often more was called saved than the ledger held. */
  readonly seen: { breaches: number; receipts: number };
}

/** A journal and a sender against the ledger; `reply` decides what each request gets, `pause` how waits pass. */
function bench(
  reply: (ledger: Ledger, request: SaveRequest, n: number) => Promise<Reply>,
  pause: (ms: number) => Promise<void> = async () => {},
  eventsPerRequest = 3,
  keys?: ReceiptKeys,
): Bench {
  const ledger = new Ledger();
  const store = { append: async () => {}, keepReceipt: async () => {} };
  const start = { sittingId: SITTING, epoch: 1, base: { seq: 0, head: ledger.heads[0] as string }, events: [] };
  let time = 0;
  const journal = new Journal(start, store, () => ++time, diskMustWork);
  const requests: SaveRequest[] = [];
  const seen = { breaches: 0, receipts: 0 };
  let inFlight = 0;
  const sender = new Sender({
    journal,
    keys: keys ?? new ReceiptKeys(ledger.publicKeys),
    eventsPerRequest,
    savedSeq: -1,
    post: async (request) => {
      assert.equal(++inFlight, 1, 'two requests in flight');
      assert(request.events.length >= 1 && request.events.length <= eventsPerRequest);
      request.events.forEach((event, index) => {
        assert.equal(event.seq, (request.events[0]?.seq ?? 0) + index, 'out of order');
      });
      requests.push(request);
      try {
        return await reply(ledger, request, requests.length - 1);
      } finally {
        inFlight--;
      }
    },
    pause: (ms) => ({ done: pause(ms), wake: () => {} }),
    random: () => 0.5,
    changed: () => {
      if (sender.savedSeq > ledger.lastSeq) seen.breaches++;
    },
    onReceipt: () => seen.receipts++,
    onClock: () => {},
  });
  return { ledger, journal, sender, requests, seen };
}

/** Waits that pass at once, but for the last, which never does: a sender tries for ever. */
function patienceFor(tries: number): () => Promise<void> {
  let left = tries;
  return () => (left-- > 0 ? new Promise((resolve) => setImmediate(resolve)) : new Promise(() => {}));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('the sender', () => {
  it('never has two requests in flight, never leaves the order, never calls saved what the server does not hold, and arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...BEHAVIOURS), { maxLength: 14 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 4 }),
        async (s, script, count, eventsPerRequest) => {
          const set = bench(
            async (ledger, request, n) => {
              await s.schedule(Promise.resolve(), 'request arrives');
              const reply = await ledger.answer(request, script[n] ?? 'take');
              await s.schedule(Promise.resolve(), 'reply arrives');
              return reply;
            },
            () => s.schedule(Promise.resolve(), 'wait is over'),
            eventsPerRequest,
          );
          const work = (async () => {
            for (let item = 1; item <= count; item++) {
              await s.schedule(Promise.resolve(), 'candidate answers');
              await set.journal.append({ kind: 'answer', item, value: 'A' });
              set.sender.nudge();
              if (item % 3 === 0) set.sender.hurry();
            }
            await until(() => set.sender.allSaved);
          })();
          await s.waitFor(work);
          assert.equal(set.ledger.lastSeq, count);
          assert.equal(set.sender.savedSeq, count);
          // The promise itself: at no moment did the screen call saved what the server did not hold.
          assert.equal(set.seen.breaches, 0);
          assert.deepEqual(
            set.ledger.events.map(({ item }) => item),
            Array.from({ length: count }, (_, n) => n + 1),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  for (const lie of [
    'no receipt',
    'wrong head',
    'foreign signature',
    'foreign key',
    'other sitting',
    'other epoch',
  ] as const) {
    it(`never calls anything saved while all it gets is 200 with: ${lie}`, async () => {
      const set = bench((ledger, request) => ledger.answer(request, lie), patienceFor(25));
      await set.journal.append({ kind: 'answer', item: 1, value: 'A' });
      set.sender.nudge();
      await until(() => set.requests.length > 20);
      assert.equal(set.sender.savedSeq, 0);
      assert.equal(set.sender.allSaved, false);
      assert.equal(set.sender.nothingLeft, false);
      assert.equal(set.sender.handInPoint, null);
      assert.notEqual(set.sender.trouble, null);
      assert.equal(set.seen.receipts, 0);
    });
  }

  it('would call a lie saved without the check of the signature (control)', async () => {
    const gullible = { verify: async () => true } as unknown as ReceiptKeys;
    const set = bench((ledger, request) => ledger.answer(request, 'foreign signature'), patienceFor(2), 3, gullible);
    await set.journal.append({ kind: 'answer', item: 1, value: 'A' });
    set.sender.nudge();
    await until(() => set.sender.savedSeq > 0);
    assert.equal(set.ledger.lastSeq, 0);
    assert.equal(set.seen.breaches, 1);
  });

  it('gets the same receipt after a cut behind the commit, and is at peace again', async () => {
    const script: Behaviour[] = ['cut', 'cut', 'take'];
    const set = bench((ledger, request, n) => ledger.answer(request, script[n] ?? 'take'));
    await set.journal.append({ kind: 'answer', item: 1, value: 'A' });
    set.sender.nudge();
    await until(() => set.sender.allSaved);
    assert.equal(set.requests.length, 3);
    assert.equal(set.ledger.lastSeq, 1);
    assert.equal(set.sender.trouble, null);
  });

  it('sends again from behind a gap', async () => {
    let forgotten = false;
    const set = bench(async (ledger, request) => {
      // Place 1 never reached the ledger although a reload believes so.
      if (!forgotten && request.events[0]?.seq === 1) {
        forgotten = true;
        return {
          status: 409,
          body: { verdict: 'gap', lastSeq: 0, head: ledger.heads[0], clock: runningClock() },
          retryAfterMs: null,
        };
      }
      return ledger.answer(request, 'take');
    });
    for (const item of [1, 2]) await set.journal.append({ kind: 'answer', item, value: 'A' });
    set.sender.nudge();
    await until(() => set.sender.allSaved);
    assert.equal(set.ledger.lastSeq, 2);
  });

  it('freezes on a fork and sends nothing more', async () => {
    const set = bench(async (ledger) => ({
      status: 409,
      body: { verdict: 'fork', lastSeq: 1, head: ledger.heads[0], clock: runningClock() },
      retryAfterMs: null,
    }));
    await set.journal.append({ kind: 'answer', item: 1, value: 'A' });
    set.sender.nudge();
    await until(() => set.sender.stopped !== null);
    await set.journal.append({ kind: 'answer', item: 2, value: 'A' });
    set.sender.nudge();
    set.sender.hurry();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(set.sender.stopped, 'fork');
    assert.equal(set.sender.nothingLeft, false);
    assert.equal(set.requests.length, 1);
    assert.equal(set.sender.savedSeq, 0);
  });

  for (const verdict of ['lease_lost', 'late', 'closed'] as const) {
    it(`offers all the rest once when the answer is ${verdict}, and calls none of it saved`, async () => {
      const set = bench(async (ledger) => ({
        status: 409,
        body: { verdict, lastSeq: 0, head: ledger.heads[0], clock: runningClock() },
        retryAfterMs: null,
      }));
      for (const item of [1, 2, 3, 4, 5]) await set.journal.append({ kind: 'answer', item, value: 'A' });
      set.sender.nudge();
      await until(() => set.requests.length === 2);
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.deepEqual(
        set.requests.map(({ events }) => events.map(({ seq }) => seq)),
        [
          [1, 2, 3],
          [4, 5],
        ],
      );
      assert.equal(set.sender.stopped, verdict);
      assert.equal(set.sender.nothingLeft, true);
      assert.equal(set.sender.savedSeq, 0);
      assert.deepEqual(set.sender.handInPoint, verdict === 'late' ? { seq: 0, head: set.ledger.heads[0] } : null);
    });
  }

  it('treats a pause as no trouble and sends on when it ends', async () => {
    const script: Behaviour[] = ['paused', 'paused', 'take'];
    const troubles: unknown[] = [];
    const set = bench((ledger, request, n) => {
      troubles.push(set.sender.trouble);
      return ledger.answer(request, script[n] ?? 'take');
    });
    await set.journal.append({ kind: 'answer', item: 1, value: 'A' });
    set.sender.nudge();
    await until(() => set.sender.allSaved);
    assert.deepEqual(troubles, [null, null, null]);
  });

  it('waits as long as the server asks, and never longer than a minute', async () => {
    const waits: number[] = [];
    const asked = [2_000, 500_000, 0];
    const set = bench(
      async (ledger, request, n) =>
        n < asked.length
          ? { status: 503, body: { verdict: 'busy', clock: null }, retryAfterMs: asked[n] as number }
          : ledger.answer(request, 'take'),
      async (ms) => void waits.push(ms),
    );
    await set.journal.append({ kind: 'answer', item: 1, value: 'A' });
    set.sender.nudge();
    await until(() => set.sender.allSaved);
    assert.deepEqual(waits, [2_000, 60_000, waitMs(3, 0.5)]);
  });
});

describe('the back-off', () => {
  it('lies between half a second and ten seconds, and grows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const wait = waitMs(failures, random);
          assert(wait >= SHORTEST_WAIT_MS && wait <= LONGEST_WAIT_MS);
        },
      ),
    );
    assert(waitMs(1, 1) <= 1_000);
    assert(waitMs(8, 0) >= 5_000);
  });
});
