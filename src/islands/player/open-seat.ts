/** Puts a sitting together at every load of the page: the server's paper, or the device's, and the journal's tail. */
import type { Paper, SeatClock } from '../../systems/online-assessments/protocol/wire.ts';
import { AnswerSheet } from './answers.ts';
import { SeatTime } from './clock.ts';
import { Connection } from './connection.ts';
import type { DeviceStore, SeatKeys, SittingStore } from './device-store.ts';
import { Journal, type JournalStore, rebuild } from './journal.ts';
import { ReceiptKeys } from './receipts.ts';
import { Sender } from './sender.ts';
import { ask } from './server.ts';

export interface Opened {
  readonly paper: Paper;
  /** True when the paper came from the server just now. */
  readonly fresh: boolean;
  readonly device: DeviceStore | null;
  readonly store: SittingStore | null;
  readonly keys: SeatKeys | null;
  readonly receiptKeys: ReceiptKeys;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly sheet: AnswerSheet;
  readonly time: SeatTime;
  readonly connection: Connection;
  /** True once the disk has refused something. */
  readonly diskFailed: () => boolean;
  /** The question that the address asks for; 1 when it asks for none. */
  readonly asked: number;
}

export interface Listeners {
  changed(): void;
  takeClock(clock: SeatClock): void;
}

/** A write that takes longer counts as failed, so that the screen does not stand still with the disk. */
const DISK_PATIENCE_MS = 3_000;
/** How long the first paint waits for the tail to be taken. */
const TAIL_PATIENCE_MS = 1_000;

/** Null when the server holds something else in the place of an own event. */
export async function openSeat(
  paper: Paper,
  fresh: boolean,
  device: DeviceStore | null,
  listeners: () => Listeners | null,
): Promise<Opened | null> {
  let failed = device === null;
  const fail = () => {
    failed = true;
    listeners()?.changed();
  };
  const keys = (await device?.keysOf(paper.sittingId).catch(() => null)) ?? null;
  const store = keys && device ? await device.openSitting(paper.sittingId).catch(() => null) : null;
  const found = (await store?.found().catch(() => null)) ?? null;
  const rebuilt = rebuild(paper, found);
  if (rebuilt.kind === 'fork') return null;

  const time = new SeatTime(() => performance.now());
  const kept = (await store?.time().catch(() => null)) ?? null;
  if (fresh || !kept) time.sync(paper.clock);
  else time.resume(kept, Date.now());
  time.notBefore(rebuilt.start.events.at(-1)?.monotonicMs ?? 0);

  if (store) {
    await store.begin(paper.epoch, rebuilt.start.base).catch(fail);
    if (fresh) await store.keepPaper(paper).catch(fail);
  }
  const disk: JournalStore = {
    append: (event) => (store ? inTime(store.append(event)) : Promise.reject(new Error('This browser keeps nothing.'))),
    keepReceipt: (receipt) => store?.keepReceipt(receipt) ?? Promise.resolve(),
  };
  const journal = new Journal(rebuilt.start, disk, () => time.stamp(), fail);
  const sheet = new AnswerSheet(paper.held);
  for (const event of journal.after(paper.held.lastSeq, Number.MAX_SAFE_INTEGER)) sheet.apply(event);
  const connection = new Connection(() => performance.now(), paper.settings.offlineBannerMs);
  const receiptKeys = new ReceiptKeys(paper.receiptKeys);
  const sender = new Sender({
    journal,
    keys: receiptKeys,
    eventsPerRequest: paper.settings.eventsPerRequest,
    savedSeq: rebuilt.savedSeq,
    post: async (request) => {
      connection.asked();
      const reply = await ask('POST', '/sit/answers', request);
      // Anything with a verdict of ours is the server; a bare error page is not.
      if (reply.status < 500 || typeof (reply.body as { verdict?: unknown } | undefined)?.verdict === 'string')
        connection.answered();
      return reply;
    },
    pause: wakeable,
    random: Math.random,
    changed: () => listeners()?.changed(),
    onReceipt: (receipt) => void disk.keepReceipt(receipt).catch(() => {}),
    onClock: (clock) => listeners()?.takeClock(clock),
  });
  if (rebuilt.tail.length > 0 || journal.tip.seq > sender.savedSeq) {
    sender.nudge();
    await Promise.race([untilSaved(sender), wakeable(TAIL_PATIENCE_MS).done]);
  }
  return {
    paper,
    fresh,
    device,
    store,
    keys,
    receiptKeys,
    journal,
    sender,
    sheet,
    time,
    connection,
    diskFailed: () => failed,
    asked: askedQuestion(),
  };
}

function askedQuestion(): number {
  return Number(/^#question-(\d+)$/.exec(location.hash)?.[1] ?? 1);
}

function inTime(work: Promise<void>): Promise<void> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('The disk is too slow.')), DISK_PATIENCE_MS)),
  ]);
}

async function untilSaved(sender: Sender): Promise<void> {
  while (!sender.allSaved && !sender.stopped) await wakeable(20).done;
}

function wakeable(ms: number): { done: Promise<void>; wake(): void } {
  let wake = () => {};
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { done, wake: () => wake() };
}
