/** The server's memory when idle with the demonstration, PostgreSQL apart. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { report } from './figure.ts';
import { removeFolder, startProduct, temporaryFolder } from './product.ts';

const SETTLE_MS = 5000;

/** A Node process that only keeps a server open. */
async function bareServerMegabytes(): Promise<number> {
  const child = spawn(process.execPath, ['-e', "require('node:http').createServer().listen(0, '127.0.0.1')"]);
  await wait(1000);
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0);
  child.kill();
  return kilobytes / 1024;
}

export async function measureMemory(): Promise<void> {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  const reference = {
    what: 'megabytes of a Node process with an empty HTTP server',
    value: await bareServerMegabytes(),
  };
  try {
    await (await startProduct({ dataDir })).stop();
    const product = await startProduct({ dataDir });
    await wait(SETTLE_MS);
    report({ name: 'memory.idle', value: product.serverMegabytes(), unit: 'MB', reference, goal: 'at most 150 MB' });
    await product.stop();
  } finally {
    await removeFolder(folder);
  }
}
