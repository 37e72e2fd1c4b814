/**
 * Runs before `npm start` and `npm test`, on whatever Node there is (20 or newer): sees to it that the packages in
 * node_modules are those of package-lock.json for this platform. A stamp in node_modules says which ones are there,
 * so a second start costs nothing; when it differs, `npm ci` runs, but never under a running server.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isLive, processBeginning, runningServers } from './live-process.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = path.join(root, 'node_modules', '.imi-connect-stamp');

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function wantedStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch}\n`;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** One installation at a time in this folder: a second one waits for the first. */
function takeTurn() {
  const turn = path.join(
    tmpdir(),
    `imi-connect-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  );
  const holder = path.join(turn, 'holder.json');
  let announced = false;
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(turn);
      writeFileSync(holder, JSON.stringify({ pid: process.pid, began: processBeginning(process.pid) }));
      return () => rmSync(turn, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') return () => {};
    }
    const text = read(holder);
    let live = tries < 20; // the holder writes its name just after it makes the folder
    try {
      if (text) live = isLive(JSON.parse(text));
    } catch {
      // Half written: ask again.
    }
    if (!live) {
      rmSync(turn, { recursive: true, force: true });
      continue;
    }
    if (!announced) console.error('Another start is installing the packages; waiting for it.');
    announced = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
}

/** npm itself, run by the Node that npm runs on: not by the one in node_modules, which is about to be replaced. */
function install() {
  const npm = process.env.npm_execpath;
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  if (npm && /\.c?js$/.test(npm))
    return spawnSync(process.env.npm_node_execpath || process.execPath, [npm, ...flags], options);
  return spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' });
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Node ${process.versions.node} is too old: install Node 20 or newer, then run the same command again.`);
}

const wanted = wantedStamp();
if (read(stampFile) !== wanted) {
  const done = takeTurn();
  process.on('exit', done);
  if (read(stampFile) !== wanted) {
    const [server] = runningServers(path.resolve(root, process.env.DATA_DIR || 'data'));
    if (server) {
      stop(
        `The packages have changed, but IMI Connect is running on them (process ${server.pid}, ${server.address}): stop it, then run the same command again.`,
      );
    }
    if (process.platform === 'win32' && process.execPath.startsWith(path.join(root, 'node_modules'))) {
      stop('The packages have changed: run "npm ci", then run the same command again.');
    }
    console.error('Installing the packages of package-lock.json (once; some seconds).');
    const result = install();
    if (result.error) stop(`npm could not be started to install the packages: ${result.error.message}`);
    if (result.status !== 0) {
      stop(
        'The packages could not be installed: read what npm says above, put it right, then run the same command again.',
      );
    }
    mkdirSync(path.dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, wanted);
  }
}
