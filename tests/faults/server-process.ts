/** Starts a server as a person at a terminal does, in a process group of its own, and watches what is left of it. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processBeginning } from '../../scripts/live-process.mjs';

export const repository = path.resolve(import.meta.dirname, '../..');
const STAND_IN = path.join(import.meta.dirname, 'stand-in-server.ts');

export interface StartedServer {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** The address it said it is ready on; rejects when it ends before that. */
  readonly ready: Promise<string>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** The command line after the program; by default the stand-in through scripts/node24.mjs. */
  readonly command?: readonly [string, ...string[]];
  readonly cwd?: string;
}

/** Only what a machine has by itself, so that settings of whoever runs the tests do not count. */
function bareEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
}

export function startServer({ env, uid, gid, command, cwd = repository }: StartOptions): StartedServer {
  const [program, ...args] = command ?? [process.execPath, path.join(repository, 'scripts/node24.mjs'), STAND_IN];
  const child = spawn(program, args, {
    cwd,
    env: { ...bareEnvironment(), PORT: '0', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid }),
  });
  let text = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
      for (const look of watchers) look();
    });
  }
  const ended = new Promise<number | string>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  const ready = new Promise<string>((resolve, reject) => {
    watchers.add(() => {
      const found = /ready on (http\S+)/.exec(text);
      if (found?.[1]) resolve(found[1]);
    });
    void ended.then((how) => reject(new Error(`the server ended (${how}) before it was ready:\n${text}`)));
  });
  ready.catch(() => {});
  return { child, output: () => text, ready, ended };
}

/** What the terminal does on Ctrl-C, and kill -9 of everything: a signal to the whole process group. */
export function signalGroup(server: StartedServer, signal: NodeJS.Signals): void {
  process.kill(-(server.child.pid as number), signal);
}

/** The living processes of the server's group, as `pid command`. */
export function livingIn(server: StartedServer): string[] {
  const group = String(server.child.pid);
  return execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2] === group && !match[3]?.startsWith('Z'))
    .map((match) => `${match?.[1]} ${match?.[4]}`);
}

/** Waits until a process is gone; fails after 10 s. */
export async function untilGone(pid: number): Promise<void> {
  await until(() => processBeginning(pid) === null, `process ${pid} is still there`);
}

/** Asks again and again until it holds; fails after 10 s. */
export async function until(holds: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, otherwise);
    await delay(20);
  }
}

export async function getJson<T>(address: string, at: string): Promise<T> {
  const response = await fetch(`${address}${at}`);
  assert.equal(response.status, 200, at);
  return (await response.json()) as T;
}

/** True when the server said that it has kept the number. */
export async function keep(address: string, id: number): Promise<boolean> {
  try {
    const response = await fetch(`${address}/keep/${id}`, { method: 'POST' });
    await response.text();
    return response.status === 200;
  } catch {
    return false;
  }
}
