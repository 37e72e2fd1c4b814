/** R1 and R6: kills of server and database under load, then every confirmed save is looked for. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckedSaves } from './load/check-confirmed.ts';
import { type ExamDay, onExamDay } from './load/exam-day.ts';

export interface KillsPlan {
  readonly serverKills: number;
  readonly databaseKills: number;
  /** The load goes on until so many saves are confirmed, kills or not. */
  readonly saves: number;
  readonly sittings: number;
  readonly seed: number;
  /** Told as it happens. */
  readonly say?: (line: string) => void;
}

export interface KillsReport {
  readonly checked: CheckedSaves;
  /** Milliseconds from each kill to the first confirmed save that was sent after it. */
  readonly serverRecoveries: readonly number[];
  readonly databaseRecoveries: readonly number[];
  /** How often the server had to be started again: once for each of its kills, and never for one of the database. */
  readonly restarts: number;
  /** What the server printed, when it had to be started again more often than that. */
  readonly printed: string;
  /** Tries that failed and were sent again: with none of them nothing was in flight at the kills. */
  readonly failed: number;
  /** Seats that were refused; none may be. */
  readonly refusals: readonly (readonly [string, number])[];
}

/** A small generator with a seed (mulberry32), so that a schedule can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The kills in an order that the seed decides. */
export function scheduleOf({ serverKills, databaseKills, seed }: KillsPlan): ('server' | 'database')[] {
  const random = seeded(seed);
  const kills = [
    ...Array.from({ length: serverKills }, () => 'server' as const),
    ...Array.from({ length: databaseKills }, () => 'database' as const),
  ];
  return kills
    .map((kill) => ({ kill, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ kill }) => kill);
}

export function killUnderLoad(plan: KillsPlan, given?: ExamDay): Promise<KillsReport> {
  return onExamDay(plan.sittings, given, async (day) => {
    const { say = () => {} } = plan;
    const random = seeded(plan.seed + 1);
    const part = await day.part(plan.sittings);
    const before = day.product.restarts();
    const recoveries = { server: [] as number[], database: [] as number[] };
    const load = part.load();
    await load.untilAcked(1);
    for (const [index, kill] of scheduleOf(plan).entries()) {
      await wait(300 + random() * 700);
      const at = kill === 'server' ? day.killServer() : await day.killDatabase();
      const ms = await load.recovery(at, 60_000);
      recoveries[kill].push(ms);
      say(`kill ${index + 1}, ${kill}: first save after ${(ms / 1000).toFixed(2)} s, ${load.counts().acked} confirmed`);
    }
    await load.untilAcked(plan.saves, 120_000);
    const { failed, refusals } = await load.stop();
    const restarts = day.product.restarts() - before;
    return {
      checked: await part.check(),
      restarts,
      printed: restarts > plan.serverKills ? day.product.printed().slice(-3000) : '',
      serverRecoveries: recoveries.server,
      databaseRecoveries: recoveries.database,
      failed,
      refusals,
    };
  });
}
