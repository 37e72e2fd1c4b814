import { link, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isLive, processBeginning, type ServerRecord } from '../../../scripts/live-process.mjs';
import { OperatorError } from './operator-error.ts';

export interface RunLock {
  /** Gives the data folder free. */
  release(): Promise<void>;
}

/**
 * Says in `DATA_DIR/run` that a server runs on this data, so that a second one refuses to start and packages are not
 * replaced under it. A record of a process that no longer lives does not count. With `shared` (a database of the
 * operator's own) any number of servers may run, each with a record of its own.
 */
export async function claimRunLock(dataDir: string, address: string, shared: boolean): Promise<RunLock> {
  const folder = path.join(dataDir, 'run');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = path.join(folder, shared ? `server-${process.pid}.json` : 'server.json');
  const record: ServerRecord = { pid: process.pid, began: processBeginning(process.pid) ?? '', address };
  const text = `${JSON.stringify(record)}\n`;
  const draft = path.join(folder, `draft-${process.pid}`);
  await writeFile(draft, text, { mode: 0o600 });
  try {
    while (!(await place(draft, lock))) {
      const seen = await read(lock);
      const other = parse(seen);
      if (other && isLive(other)) {
        throw new OperatorError(
          `IMI Connect is already running on this data (process ${other.pid}, ${other.address}): stop it first, or set DATA_DIR to another folder.`,
        );
      }
      await remove(lock, seen);
    }
  } finally {
    await unlink(draft);
  }
  return {
    async release() {
      if ((await read(lock)) === text) await rm(lock, { force: true });
    },
  };
}

/** Puts the record in place in one step; false when there is one. */
async function place(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead record away, unless another start has replaced it since we read it: then that one is put back. */
async function remove(lock: string, seen: string | undefined): Promise<void> {
  if (seen === undefined) return;
  const aside = `${lock}.dead-${process.pid}`;
  try {
    await rename(lock, aside);
  } catch {
    return; // another start was quicker
  }
  if ((await read(aside)) !== seen) await place(aside, lock);
  await unlink(aside);
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function parse(text: string | undefined): ServerRecord | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // cut off by a power cut
  }
}
