/** The product as a process of its own, as `npm start` runs it, with what the kernel counts of it (Linux). */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { locateCluster } from '#platform/database/cluster/location.ts';
import { findPostmaster } from '#platform/database/cluster/postmaster.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TICKS_PER_SECOND = 100;

export interface Product {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** The process id of the server; another one after a restart by `supervised`. */
  serverPid(): number;
  /** The process id of the database server on this data folder now; undefined while there is none. */
  postmasterPid(): Promise<number | undefined>;
  /** The product's database as the superuser. */
  adminUrl(): Promise<string>;
  /** Milliseconds of processor time so far: server, and PostgreSQL with all its processes. */
  cpuMs(): Promise<{ server: number; database: number }>;
  /** Resident memory of the server, in megabytes. */
  serverMegabytes(): number;
  /** How often the server ended before `stop` and was started again. */
  restarts(): number;
  /** What the servers have printed. */
  printed(): string;
  /** Stops server and database in order; at once when that takes too long. */
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Starts the server again whenever it ends before `stop`, as a service manager does. */
  readonly supervised?: boolean;
}

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imi-connect-bench-'));
  // As root PostgreSQL runs as another user, who must be able to pass; else the database would go elsewhere and stay.
  await chmod(folder, 0o711);
  return folder;
}

/** Starts the product on a data folder and waits until it is ready. Rejects with what it printed. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { dataDir, supervised = false } = options;
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let printed = '';
  let stopping = false;
  let restarts = 0;
  let child = launch();

  function launch(): ChildProcess {
    // On Linux this process becomes the server: its id is the server's.
    const started = spawn(process.execPath, ['scripts/node24.mjs', 'src/main.ts'], {
      cwd: ROOT,
      // The name npm gives its script: so the server stops by itself when whoever started it is gone.
      env: { ...process.env, npm_lifecycle_event: 'start', PORT: String(port), DATA_DIR: dataDir, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (text) => {
        printed = (printed + text).slice(-100_000);
      });
    started.once('exit', () => {
      if (!supervised || stopping) return;
      restarts++;
      printed += `The server ended: ${started.exitCode ?? started.signalCode}\n`;
      child = launch();
    });
    return started;
  }

  const postmasterPid = async () => (await findPostmaster((await locateCluster(dataDir)).data))?.pid;
  const product: Product = {
    url,
    port,
    dataDir,
    serverPid: () => child.pid as number,
    postmasterPid,
    adminUrl: async () => {
      const { data, passwordFile } = await locateCluster(dataDir);
      const password = (await readFile(passwordFile, 'utf8')).trim();
      const found = await findPostmaster(data);
      return `postgresql://postgres:${password}@127.0.0.1:${found?.port}/imi_connect`;
    },
    cpuMs: async () => {
      const server = child.pid as number;
      const postmaster = await postmasterPid();
      const database = postmaster === undefined ? [] : familyOf(postmaster);
      return { server: cpuMs(server), database: database.reduce((sum, pid) => sum + cpuMs(pid), 0) };
    },
    serverMegabytes: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    restarts: () => restarts,
    printed: () => printed,
    stop: async () => {
      stopping = true;
      await end(child);
      const left = await postmasterPid();
      if (left !== undefined) process.kill(left, 'SIGQUIT');
      for (let tries = 0; tries < 200 && (await postmasterPid()) !== undefined; tries++) await wait(25);
    },
  };
  try {
    await untilReady(product, () => (supervised ? null : child.exitCode));
  } catch (error) {
    await product.stop();
    throw error;
  }
  return product;
}

/** Waits until /health answers 200, a minute at most. */
export async function untilReady(product: Product, exitCode: () => number | null = () => null): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    if (exitCode() !== null) throw new Error(`The product ended at its start: ${product.printed()}`);
    const answer = await fetch(`${product.url}/health`).catch(() => null);
    if (answer?.ok) return;
    await wait(20);
  }
  throw new Error(`The product was not ready after a minute: ${product.printed()}`);
}

/** SIGTERM, and SIGKILL for a server that has not ended 15 s later. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}

function stat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** A process with its children; PostgreSQL's processes are all children of its first one. */
function familyOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && Number(stat(Number(name))[1]) === pid;
    } catch {
      return false; // it has ended meanwhile
    }
  });
  return [pid, ...children.map(Number)];
}

/** Processor time of a process and of its children that have ended. */
function cpuMs(pid: number): number {
  try {
    const fields = stat(pid);
    return ([11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / TICKS_PER_SECOND) * 1000;
  } catch {
    return 0;
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
