/**
 * The device's own record of a sitting, written before the screen moves (delivery rule 2). Events get their place and
 * their hash here, one after the other; each is on disk before it counts as made, unless the disk refuses: then it is
 * kept in memory, sent all the same, and the candidate is told at once.
 */
import type { EventKind, Paper, SeatEvent } from '../../systems/online-assessments/protocol/wire.ts';
import { nextHead } from './chain.ts';
import type { SignedReceipt } from './receipts.ts';

/** Where a journal keeps its events; encrypted in the browser, in memory in tests. */
export interface JournalStore {
  /** Resolves when the event would survive a power cut. Rejects when it was not written. */
  append(event: SeatEvent): Promise<void>;
  /** Keeps the last receipt that was verified. */
  keepReceipt(receipt: SignedReceipt): Promise<void>;
}

/** What a journal goes on from: the server's state, or the events found on the device. */
export interface JournalStart {
  readonly sittingId: string;
  readonly epoch: number;
  /** Place and head that the first event of `events` stands on. */
  readonly base: { readonly seq: number; readonly head: string };
  readonly events: readonly SeatEvent[];
}

export type NewEvent = { readonly kind: EventKind; readonly item: number; readonly value: string };

export class Journal {
  readonly sittingId: string;
  readonly epoch: number;
  readonly #base: JournalStart['base'];
  readonly #events: SeatEvent[];
  readonly #store: JournalStore;
  readonly #stamp: () => number;
  readonly #failed: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();

  /** `stamp`: ms of used time for a new event. `failed`: called each time the disk did not take an event. */
  constructor(start: JournalStart, store: JournalStore, stamp: () => number, failed: (error: unknown) => void) {
    this.sittingId = start.sittingId;
    this.epoch = start.epoch;
    this.#base = start.base;
    this.#events = [...start.events];
    this.#store = store;
    this.#stamp = stamp;
    this.#failed = failed;
  }

  /**
   * Adds an event behind all others and resolves when it is on disk (or known not to be). The stamp is of the moment of
   * the call, not of the moment when earlier events were written.
   */
  append(event: NewEvent): Promise<SeatEvent> {
    const monotonicMs = this.#stamp();
    const made = this.#last.then(() => this.#write(event, monotonicMs));
    this.#last = made;
    return made;
  }

  async #write({ kind, item, value }: NewEvent, monotonicMs: number): Promise<SeatEvent> {
    const { seq, head: previous } = this.tip;
    const placed = { seq: seq + 1, kind, item, value, monotonicMs };
    const event = { ...placed, previous, head: await nextHead(previous, this.sittingId, this.epoch, placed) };
    try {
      await this.#store.append(event);
    } catch (error) {
      this.#failed(error);
    }
    this.#events.push(event);
    return event;
  }

  /** Resolves when everything asked for so far is written. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** The last place and head. */
  get tip(): { readonly seq: number; readonly head: string } {
    return this.#events.at(-1) ?? this.#base;
  }

  /** The place before the first event that this device has. */
  get baseSeq(): number {
    return this.#base.seq;
  }

  headAt(seq: number): string | undefined {
    return seq === this.#base.seq ? this.#base.head : this.#events[seq - this.#base.seq - 1]?.head;
  }

  /** Up to `count` events after `seq`, in order. */
  after(seq: number, count: number): readonly SeatEvent[] {
    const from = Math.max(0, seq - this.#base.seq);
    return this.#events.slice(from, from + count);
  }
}

/** What was found on the device of an earlier visit to this sitting. */
export interface Found {
  readonly epoch: number;
  readonly base: JournalStart['base'];
  readonly events: readonly SeatEvent[];
  readonly receipt: SignedReceipt | null;
}

export type Rebuilt =
  | {
      readonly kind: 'go on';
      readonly start: JournalStart;
      /** The last place that a verified receipt stands for; -1 when this device holds none. */
      readonly savedSeq: number;
      /** Events that the server did not hold when it sent the paper. */
      readonly tail: readonly SeatEvent[];
    }
  /** The server holds another event in a place of ours: an incident, not something to mend here. */
  | { readonly kind: 'fork' };

/**
 * Puts the server's state and the device's journal together (rule 6). What the server says it holds is taken as the
 * answer, but nothing counts as saved without a receipt: places without one are sent again, which is idempotent.
 */
export function rebuild(paper: Pick<Paper, 'sittingId' | 'epoch' | 'held'>, found: Found | null): Rebuilt {
  const { sittingId, epoch, held } = paper;
  const fresh: Rebuilt = {
    kind: 'go on',
    start: { sittingId, epoch, base: { seq: held.lastSeq, head: held.head }, events: [] },
    savedSeq: -1,
    tail: [],
  };
  // Of an earlier lease only the server's word counts; what it did not take went to it as a branch of its own.
  if (found?.epoch !== epoch) return fresh;
  const own = unbroken(found);
  const last = own.at(-1)?.seq ?? found.base.seq;
  // The server knows more than this device: another tab of it wrote on, or the disk had failed.
  if (held.lastSeq > last || held.lastSeq < found.base.seq) return held.lastSeq > last ? fresh : { kind: 'fork' };
  const ownHead = held.lastSeq === found.base.seq ? found.base.head : own[held.lastSeq - found.base.seq - 1]?.head;
  if (ownHead !== held.head) return { kind: 'fork' };
  return {
    kind: 'go on',
    start: { sittingId, epoch, base: found.base, events: own },
    savedSeq: found.receipt?.receipt.epoch === epoch ? found.receipt.receipt.seq : -1,
    tail: own.filter((event) => event.seq > held.lastSeq),
  };
}

/** The events as far as each stands on the one before it. */
function unbroken(found: Found): SeatEvent[] {
  const events: SeatEvent[] = [];
  let tip = found.base;
  for (const event of [...found.events].sort((a, b) => a.seq - b.seq)) {
    if (event.seq <= found.base.seq) continue;
    if (event.seq !== tip.seq + 1 || event.previous !== tip.head) break;
    events.push(event);
    tip = event;
  }
  return events;
}
