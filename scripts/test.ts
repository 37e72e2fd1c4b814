/**
 * Runs the tests: one database server for the whole run, then Node's test runner over every *.test.ts, the longest
 * first. Words after `npm test --` choose files by part of their path. The runner's closing lines are the last that is
 * printed.
 */
import { glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { startCluster } from '../src/platform/database/cluster/cluster.ts';
import { openLog } from '../src/platform/log/log.ts';

/** Files that run at the same time. */
const AT_ONCE = 2;
/** The longest a file may take, in milliseconds. */
const LONGEST = 900_000;

const wanted = process.argv.slice(2);
const files: string[] = [];
for await (const file of glob('{src,tests,content,scripts,bench}/**/*.test.ts')) files.push(file);
// The walks over all pages take longest: they begin first, so that the other files fill the time beside them.
const rank = (file: string): number =>
  file.startsWith('tests/pages/') ? 0 : file.startsWith('tests/journeys/') ? 1 : 2;
const chosen = files
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
if (chosen.length === 0) {
  console.error(`No test file has ${wanted.join(' or ')} in its path.`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'imi-connect-tests-'));
const cluster = await startCluster({ dataDir: folder, log: openLog(() => {}) });
Object.assign(process.env, { TEST_CLUSTER: cluster.adminUrl, TEST_KEYS: join(folder, 'keys'), NODE_ENV: 'test' });
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
let failed = false;
const running = run({
  files: chosen.map((file) => resolve(file)),
  concurrency: AT_ONCE,
  timeout: LONGEST,
  signal: stop.signal,
});
running.on('test:fail', () => {
  failed = true;
});
const report = running.compose(spec);
report.pipe(process.stdout);
await finished(report).catch(() => {
  failed = true;
});
await cluster.stop();
await rm(folder, { recursive: true, force: true });
process.exitCode = failed || stop.signal.aborted ? 1 : 0;
