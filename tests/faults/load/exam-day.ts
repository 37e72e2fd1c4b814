/** What every fault test needs: the product in a folder of its own, running sittings, a load on them, and the check at the end. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openKeys } from '#platform/keys/keys.ts';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../../../bench/product.ts';
import { type CheckedSaves, checkConfirmed, sittingsWithAnswers } from './check-confirmed.ts';
import type { PublicKey } from './load-seat.ts';
import { type PreparedRoom, prepareSittings } from './prepare-sittings.ts';
import { type Load, type LoadPlan, startLoad } from './start-load.ts';

export interface ExamDay {
  readonly product: Product;
  readonly room: PreparedRoom;
  readonly keys: readonly PublicKey[];
  /** Where the clients' files go: never on the product's disk. */
  readonly folder: string;
  /** Starts a load; with `port` through something that stands before the product. */
  load(changes?: Partial<LoadPlan>): Load;
  /** Kills the server process outright; its supervisor starts it again. Returns when, ms of the epoch. */
  killServer(): number;
  /** Kills the first process of PostgreSQL outright; the server starts it again. */
  killDatabase(): Promise<number>;
  check(): Promise<CheckedSaves>;
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
    const before = await sittingsWithAnswers(await product.adminUrl());
    const room = await prepareSittings(await product.adminUrl(), sittings);
    const { receipts } = await openKeys(join(product.dataDir, 'keys'));
    const keys = receipts.publicJwks().keys as readonly PublicKey[];
    await mkdir(join(folder, 'clients'));
    const files = { intents: join(folder, 'clients', 'intents'), acks: join(folder, 'clients', 'acks') };
    return {
      product,
      room,
      keys,
      folder,
      load(changes = {}) {
        const { seats, questions } = room;
        const load = startLoad({
          port: product.port,
          seats,
          questions,
          keys,
          inFlight: IN_FLIGHT,
          believe: 'receipt',
          files,
          ...changes,
        });
        loads.push(load);
        return load;
      },
      killServer() {
        const at = Date.now();
        process.kill(product.serverPid(), 'SIGKILL');
        return at;
      },
      async killDatabase() {
        const pid = await product.postmasterPid();
        if (pid === undefined) throw new Error('PostgreSQL is not running, so it cannot be killed');
        const at = Date.now();
        process.kill(pid, 'SIGKILL');
        return at;
      },
      check: async () => checkConfirmed(await product.adminUrl(), files, before),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
