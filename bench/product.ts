/** The product as a process of its own, as `npm start` runs it, with what the kernel counts of it (Linux). */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TICKS_PER_SECOND = 100;

export interface Product {
  readonly url: string;
  readonly dataDir: string;
  /** Process ids of server and database. */
  pids(): { server: number; database: number[] };
  /** Milliseconds of processor time so far: server, and PostgreSQL with all its processes. */
  cpuMs(): { server: number; database: number };
  /** Resident memory of the server, in megabytes. */
  serverMegabytes(): number;
  stop(): Promise<void>;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
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
export async function startProduct(options: {
  dataDir: string;
  env?: Record<string, string>;
  port?: number;
}): Promise<Product> {
  const port = options.port ?? (await freePort());
  let printed = '';
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATA_DIR: options.dataDir, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (text) => (printed += text));
  child.stderr.on('data', (text) => (printed += text));
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child, () => printed);
  const pids = () => ({
    server: child.pid as number,
    database: postmastersOf(child.pid as number, options.dataDir).flatMap(tree),
  });
  return {
    url,
    dataDir: options.dataDir,
    pids,
    cpuMs: () => {
      const { server, database } = pids();
      return { server: cpuMs(server), database: database.reduce((sum, pid) => sum + cpuMs(pid), 0) };
    },
    serverMegabytes: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function ready(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`The product ended at its start: ${printed()}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The product was not ready after a minute: ${printed()}`);
}

function stat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function children(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => {
      try {
        return Number(stat(one)[1]) === pid;
      } catch {
        return false;
      }
    });
}

function tree(pid: number): number[] {
  return [pid, ...children(pid).flatMap(tree)];
}

/** The database server that the product started, or adopted from its data folder. */
function postmastersOf(server: number, _dataDir: string): number[] {
  return children(server).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres'));
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
