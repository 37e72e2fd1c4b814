/**
 * Saves that arrive while a batch commits share the next one: no timer, batches run back to back on one connection
 * (delivery rule 5). The promise of a run settles only after its commit. No state here matters for correctness: what
 * is taken, refused or repeated is decided by the statement alone.
 */
import pg from 'pg';
import type { Clock } from '#platform/clock/clock.ts';
import { OperatorError } from '#platform/process/operator-error.ts';
import type { SeatEvent } from '../protocol/wire.ts';
import type { SittingState } from '../sitting/states.ts';
import { HOLD, PULSE, REPORT, SAVE_ALONE, SAVE_BATCH, STORED } from './statement.ts';

/** What one seat sends at once: events that follow each other. */
export interface Run {
  readonly sittingId: string;
  readonly epoch: number;
  /** SHA-256 of the seat's token, hex. */
  readonly token: string;
  readonly events: readonly SeatEvent[];
}

export type Verdict = 'take' | 'repeat' | 'gap' | 'fork' | 'lease_lost' | 'closed' | 'late' | 'paused';

/** The sitting as the statement saw it, after what it took. */
export interface Held {
  readonly state: SittingState;
  readonly allowedMs: number;
  readonly usedMs: number;
  readonly runningSince: Date | null;
  readonly lastSeq: number;
  /** Hex. */
  readonly head: string;
}

export interface Decided extends Held {
  readonly verdict: Verdict;
  /** take, repeat: the stored row that the receipt speaks of; the last one of the run that is stored. */
  readonly stored: { readonly seq: number; readonly head: string; readonly at: Date } | null;
}

/** busy: another transaction holds the sitting. unknown: the outcome of the commit is not known. */
export type Outcome = Decided | { readonly verdict: 'busy' | 'unknown'; readonly stored?: never };

export interface Pulse {
  readonly sittingId: string;
  readonly epoch: number;
  readonly token: string;
  readonly leftWindow: boolean;
}

export interface PulseOutcome extends Held {
  readonly holds: boolean;
}

interface Waiting<In, Out> {
  readonly run: In;
  readonly resolve: (outcome: Out) => void;
}

interface VerdictRow {
  id: string;
  verdict: Verdict;
  state: SittingState;
  allowed_ms: number;
  used_ms: number;
  running_since: Date | null;
  final_seq: number;
  take_to: number;
  last_seq: number;
  head: string;
  at: Date | null;
}

const MAX_BATCH = 256;
const hex = (base64url: string) => Buffer.from(base64url, 'base64url').toString('hex');
const list = (values: readonly (string | number)[]) => `{${values.join(',')}}`;
const quoted = (values: readonly string[]) => `{${values.map((value) => `"${value}"`).join(',')}}`;

// Retries wait for a row; so many at once, so that look-ups always find a connection, and no more than so many wait.
const ALONE_AT_ONCE = 2;
const ALONE_WAITING = 20;

export class GroupCommit {
  /** For retries, look-ups and held events. */
  readonly pool: pg.Pool;
  readonly #batches: pg.Pool;
  readonly #clock: Clock;
  #alone = 0;
  readonly #aloneQueue: Waiting<Run, Outcome>[] = [];
  #saves: Waiting<Run, Outcome>[] = [];
  #pulses: Waiting<Pulse, PulseOutcome | null>[] = [];
  #running = false;

  /** `url`: the database as the role `delivery`. */
  constructor(url: string, clock: Clock) {
    const pool = (max: number) =>
      new pg.Pool({
        connectionString: url,
        max,
        application_name: 'imi-connect delivery',
        idleTimeoutMillis: 60_000,
        connectionTimeoutMillis: 5_000,
        options: '-c lock_timeout=1500 -c statement_timeout=10000',
      });
    this.#batches = pool(1);
    this.pool = pool(ALONE_AT_ONCE + 1);
    // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
    for (const each of [this.#batches, this.pool]) each.on('error', () => {});
    this.#clock = clock;
  }

  /** Refuses to serve on a database that could lose what it has confirmed. */
  async assertDurable(): Promise<void> {
    const { rows } = await this.pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('synchronous_commit', 'fsync', 'full_page_writes', 'data_checksums')`,
    );
    const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
    const wanted: [string, readonly string[]][] = [
      ['synchronous_commit', ['on', 'remote_apply']],
      ['fsync', ['on']],
      ['full_page_writes', ['on']],
      ['data_checksums', ['on']],
    ];
    for (const [name, allowed] of wanted) {
      const is = settings.get(name) ?? 'unknown';
      if (!allowed.includes(is))
        throw new OperatorError(
          `The database could lose answers that were confirmed as saved: its setting ${name} is ${is}. Set it to ${allowed.join(' or ')}.`,
        );
    }
  }

  save(run: Run): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#saves.push({ run, resolve });
      this.#go();
    });
  }

  /** Null when the database gave no answer. */
  pulse(run: Pulse): Promise<PulseOutcome | null> {
    return new Promise((resolve) => {
      this.#pulses.push({ run, resolve });
      this.#go();
    });
  }

  /** Keeps refused events; says whether any of them was new. Rejects when they could not be kept. */
  async hold(
    seat: { sittingId: string; centreId: string },
    epoch: number,
    events: readonly SeatEvent[],
    why: string,
  ): Promise<boolean> {
    const values = [seat.centreId, seat.sittingId, epoch, JSON.stringify(events), why, this.#clock.now()];
    return ((await this.pool.query({ ...HOLD, values })).rowCount ?? 0) > 0;
  }

  async report(seat: { sittingId: string; centreId: string }, kind: string, detail: string): Promise<void> {
    await this.pool.query({ ...REPORT, values: [seat.centreId, seat.sittingId, kind, detail, this.#clock.now()] });
  }

  async close(): Promise<void> {
    while (this.#running || this.#alone > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([this.#batches.end(), this.pool.end()]);
  }

  #go(): void {
    if (this.#running) return;
    this.#running = true;
    // What arrives in the same turn of the event loop shares the first batch.
    setImmediate(() => void this.#runBatches());
  }

  async #runBatches(): Promise<void> {
    while (this.#saves.length > 0 || this.#pulses.length > 0) {
      const saves = this.#nextSaves();
      const pulses = this.#pulses.splice(0, MAX_BATCH);
      if (saves.length > 0) await this.#saveBatch(saves);
      if (pulses.length > 0) await this.#pulseBatch(pulses);
    }
    this.#running = false;
  }

  /** One run of each sitting, in the order of arrival; a second run of a sitting waits for the next batch. */
  #nextSaves(): Waiting<Run, Outcome>[] {
    const batch: Waiting<Run, Outcome>[] = [];
    const later: Waiting<Run, Outcome>[] = [];
    const sittings = new Set<string>();
    for (const waiting of this.#saves) {
      if (batch.length >= MAX_BATCH || sittings.has(waiting.run.sittingId)) later.push(waiting);
      else {
        sittings.add(waiting.run.sittingId);
        batch.push(waiting);
      }
    }
    this.#saves = later;
    return batch;
  }

  async #saveBatch(batch: readonly Waiting<Run, Outcome>[]): Promise<void> {
    let rows: VerdictRow[];
    try {
      rows = (
        await this.#batches.query<VerdictRow>({ ...SAVE_BATCH, values: this.#values(batch.map(({ run }) => run)) })
      ).rows;
    } catch (error) {
      if (batch.length > 1 && isRefusedByData(error)) for (const one of batch) await this.#tryAlone(one);
      else for (const { resolve } of batch) resolve({ verdict: 'unknown' });
      return;
    }
    const byId = new Map(rows.map((row) => [row.id, row]));
    const repeats: [Waiting<Run, Outcome>, VerdictRow][] = [];
    for (const waiting of batch) {
      const row = byId.get(waiting.run.sittingId);
      if (!row) this.#retryAlone(waiting);
      else if (row.verdict === 'repeat') repeats.push([waiting, row]);
      else waiting.resolve(decided(row));
    }
    if (repeats.length > 0) void this.#answerRepeats(repeats);
  }

  /** Retries a run whose sitting somebody else had locked; with too many of them, the seat tries again itself. */
  #retryAlone(waiting: Waiting<Run, Outcome>): void {
    if (this.#aloneQueue.length >= ALONE_WAITING) {
      waiting.resolve({ verdict: 'busy' });
      return;
    }
    this.#aloneQueue.push(waiting);
    if (this.#alone < ALONE_AT_ONCE) void this.#workAlone();
  }

  async #workAlone(): Promise<void> {
    this.#alone++;
    for (let next = this.#aloneQueue.shift(); next; next = this.#aloneQueue.shift()) await this.#tryAlone(next);
    this.#alone--;
  }

  async #tryAlone(waiting: Waiting<Run, Outcome>): Promise<void> {
    try {
      const { rows } = await this.pool.query<VerdictRow>({ ...SAVE_ALONE, values: this.#values([waiting.run]) });
      const row = rows[0];
      if (!row) waiting.resolve({ verdict: 'busy' });
      else if (row.verdict === 'repeat') await this.#answerRepeats([[waiting, row]]);
      else waiting.resolve(decided(row));
    } catch (error) {
      waiting.resolve({ verdict: (error as { code?: string }).code === '55P03' ? 'busy' : 'unknown' });
    }
  }

  /** A repeat is answered from the stored row alone; another event in its place is a fork. */
  async #answerRepeats(repeats: readonly [Waiting<Run, Outcome>, VerdictRow][]): Promise<void> {
    try {
      const values = [
        list(repeats.map(([{ run }]) => run.sittingId)),
        list(repeats.map(([{ run }]) => run.epoch)),
        list(repeats.map(([, row]) => row.final_seq)),
      ];
      const { rows } = await this.pool.query<{ sitting_id: string; seq: number; head: string; at: Date }>({
        ...STORED,
        values,
      });
      const stored = new Map(rows.map((row) => [row.sitting_id, row]));
      for (const [{ run, resolve }, row] of repeats) {
        const found = stored.get(run.sittingId);
        const sent = hex(run.events.at(-1)?.head ?? '');
        if (found && found.head === sent)
          resolve({ ...decided(row), stored: { seq: found.seq, head: found.head, at: found.at } });
        else resolve({ ...decided(row), verdict: 'fork' });
      }
    } catch {
      for (const [{ resolve }] of repeats) resolve({ verdict: 'unknown' });
    }
  }

  #values(runs: readonly Run[]): unknown[] {
    const sittings: string[] = [];
    const [seqs, items, stamps]: [number[], number[], number[]] = [[], [], []];
    const [kinds, values, previous, heads]: [string[], string[], string[], string[]] = [[], [], [], []];
    for (const { sittingId, events } of runs) {
      for (const event of events) {
        sittings.push(sittingId);
        seqs.push(event.seq);
        kinds.push(event.kind);
        items.push(event.item);
        values.push(event.value);
        stamps.push(event.monotonicMs);
        previous.push(hex(event.previous));
        heads.push(hex(event.head));
      }
    }
    return [
      list(runs.map(({ sittingId }) => sittingId)),
      list(runs.map(({ epoch }) => epoch)),
      list(runs.map(({ token }) => token)),
      list(sittings),
      list(seqs),
      list(kinds),
      list(items),
      quoted(values),
      list(stamps),
      list(previous),
      list(heads),
      this.#clock.now(),
    ];
  }

  async #pulseBatch(batch: readonly Waiting<Pulse, PulseOutcome | null>[]): Promise<void> {
    // Two pulses of one sitting in a batch count as one sign; the window was left if either says so.
    const bySitting = new Map<string, Pulse>();
    for (const { run } of batch) {
      const before = bySitting.get(run.sittingId);
      bySitting.set(run.sittingId, before?.leftWindow ? { ...run, leftWindow: true } : run);
    }
    const pulses = [...bySitting.values()];
    try {
      const values = [
        list(pulses.map(({ sittingId }) => sittingId)),
        list(pulses.map(({ epoch }) => epoch)),
        list(pulses.map(({ token }) => token)),
        list(pulses.map(({ leftWindow }) => (leftWindow ? 1 : 0))),
        this.#clock.now(),
      ];
      const { rows } = await this.#batches.query<VerdictRow & { holds: boolean }>({ ...PULSE, values });
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const { run, resolve } of batch) {
        const row = byId.get(run.sittingId);
        const answered = bySitting.get(run.sittingId);
        const same = answered?.epoch === run.epoch && answered.token === run.token;
        resolve(row ? { ...held(row), holds: row.holds && same } : null);
      }
    } catch {
      for (const { resolve } of batch) resolve(null);
    }
  }
}

const held = (row: VerdictRow): Held => ({
  state: row.state,
  allowedMs: row.allowed_ms ?? 0,
  usedMs: row.used_ms,
  runningSince: row.running_since,
  lastSeq: row.last_seq,
  head: row.head,
});

const decided = (row: VerdictRow): Decided => ({
  ...held(row),
  verdict: row.verdict,
  stored: row.verdict === 'take' && row.at ? { seq: row.take_to, head: row.head, at: row.at } : null,
});

/** The server refused a value (class 22) or a constraint did (class 23): certainly nothing was stored. */
function isRefusedByData(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '');
}
