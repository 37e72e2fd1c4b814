import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../log/log.ts';
import { type Binaries, installedBinaries, usableBinaries } from './binaries.ts';
import { initialiseCluster } from './initialise.ts';
import { type Location, locateCluster } from './location.ts';
import { clusterName, endPostmaster, findPostmaster, isGone, launchPostmaster, type Postmaster } from './postmaster.ts';

/** A PostgreSQL server of our own, on loopback alone. */
export interface Cluster {
  /** The application's database as the superuser. Contains the password: never log it. */
  readonly adminUrl: string;
  /** TCP port on 127.0.0.1; it stays the same when PostgreSQL is restarted after a crash. */
  readonly port: number;
  /** Process id of PostgreSQL now; another one after a restart. */
  pid(): number;
  /** True when PostgreSQL was still running from an earlier server that was killed. */
  readonly adopted: boolean;
  /** Shuts PostgreSQL down in order and waits until it is gone. May be called twice. */
  stop(): Promise<void>;
  /** Tells PostgreSQL to end at once and waits for nothing; the next start recovers. */
  abandon(): void;
}

export interface ClusterOptions {
  /** The application's data folder; see locateCluster for where in it, or elsewhere, the database lives. */
  readonly dataDir: string;
  readonly log: Log;
  /** Name of the database that is made in the cluster. */
  readonly database?: string;
}

/**
 * Starts the PostgreSQL that npm installed: makes the cluster on the first start (about 1 s), adopts a healthy server
 * that a killed predecessor left running, waits while an unclean stop is recovered from, and starts PostgreSQL again
 * if it crashes later. The caller holds the run lock of the data folder. Throws ClusterError with one sentence.
 */
export async function startCluster({ dataDir, log, database = 'imi_connect' }: ClusterOptions): Promise<Cluster> {
  const location = await locateCluster(dataDir);
  const binaries = await usableBinaries(await installedBinaries(), location.account, location.base);
  const password = await initialiseCluster(location, binaries);
  const urlOf = (port: number, name: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${name}`;

  const found = await adopt(location, binaries, (port) => urlOf(port, 'postgres'), log);
  const first = found ?? (await launchPostmaster(location, binaries, 0, log));
  const guard = watch(first, location, binaries, log);
  try {
    await ensureDatabase(urlOf(first.port, 'postgres'), database);
  } catch (error) {
    await guard.stop();
    throw error;
  }
  return {
    adminUrl: urlOf(first.port, database),
    port: first.port,
    pid: guard.pid,
    adopted: found !== undefined,
    stop: guard.stop,
    abandon: guard.abandon,
  };
}

/** The server that runs on this data already, if it is healthy and of our version and settings; any other is ended. */
async function adopt(
  location: Location,
  binaries: Binaries,
  urlOf: (port: number) => string,
  log: Log,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await findPostmaster(location.data);
    if (!found) return undefined;
    const postmaster: Postmaster = { pid: found.pid, port: found.port, child: undefined };
    if (found.status === 'ready' && (await isOurs(urlOf(found.port), clusterName(binaries)))) return postmaster;
    if (found.status === 'ready' || Date.now() > deadline) {
      log.info(`Ending a PostgreSQL (process ${found.pid}) that an earlier server left in another state.`);
      await endPostmaster(postmaster, location, binaries);
      return undefined;
    }
    // Starting or stopping: it will be ready or gone in a moment.
    await delay(20);
  }
}

async function isOurs(url: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 3000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster_name: string }>('show cluster_name');
    return rows[0]?.cluster_name === name;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Watches PostgreSQL and starts it again on the same port when it ends although nobody asked us to stop it. */
function watch(first: Postmaster, location: Location, binaries: Binaries, log: Log) {
  let postmaster = first;
  let stopping: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function observe(): void {
    if (postmaster.child) {
      postmaster.child.once('exit', gone);
      if (postmaster.child.exitCode !== null || postmaster.child.signalCode !== null) gone();
    } else {
      timer = setInterval(async () => {
        if (await isGone(postmaster)) gone();
      }, 250);
      timer.unref();
    }
  }

  function gone(): void {
    clearInterval(timer);
    if (stopping || restarting) return;
    restarting = restart().finally(() => {
      restarting = undefined;
    });
  }

  async function restart(): Promise<void> {
    // Ctrl-C reaches PostgreSQL and us at the same moment: give the order to stop the time to arrive.
    await delay(150);
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 5000)) {
      log.warn('PostgreSQL ended unexpectedly; starting it again.');
      try {
        postmaster = await launchPostmaster(location, binaries, first.port, log);
        log.info('PostgreSQL is running again.');
        if (!stopping) observe();
        return;
      } catch (error) {
        log.error('PostgreSQL could not be started again; trying once more.', error);
        await delay(pause);
      }
    }
  }

  observe();
  return {
    pid: () => postmaster.pid,
    stop(): Promise<void> {
      stopping ??= (async () => {
        clearInterval(timer);
        await restarting;
        await endPostmaster(postmaster, location, binaries);
      })();
      return stopping;
    },
    abandon(): void {
      stopping ??= Promise.resolve();
      try {
        process.kill(postmaster.pid, 'SIGQUIT');
      } catch {
        // It has ended already.
      }
    },
  };
}
