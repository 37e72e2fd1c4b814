/** What every fault test needs: the product in a folder of its own, running sittings, a load on them, and the check at the end. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openKeys } from '#platform/keys/keys.ts';
import { type Product, removeFolder, startProduct, temporaryFolder, untilReady } from '../../../bench/product.ts';
import { type CheckedSaves, checkConfirmed, sittingsWithAnswers } from './check-confirmed.ts';
import type { PreparedSeat, PublicKey } from './load-seat.ts';
import { prepareSittings } from './prepare-sittings.ts';
import { type Load, type LoadPlan, startLoad } from './start-load.ts';

/** Some of the running sittings, with clients' files of their own. */
export interface Part {
  readonly seats: readonly PreparedSeat[];
  readonly files: { readonly intents: string; readonly acks: string };
  /** Starts a load; with `port` through something that stands before the product. */
  load(changes?: Partial<LoadPlan>): Load;
  /** Every row that was stored since this part began must be one that its clients meant. */
  check(): Promise<CheckedSaves>;
}

export interface ExamDay {
  readonly product: Product;
  /** Takes so many sittings that no part before has had. */
  part(sittings: number): Promise<Part>;
  /** Kills the server process outright; its supervisor starts it again. Returns when, ms of the epoch. */
  killServer(): number;
  /** Kills the first process of PostgreSQL outright; the server starts it again. */
  killDatabase(): Promise<number>;
  /** Waits until the product answers that it is ready. */
  untilServing(): Promise<void>;
  /** Stops everything and removes the folder. */
  end(): Promise<void>;
}

export interface ExamDayOptions {
  readonly sittings: number;
  /** The product's data folder; default: inside the temporary folder. */
  readonly dataDir?: string;
}

/** 64 at the same time, as the load of the figures. */
const IN_FLIGHT = 64;

export async function startExamDay({ sittings, dataDir }: ExamDayOptions): Promise<ExamDay> {
  const folder = await temporaryFolder();
  const loads: Load[] = [];
  let product: Product;
  try {
    product = await startProduct({ dataDir: dataDir ?? join(folder, 'data'), supervised: true });
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  const end = async () => {
    for (const load of loads) load.kill();
    await product.stop();
    await removeFolder(folder);
  };
  try {
    const room = await prepareSittings(await product.adminUrl(), sittings);
    const { receipts } = await openKeys(join(product.dataDir, 'keys'));
    const keys = receipts.publicJwks().keys as readonly PublicKey[];
    let taken = 0;
    let parts = 0;
    return {
      product,
      async part(count) {
        const seats = room.seats.slice(taken, taken + count);
        if (seats.length < count) throw new Error(`only ${room.seats.length} sittings were prepared`);
        taken += count;
        const before = await sittingsWithAnswers(await product.adminUrl());
        const name = join(folder, `part-${++parts}`);
        const files = { intents: `${name}-intents`, acks: `${name}-acks` };
        return {
          seats,
          files,
          load(changes = {}) {
            const plan = { port: product.port, seats, questions: room.questions, keys, inFlight: IN_FLIGHT, files };
            const load = startLoad({ ...plan, believe: 'receipt', ...changes });
            loads.push(load);
            return load;
          },
          check: async () => checkConfirmed(await product.adminUrl(), files, before),
        };
      },
      killServer() {
        const at = Date.now();
        process.kill(product.serverPid(), 'SIGKILL');
        return at;
      },
      async killDatabase() {
        let pid = await product.postmasterPid();
        for (let tries = 0; pid === undefined && tries < 600; tries++) {
          await wait(50);
          pid = await product.postmasterPid();
        }
        if (pid === undefined) throw new Error('PostgreSQL is not running, so it cannot be killed');
        const at = Date.now();
        process.kill(pid, 'SIGKILL');
        return at;
      },
      untilServing: () => untilReady(product),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Works on the day that is given, or on one of its own. */
export async function onExamDay<T>(
  sittings: number,
  given: ExamDay | undefined,
  work: (day: ExamDay) => Promise<T>,
): Promise<T> {
  if (given) return work(given);
  const day = await startExamDay({ sittings });
  try {
    return await work(day);
  } finally {
    await day.end();
  }
}
