import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { processBeginning } from '../../../../scripts/live-process.mjs';
import type { Log } from '../../log/log.ts';
import type { Binaries } from './binaries.ts';
import { ClusterError } from './cluster-error.ts';
import type { Location } from './location.ts';

/** A PostgreSQL server process: ours, or one that an earlier server left running. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Undefined for an adopted one. */
  readonly child: ChildProcess | undefined;
}

/**
 * What we set on the command line, where it wins over every file. Durability first: what a person was told is saved
 * has been flushed. The sizes suit a small machine.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '5min',
  random_page_cost: '1.1',
  // Short statements for many people: compiling and splitting them costs more than it gains.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // The log must not repeat personal data: no statements, no key values.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** Names the settings and the version, so that a server left by an older version of us is recognised as such. */
export function clusterName(binaries: Binaries): string {
  return `imi-connect-${createHash('sha256')
    .update(JSON.stringify([binaries.version, SETTINGS]))
    .digest('hex')
    .slice(0, 12)}`;
}

/** What the file postmaster.pid says, when the process it names lives and is PostgreSQL on this data folder. */
export async function findPostmaster(data: string): Promise<{ pid: number; port: number; status: string } | undefined> {
  let lines: string[];
  try {
    lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (processBeginning(pid) === null || !(await isPostgresOn(pid, data))) return undefined;
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

async function isPostgresOn(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return command.split('\0').includes(data);
  }
  if (process.platform === 'win32') {
    const { stdout } = await promisify(execFile)('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
    return /postgres\.exe/i.test(stdout);
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes(data);
}

/**
 * Starts PostgreSQL in our process group and waits until it accepts connections, however long recovering from an
 * unclean stop takes. A port of 0 means any free one. Leftovers of a killed predecessor (its last processes still hold
 * the shared memory) are waited for.
 */
export async function launchPostmaster(
  location: Location,
  binaries: Binaries,
  wantedPort: number,
  log: Log,
): Promise<Postmaster> {
  const patience = Date.now() + 30_000;
  for (let portTries = 0; ; ) {
    const port = wantedPort || (await freePort());
    const from = await prepareLog(location);
    const child = spawnPostgres(location, binaries, port);
    if (await untilReady(location, child, log)) return { pid: child.pid as number, port, child };
    const said = await readLog(location, from);
    if (
      /could not (bind|create any TCP\/IP sockets)/.test(said) &&
      (wantedPort ? Date.now() < patience : ++portTries < 5)
    ) {
      await delay(wantedPort ? 100 : 0);
      continue;
    }
    if (/pre-existing shared memory|lock file "postmaster.pid" already exists/.test(said) && Date.now() < patience) {
      await delay(50);
      continue;
    }
    const reason = /(?:FATAL|PANIC): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
    throw new ClusterError(
      `PostgreSQL could not be started on ${location.data}${reason ? `: ${reason}` : ''} (its log is ${location.logFile}).`,
    );
  }
}

function spawnPostgres(location: Location, binaries: Binaries, port: number): ChildProcess {
  const settings = { ...SETTINGS, port: String(port), cluster_name: clusterName(binaries) };
  const args = [
    '-D',
    location.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // To a file rather than a pipe: PostgreSQL must be able to write when we are gone.
  const out = openSync(location.logFile, 'a', 0o600);
  try {
    return spawn(binaries.postgres, args, {
      ...location.account,
      cwd: location.data,
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      stdio: ['ignore', out, out],
    });
  } finally {
    closeSync(out);
  }
}

/** True when the child accepts connections, false when it ended before that. */
async function untilReady(location: Location, child: ChildProcess, log: Log): Promise<boolean> {
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  const began = Date.now();
  let announceAt = began + 2000;
  for (;;) {
    if (failure) {
      throw new ClusterError(`PostgreSQL could not be started from ${child.spawnfile}: ${failure.message}.`, {
        cause: failure,
      });
    }
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const lines = (await readFile(path.join(location.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
    if (Date.now() > announceAt) {
      log.info('The database was not shut down in order and is recovering by itself; waiting for it.');
      announceAt = Date.now() + 10_000;
    }
    await delay(10);
  }
}

/**
 * Ends a PostgreSQL server and waits until its process is gone: first in order (open transactions are rolled back,
 * everything is flushed), then, when that takes more than 30 s, at once, which the next start recovers from.
 */
export async function endPostmaster(postmaster: Postmaster, location: Location, binaries: Binaries): Promise<void> {
  const steps: readonly [NodeJS.Signals, number][] = [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, patience] of steps) {
    if (await isGone(postmaster)) return;
    if (process.platform === 'win32' && signal === 'SIGINT') {
      await promisify(execFile)(binaries.pgCtl, ['stop', '-m', 'fast', '-D', location.data]).catch(() => {});
    } else {
      try {
        process.kill(postmaster.pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
          throw new ClusterError(
            `PostgreSQL (process ${postmaster.pid}) could not be stopped: ${(error as Error).message}.`,
          );
        }
      }
    }
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (await isGone(postmaster)) return;
      await delay(10);
    }
  }
  throw new ClusterError(`PostgreSQL (process ${postmaster.pid}) does not end: end it by hand.`);
}

/** True once the process has ended (and, for our own child, has been collected). */
export async function isGone(postmaster: Postmaster): Promise<boolean> {
  const { child } = postmaster;
  if (child) return child.exitCode !== null || child.signalCode !== null;
  return processBeginning(postmaster.pid) === null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

const LOG_LIMIT = 10_000_000;

/** Puts a long log aside (one is kept) and returns where in the file what comes next begins. */
async function prepareLog(location: Location): Promise<number> {
  const size = await stat(location.logFile).then(
    (info) => info.size,
    () => 0,
  );
  if (size < LOG_LIMIT) return size;
  await rename(location.logFile, `${location.logFile}.1`);
  return 0;
}

async function readLog(location: Location, from: number): Promise<string> {
  const handle = await open(location.logFile, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16_384), 0, 16_384, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
