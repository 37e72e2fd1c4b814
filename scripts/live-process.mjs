/**
 * Which process a number means. A process id alone is reused by the system, so a lock also keeps when its process
 * began. Plain JavaScript, because scripts/prepare.mjs needs it on any Node before Node 24 is installed.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * When process `pid` began, as text that is only good for comparing (on Linux the boot and the tick within it);
 * null when no such process lives (one that has ended and waits to be collected does not live).
 */
export function processBeginning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // The second field is the name in brackets and may hold anything, brackets too.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return null;
  }
  if (process.platform === 'win32') return 'alive';
  try {
    const [state, ...began] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return !state || state.startsWith('Z') ? null : began.join(' ');
  } catch {
    return null;
  }
}

/** True while the process that wrote `{ pid, began }` lives. */
export function isLive(record) {
  const began = processBeginning(record.pid);
  return began !== null && began === record.began;
}

/** The servers that run on this data folder: the records in DATA_DIR/run whose process lives. */
export function runningServers(dataDir) {
  const folder = path.join(dataDir, 'run');
  let names;
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const live = [];
  for (const name of names) {
    if (!/^server.*\.json$/.test(name)) continue;
    try {
      const record = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      if (isLive(record)) live.push(record);
    } catch {
      // Gone meanwhile, or cut off by a power cut: no server holds it.
    }
  }
  return live;
}
