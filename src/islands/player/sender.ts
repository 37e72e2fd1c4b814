/**
 * Sends the journal to the server: in order, one request at a time, for ever (delivery rules 3, 4 and 6). It moves what
 * counts as saved only by a verified receipt, whatever the status of the answer says.
 */
import type { SaveRefusal, SaveRequest, SeatClock, SeatEvent } from '../../systems/online-assessments/protocol/wire.ts';
import {
  checkReceipt,
  isRecord,
  type OwnChain,
  type ReceiptFault,
  type ReceiptKeys,
  type SignedReceipt,
} from './receipts.ts';

/** An answer as it came: status, JSON body (undefined when it was none), Retry-After in ms. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | null;
}

/** Why sending stopped for good. `held`: the server keeps the rest apart from the chain, for staff. */
export type Stop = 'fork' | 'lease_lost' | 'closed' | 'late' | 'no_seat';

/** What does not go as it should, while the sender goes on trying. */
export type Trouble = 'unreachable' | 'server' | ReceiptFault | 'not understood';

export interface SenderJournal extends OwnChain {
  readonly tip: { readonly seq: number; readonly head: string };
  readonly baseSeq: number;
  after(seq: number, count: number): readonly SeatEvent[];
}

export interface SenderOptions {
  readonly journal: SenderJournal;
  readonly keys: ReceiptKeys;
  readonly eventsPerRequest: number;
  /** The last place with a verified receipt; -1 when there is none. */
  readonly savedSeq: number;
  /** Rejects when there was no answer. */
  readonly post: (request: SaveRequest) => Promise<Reply>;
  /** Resolves after `ms`, or at once when `wake` is called. */
  readonly pause: (ms: number) => { readonly done: Promise<void>; wake(): void };
  /** From 0 to 1. */
  readonly random: () => number;
  /** Something changed: what is saved, trouble, or the stop. */
  readonly changed: () => void;
  readonly onReceipt: (receipt: SignedReceipt) => void;
  readonly onClock: (clock: SeatClock) => void;
}

export const SHORTEST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 10_000;

/** Back-off with jitter: between half and the whole of a wait that doubles, 0.5 to 10 s. `failures` counts from 1. */
export function waitMs(failures: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(failures, 10));
  return Math.max(SHORTEST_WAIT_MS, Math.round(whole * (0.5 + random / 2)));
}

export class Sender {
  readonly #options: SenderOptions;
  #savedSeq: number;
  /** The last place that need not be sent (again): saved, or what a gap answer says the server holds. */
  #sentSeq: number;
  /** The last place that counts in the chain once the server keeps the rest apart. */
  #chainEnd: number | null = null;
  #failures = 0;
  #trouble: Trouble | null = null;
  #stop: Stop | null = null;
  #running: Promise<void> | null = null;
  #waiting: { wake(): void } | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
    // Place 0 is the sitting's own id: nothing stands before it that could be lost.
    this.#savedSeq = options.journal.baseSeq === 0 ? Math.max(0, options.savedSeq) : options.savedSeq;
    this.#sentSeq = Math.max(options.savedSeq, options.journal.baseSeq);
  }

  /** The last place with a verified receipt; -1 when there is none. */
  get savedSeq(): number {
    return this.#savedSeq;
  }

  /** True when a verified receipt stands for everything in the journal. */
  get allSaved(): boolean {
    return this.#savedSeq >= this.#options.journal.tip.seq;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  get stopped(): Stop | null {
    return this.#stop;
  }

  /** Place and head to hand in: the end of the journal, or of its part that the server took. Null while some is unsaved. */
  get handInPoint(): { readonly seq: number; readonly head: string } | null {
    const { journal } = this.#options;
    if (this.#stop === 'late' && this.#chainEnd !== null) {
      const head = journal.headAt(this.#chainEnd);
      return head === undefined ? null : { seq: this.#chainEnd, head };
    }
    return this.allSaved ? journal.tip : null;
  }

  /** True when the server has everything: saved, or kept apart for staff. A fork leaves something here for ever. */
  get nothingLeft(): boolean {
    return this.allSaved || (this.#stop !== null && this.#stop !== 'fork' && this.#next().length === 0);
  }

  /** How many events are without a receipt. */
  get unsaved(): number {
    return this.#options.journal.tip.seq - Math.max(this.#savedSeq, this.#options.journal.baseSeq);
  }

  /** There may be something to send. */
  nudge(): void {
    if (this.#running) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      // An event may have come while the last request was being finished.
      if (this.#next().length > 0 && !this.#finished) this.nudge();
    });
  }

  /** The network may be back: do not wait any longer. */
  hurry(): void {
    this.#waiting?.wake();
    this.nudge();
  }

  get #finished(): boolean {
    return this.#stop !== null && (this.#stop === 'fork' || this.#stop === 'no_seat' || this.#next().length === 0);
  }

  #next(): readonly SeatEvent[] {
    return this.#options.journal.after(this.#sentSeq, this.#options.eventsPerRequest);
  }

  async #run(): Promise<void> {
    for (let events = this.#next(); events.length > 0 && !this.#finished; events = this.#next()) {
      const wait = await this.#send(events);
      this.#options.changed();
      if (wait === null || this.#finished) continue;
      const pause = this.#options.pause(wait);
      this.#waiting = pause;
      await pause.done;
      this.#waiting = null;
    }
  }

  /** Sends once. Returns how long to wait before the next try, null for none. */
  async #send(events: readonly SeatEvent[]): Promise<number | null> {
    const { journal, post } = this.#options;
    let reply: Reply;
    try {
      reply = await post({ sittingId: journal.sittingId, epoch: journal.epoch, events });
    } catch {
      return this.#failed('unreachable', null);
    }
    const body = isRecord(reply.body) ? reply.body : {};
    if (isClock(body.clock)) this.#options.onClock(body.clock);
    if (reply.status === 200) return this.#receipt(reply, events);
    if (reply.status === 409) return this.#refused(body as unknown as SaveRefusal, events, reply);
    if (reply.status === 401 && body.verdict === 'no_seat') return this.#halt('no_seat');
    if (reply.status === 400) return this.#failed('not understood', reply.retryAfterMs);
    // A pause is no trouble: what was answered after it began is taken after it ends.
    if (reply.status === 503 && body.verdict === 'paused') return this.#failed(null, reply.retryAfterMs);
    return this.#failed('server', reply.retryAfterMs);
  }

  async #receipt(reply: Reply, events: readonly SeatEvent[]): Promise<number | null> {
    const check = await checkReceipt(reply.body, this.#options.journal, this.#options.keys);
    if (!check.ok) return this.#failed(check.fault, reply.retryAfterMs);
    const first = events[0]?.seq ?? 0;
    this.#saved(check.seq, reply.body as SignedReceipt);
    // An old receipt is true but says nothing of what was sent: no reason to send faster.
    if (check.seq < first) return this.#failed('no receipt', reply.retryAfterMs);
    this.#sentSeq = Math.max(this.#sentSeq, check.seq);
    this.#failures = 0;
    this.#trouble = null;
    return null;
  }

  #refused(refusal: SaveRefusal, events: readonly SeatEvent[], reply: Reply): number | null {
    const { journal } = this.#options;
    switch (refusal.verdict) {
      case 'gap':
        return this.#gap(refusal.lastSeq, reply);
      case 'fork':
        return this.#halt('fork');
      case 'lease_lost':
      case 'closed':
      case 'late': {
        // Kept by the server outside the chain: send the rest once, so that it is kept as well.
        if (this.#chainEnd === null && journal.headAt(refusal.lastSeq) === refusal.head)
          this.#chainEnd = refusal.lastSeq;
        this.#sentSeq = events.at(-1)?.seq ?? this.#sentSeq;
        return this.#halt(refusal.verdict);
      }
      default:
        return this.#failed('server', reply.retryAfterMs);
    }
  }

  #gap(lastSeq: unknown, reply: Reply): number | null {
    const { journal } = this.#options;
    if (typeof lastSeq !== 'number' || lastSeq < journal.baseSeq || lastSeq > journal.tip.seq)
      return this.#halt('fork');
    const before = this.#sentSeq;
    this.#sentSeq = lastSeq;
    // The same gap again helps nobody: then wait.
    return before === lastSeq ? this.#failed('server', reply.retryAfterMs) : null;
  }

  #saved(seq: number, receipt: SignedReceipt): void {
    if (seq <= this.#savedSeq) return;
    this.#savedSeq = seq;
    this.#options.onReceipt({ receipt: receipt.receipt, kid: receipt.kid, signature: receipt.signature });
  }

  #halt(stop: Stop): null {
    this.#stop ??= stop;
    this.#trouble = null;
    return null;
  }

  #failed(trouble: Trouble | null, retryAfterMs: number | null): number {
    this.#failures++;
    this.#trouble = trouble;
    return Math.min(60_000, Math.max(retryAfterMs ?? 0, waitMs(this.#failures, this.#options.random())));
  }
}

/** True for something that can be taken as the server's clock. */
export function isClock(value: unknown): value is SeatClock {
  return (
    isRecord(value) &&
    typeof value.state === 'string' &&
    typeof value.allowedMs === 'number' &&
    typeof value.usedMs === 'number' &&
    typeof value.remainingMs === 'number'
  );
}
