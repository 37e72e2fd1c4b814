/** Starts the load client and follows it. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PreparedSeat, PublicKey } from './load-seat.ts';

export interface LoadPlan {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly seats: readonly PreparedSeat[];
  readonly questions: number;
  /** Public keys that receipts must verify with. */
  readonly keys: readonly PublicKey[];
  /** Requests at the same time, each of another sitting. */
  readonly inFlight: number;
  /** Begin so many a second instead, whatever the server does. */
  readonly perSecond?: number;
  /** What counts as confirmed: a receipt that verifies; or, in the negative control, what was merely sent. */
  readonly believe: 'receipt' | 'sent';
  /** Append-only files of what it is about to send and what was confirmed. */
  readonly files?: { readonly intents: string; readonly acks: string };
}

export type ToLoad =
  | { readonly kind: 'stop'; readonly patienceMs: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /**
   * Ask for the time of the first confirmation of something sent after `at`, ms of the epoch; with `afterFailure`, not
   * before a try has failed: a database whose first process was killed still serves for a moment.
   */
  | { readonly kind: 'mark'; readonly at: number; readonly afterFailure: boolean };

interface Counts {
  readonly acked: number;
  /** Tries without an answer, or answered with 503; each was sent again. */
  readonly failed: number;
  /** Seats that cannot go on, because what they sent was refused. */
  readonly retired: number;
  readonly refusals: readonly (readonly [what: string, count: number])[];
}

export type FromLoad =
  | ({ readonly kind: 'progress' | 'ended'; readonly latencies: readonly number[] } & Counts)
  | { readonly kind: 'recovered'; readonly ms: number }
  | { readonly kind: 'paused' };

export interface Load {
  counts(): Counts;
  /** Milliseconds from sending (or, with `perSecond`, from when it was due) to the verified receipt, so far; starts anew. */
  takeLatencies(): number[];
  /** Waits until `acked` reaches this; rejects after `patienceMs`. */
  untilAcked(count: number, patienceMs?: number): Promise<void>;
  /** Milliseconds from `at` (a kill) until something that was sent after it is confirmed, once the outage has been felt. */
  recovery(at: number, patienceMs?: number): Promise<number>;
  /** The same where the outage was felt before `at`: from its end. */
  recoveryFrom(at: number, patienceMs?: number): Promise<number>;
  /** Sends nothing new until `resume`; resolves when all that was sent is settled. For loads without `perSecond`. */
  pause(): Promise<void>;
  resume(): void;
  /** Sends nothing new, waits at most `patienceMs` until all that was sent is settled. */
  stop(patienceMs?: number): Promise<Counts>;
  kill(): void;
}

const PROCESS = fileURLToPath(new URL('load-process.ts', import.meta.url));

export function startLoad(plan: LoadPlan): Load {
  const child = fork(PROCESS, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let counts: Counts = { acked: 0, failed: 0, retired: 0, refusals: [] };
  let latencies: number[] = [];
  let ended = false;
  const watchers = new Set<(message: FromLoad | undefined) => void>();
  const tell = (message: FromLoad | undefined) => {
    for (const watcher of watchers) watcher(message);
  };
  child.on('message', (message: FromLoad) => {
    if (message.kind === 'progress' || message.kind === 'ended') {
      counts = message;
      for (const value of message.latencies) latencies.push(value);
      ended ||= message.kind === 'ended';
    }
    tell(message);
  });
  child.on('exit', () => {
    tell(undefined);
  });
  child.send(plan);

  /** The first thing that `pick` makes of a message; rejects when the client ends or the time is up. */
  const first = <T>(what: string, patienceMs: number, pick: (message: FromLoad) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        watchers.delete(watcher);
        finish();
      };
      const timer = setTimeout(
        () =>
          settle(() =>
            reject(
              new Error(`${what} not within ${patienceMs} ms; ${counts.acked} confirmed, ${counts.failed} failed`),
            ),
          ),
        patienceMs,
      );
      const watcher = (message: FromLoad | undefined) => {
        const found = message && pick(message);
        if (found !== undefined) settle(() => resolve(found));
        else if (!message) settle(() => reject(new Error(`${what}: the load client ended before`)));
      };
      watchers.add(watcher);
    });

  const recovered = (at: number, afterFailure: boolean, patienceMs = 30_000) => {
    child.send({ kind: 'mark', at, afterFailure } satisfies ToLoad);
    return first('recovery', patienceMs, (message) => (message.kind === 'recovered' ? message.ms : undefined));
  };

  return {
    counts: () => counts,
    takeLatencies() {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    async untilAcked(count, patienceMs = 30_000) {
      if (counts.acked < count)
        await first(`${count} confirmations`, patienceMs, () => (counts.acked >= count ? true : undefined));
    },
    recovery: (at, patienceMs) => recovered(at, true, patienceMs),
    recoveryFrom: (at, patienceMs) => recovered(at, false, patienceMs),
    async pause() {
      child.send({ kind: 'pause' } satisfies ToLoad);
      await first('a pause', 20_000, (message) => (message.kind === 'paused' ? true : undefined));
    },
    resume() {
      child.send({ kind: 'resume' } satisfies ToLoad);
    },
    async stop(patienceMs = 20_000) {
      if (ended || child.exitCode !== null) return counts;
      const done = first('the end of the load', patienceMs + 20_000, (message) =>
        message.kind === 'ended' ? true : undefined,
      );
      child.send({ kind: 'stop', patienceMs } satisfies ToLoad);
      await done;
      return counts;
    },
    kill() {
      if (child.exitCode === null) child.kill('SIGKILL');
    },
  };
}
