/** Saved answers: how many a second against PostgreSQL alone, what one costs, and an exam day at 400 a second with boards open. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openKeys } from '#platform/keys/keys.ts';
import type { PublicKey } from '../tests/faults/load/load-seat.ts';
import { type PreparedRoom, prepareSittings } from '../tests/faults/load/prepare-sittings.ts';
import { type Load, type LoadPlan, startLoad } from '../tests/faults/load/start-load.ts';
import { percentile, report } from './figure.ts';
import { insertReference } from './insert-reference.ts';
import { logInAs } from './people.ts';
import { type Product, removeFolder, startProduct, temporaryFolder } from './product.ts';

/** One save each 5 seconds of so many candidates is the 400 a second of the goal. */
const SITTINGS = 2000;
const IN_FLIGHT = 64;
const ROUNDS = 3;
const ROUND_SECONDS = 5;
const WARM_UP_SAVES = 15_000;
const STEADY_PER_SECOND = 400;
const STEADY_SECONDS = 45;
const BOARDS = 4;
const BOARD_EVERY_MS = 5000;

type StartLoad = (changes?: Partial<LoadPlan>) => Load;

export async function measureAnswers(): Promise<void> {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  // As a server is that has been running: what the first start leaves in memory, with its demonstration, is not it.
  await (await startProduct({ dataDir })).stop();
  const product = await startProduct({ dataDir, env: profiling() });
  const loads: Load[] = [];
  try {
    const adminUrl = await product.adminUrl();
    const room = await prepareSittings(adminUrl, SITTINGS * 2);
    const keys = (await openKeys(join(product.dataDir, 'keys'))).receipts.publicJwks().keys as readonly PublicKey[];
    const start =
      (seats: PreparedRoom['seats']) =>
      (changes: Partial<LoadPlan> = {}) => {
        const plan = { port: product.port, seats, questions: room.questions, keys, inFlight: IN_FLIGHT };
        const load = startLoad({ ...plan, believe: 'receipt', ...changes });
        loads.push(load);
        return load;
      };
    // Sittings of their own for each part: a load goes on from the beginning of their chains.
    await measureRate(product, start(room.seats.slice(0, SITTINGS)), adminUrl, folder);
    await measureSteady(product, start(room.seats.slice(SITTINGS)), room);
  } finally {
    for (const load of loads) load.kill();
    await product.stop();
    await removeFolder(folder);
  }
}

/** `PROFILE_TO=folder`: the server leaves a processor profile there. */
function profiling(): Record<string, string> {
  const { PROFILE_TO } = process.env;
  return PROFILE_TO ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${PROFILE_TO}` } : {};
}

/** As fast as it goes with 64 in flight; rounds of the reference and of the product take turns. */
async function measureRate(product: Product, start: StartLoad, adminUrl: string, folder: string): Promise<void> {
  const reference = await insertReference(adminUrl, folder);
  const inserts: number[] = [];
  const insertCost: number[] = [];
  const saves: number[] = [];
  const cost = { server: [] as number[], database: [] as number[] };
  const latencies: number[] = [];
  const load = start();
  await load.untilAcked(WARM_UP_SAVES, 120_000);
  for (let round = 0; round < ROUNDS; round++) {
    await load.pause();
    const idle = await product.cpuMs();
    const rate = await reference.measure(ROUND_SECONDS);
    insertCost.push(((await product.cpuMs()).database - idle.database) / (rate * ROUND_SECONDS));
    inserts.push(rate);
    load.resume();
    await load.untilAcked(load.counts().acked + 1000);
    load.takeLatencies();
    const from = { cpu: await product.cpuMs(), acked: load.counts().acked, at: performance.now() };
    await wait(ROUND_SECONDS * 1000);
    const acked = load.counts().acked - from.acked;
    const seconds = (performance.now() - from.at) / 1000;
    const cpu = await product.cpuMs();
    latencies.push(...load.takeLatencies());
    saves.push(acked / seconds);
    cost.server.push((cpu.server - from.cpu.server) / acked);
    cost.database.push((cpu.database - from.cpu.database) / acked);
  }
  const { failed, refusals } = await load.stop();
  if (refusals.length > 0) throw new Error(`saves were refused: ${JSON.stringify(refusals)}`);
  const middle = (values: readonly number[]) => percentile(values, 0.5);
  report({
    name: 'answers.rate',
    value: middle(saves),
    unit: 'saves a second, 64 in flight, every receipt verified',
    reference: { what: reference.what, value: middle(inserts) },
    goal: 'at least 0.25 of the reference',
  });
  report({
    name: 'answers.cost',
    value: middle(cost.server) + middle(cost.database),
    unit: `ms of processor time a save, PostgreSQL included (server ${middle(cost.server).toFixed(3)}, PostgreSQL ${middle(cost.database).toFixed(3)})`,
    reference: {
      what: 'ms of processor time of PostgreSQL for one insert of the reference',
      value: middle(insertCost),
    },
    goal: 'at most 0.30 ms',
  });
  report({
    name: 'answers.rate.p99',
    value: percentile(latencies, 0.99),
    unit: 'ms from sending to the verified receipt at that rate',
    reference: { what: 'median, ms', value: percentile(latencies, 0.5) },
    goal: 'none of its own',
  });
  report({
    name: 'answers.rate.errors',
    value: failed,
    unit: 'tries that failed',
    reference: { what: 'saves confirmed', value: load.counts().acked },
    goal: '0',
  });
}

/** 400 saves a second, begun on time whatever the server does, with live boards open. */
async function measureSteady(product: Product, start: StartLoad, room: PreparedRoom): Promise<void> {
  const boards = await openBoards(product, room);
  const load = start({ perSecond: STEADY_PER_SECOND });
  const megabytes: number[] = [];
  const sampling = setInterval(() => megabytes.push(product.serverMegabytes()), 500);
  try {
    await wait(5000);
    load.takeLatencies();
    boards.times.length = 0;
    const from = { cpu: await product.cpuMs(), acked: load.counts().acked };
    await wait(STEADY_SECONDS * 1000);
    const latencies = load.takeLatencies();
    const cpu = await product.cpuMs();
    const acked = load.counts().acked - from.acked;
    const { failed, refusals } = await load.stop();
    const median = percentile(latencies, 0.5);
    const offered = { what: 'saves a second that were begun', value: STEADY_PER_SECOND };
    report({ name: 'answers.steady.p50', value: median, unit: 'ms', reference: offered, goal: 'at most 20 ms' });
    report({
      name: 'answers.steady.p99',
      value: percentile(latencies, 0.99),
      unit: `ms at ${(acked / STEADY_SECONDS).toFixed(0)} saves a second with ${BOARDS} boards open (${boards.times.length} fetched, median ${percentile(boards.times, 0.5).toFixed(0)} ms)`,
      reference: { what: 'median, ms', value: median },
      goal: 'under 150 ms',
    });
    report({
      name: 'answers.steady.errors',
      value: failed + refusals.reduce((sum, [, count]) => sum + count, 0) + boards.failures(),
      unit: 'failed tries, refusals and boards that did not come',
      reference: { what: 'saves confirmed', value: load.counts().acked },
      goal: '0',
    });
    report({
      name: 'answers.steady.memory',
      value: Math.max(...megabytes),
      unit: 'MB of the server, at most',
      reference: { what: 'MB, median', value: percentile(megabytes, 0.5) },
      goal: 'at most 300 MB',
    });
    report({
      name: 'answers.steady.cost',
      value: (cpu.server - from.cpu.server + cpu.database - from.cpu.database) / acked,
      unit: 'ms of processor time a save, PostgreSQL and boards included',
      reference: { what: 'ms of the server alone', value: (cpu.server - from.cpu.server) / acked },
      goal: 'none of its own',
    });
  } finally {
    clearInterval(sampling);
    boards.close();
  }
}

interface OpenBoards {
  readonly times: number[];
  failures(): number;
  close(): void;
}

/** Invigilators who are logged in, each with the live board of another session, asked for every 5 seconds as its page does. */
async function openBoards(product: Product, room: PreparedRoom): Promise<OpenBoards> {
  const times: number[] = [];
  let failures = 0;
  const timers: NodeJS.Timeout[] = [];
  for (let n = 0; n < BOARDS; n++) {
    const browser = await logInAs(product.url, room.invigilator);
    const path = `/online-assessments/sessions/${room.sessionIds.at(-1 - n)}/board/live`;
    const look = async () => {
      const from = performance.now();
      const answer = await browser.get(path).catch(() => null);
      if (answer?.status !== 200 || !answer.text.includes('data-live')) failures++;
      times.push(performance.now() - from);
    };
    await look();
    if (failures > 0) throw new Error(`the live board did not come: ${path}`);
    timers.push(setInterval(look, BOARD_EVERY_MS));
  }
  return {
    times,
    failures: () => failures,
    close: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
