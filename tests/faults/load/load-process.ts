/**
 * The load client, a process of its own: one event a request, distinct sittings, so many in flight, every receipt
 * verified. What it is about to send and what was confirmed goes to append-only files, each line before the next step;
 * what fails is sent again until it is confirmed, as a seat does. Started by `startLoad`, talks over its channel.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { LoadSeat, publicKeys } from './load-seat.ts';
import type { FromLoad, LoadPlan, ToLoad } from './start-load.ts';

const RETRY_MS = 40;
const REPORT_MS = 100;
/** More than so many at the same time and the open loop waits: the machine is beyond what is measured. */
const MOST_IN_FLIGHT = 512;

const send = (message: FromLoad) => process.send?.(message);

process.once('message', (plan: LoadPlan) => {
  void run(plan).then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
// Nobody to report to: nothing to do.
process.on('disconnect', () => process.exit(1));

class Load {
  readonly plan: LoadPlan;
  readonly idle: LoadSeat[];
  readonly intents: number | undefined;
  readonly acks: number | undefined;
  stopping = false;
  /** Resolves when a pause ends. */
  paused: Promise<void> | undefined;
  resume = () => {};
  #working = 0;
  acked = 0;
  failed = 0;
  retired = 0;
  #mark = { at: Number.POSITIVE_INFINITY, failed: 0 };
  latencies: number[] = [];
  readonly refusals = new Map<string, number>();

  constructor(plan: LoadPlan) {
    this.plan = plan;
    const keys = publicKeys(plan.keys);
    this.idle = plan.seats.map((seat) => new LoadSeat(seat, { keys, questions: plan.questions, port: plan.port }));
    this.intents = plan.files ? openSync(plan.files.intents, 'a') : undefined;
    this.acks = plan.files ? openSync(plan.files.acks, 'a') : undefined;
  }

  /** Saves one event of the seat, however often it must be sent. False when the seat cannot go on. */
  async save(seat: LoadSeat, connection: Connection, dueAt: number): Promise<boolean> {
    const event = seat.make();
    const { sittingId, seq, item, value, monotonicMs, head } = event;
    if (this.intents !== undefined)
      writeSync(this.intents, `${sittingId} ${seq} ${item} ${value} ${monotonicMs} ${head}\n`);
    for (;;) {
      const sentAt = Date.now();
      try {
        const { status, body } = await connection.send(
          seat.request,
          this.plan.believe === 'sent' ? () => this.confirm(event, '-', sentAt, dueAt) : undefined,
        );
        if (status === 200) {
          const receipt = seat.believe(body);
          if (this.plan.believe === 'receipt') this.confirm(event, receipt.at, sentAt, dueAt);
          return true;
        }
        if (status !== 503) {
          const kind = `${status} ${/"verdict":"(\w+)"/.exec(body)?.[1] ?? ''}`.trim();
          this.refusals.set(kind, (this.refusals.get(kind) ?? 0) + 1);
          // As a seat does: only what the server says about the event itself ends the tries.
          if (status < 500) return false;
        }
        this.failed++;
      } catch (error) {
        // A receipt that does not verify is no broken connection.
        if (/receipt/.test(String(error))) throw error;
        this.failed++;
      }
      // The negative control: what was sent counts as saved, so nobody sends it again, and the chain ends here.
      if (this.plan.believe === 'sent') return false;
      if (this.stopping && Date.now() > this.giveUpAt) return false;
      await wait(RETRY_MS * (0.5 + Math.random()));
    }
  }

  giveUpAt = Number.POSITIVE_INFINITY;

  confirm(event: { sittingId: string; seq: number; head: string }, at: string, sentAt: number, dueAt: number): void {
    const ackedAt = Date.now();
    if (this.acks !== undefined)
      writeSync(this.acks, `${event.sittingId} ${event.seq} ${event.head} ${at} ${sentAt} ${ackedAt}\n`);
    this.acked++;
    this.latencies.push(performance.now() - dueAt);
    if (sentAt >= this.#mark.at && this.failed > this.#mark.failed) {
      send({ kind: 'recovered', ms: ackedAt - this.#mark.at });
      this.#mark.at = Number.POSITIVE_INFINITY;
    }
  }

  mark(at: number, afterFailure: boolean): void {
    this.#mark = { at, failed: afterFailure ? this.failed : -1 };
  }

  pause(): void {
    this.paused = new Promise((resolve) => {
      this.resume = () => {
        this.paused = undefined;
        resolve();
      };
    });
    if (this.#working === 0) send({ kind: 'paused' });
  }

  report(kind: 'progress' | 'ended'): void {
    const { acked, failed, retired, latencies } = this;
    send({ kind, acked, failed, retired, latencies, refusals: [...this.refusals] });
    this.latencies = [];
  }

  /** So many in flight all the time. */
  async closedLoop(inFlight: number): Promise<void> {
    const worker = async () => {
      const connection = new Connection(this.plan.port);
      while (!this.stopping) {
        if (this.paused) {
          await this.paused;
          continue;
        }
        const seat = this.idle.shift();
        if (!seat) break;
        this.#working++;
        if (await this.save(seat, connection, performance.now())) this.idle.push(seat);
        else this.retired++;
        this.#working--;
        if (this.paused && this.#working === 0) send({ kind: 'paused' });
      }
      connection.close();
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  }

  /** So many a second whatever the server does; times count from when a save was due. */
  async openLoop(perSecond: number): Promise<void> {
    const free: Connection[] = [];
    const running = new Set<Promise<void>>();
    const one = async (seat: LoadSeat, dueAt: number) => {
      const connection = free.pop() ?? new Connection(this.plan.port);
      if (await this.save(seat, connection, dueAt)) this.idle.push(seat);
      else this.retired++;
      free.push(connection);
    };
    const from = performance.now();
    let begun = 0;
    while (!this.stopping) {
      const due = Math.floor(((performance.now() - from) / 1000) * perSecond);
      for (; begun < due && running.size < MOST_IN_FLIGHT; begun++) {
        const seat = this.idle.shift();
        if (!seat) break;
        const work: Promise<void> = one(seat, from + (begun / perSecond) * 1000).finally(() => running.delete(work));
        running.add(work);
      }
      await wait(2);
    }
    await Promise.all(running);
    for (const connection of free) connection.close();
  }
}

async function run(plan: LoadPlan): Promise<void> {
  const load = new Load(plan);
  process.on('message', (message: ToLoad) => {
    if (message.kind === 'mark') load.mark(message.at, message.afterFailure);
    else if (message.kind === 'pause') load.pause();
    else if (message.kind === 'resume') load.resume();
    else {
      load.resume();
      load.stopping = true;
      load.giveUpAt = Date.now() + message.patienceMs;
    }
  });
  const timer = setInterval(() => load.report('progress'), REPORT_MS);
  if (plan.perSecond === undefined) await load.closedLoop(plan.inFlight);
  else await load.openLoop(plan.perSecond);
  clearInterval(timer);
  for (const file of [load.intents, load.acks]) if (file !== undefined) closeSync(file);
  load.report('ended');
  // The channel delivers before the process ends.
  await wait(50);
}
