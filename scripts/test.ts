/**
 * Runs the tests: one database server for the whole run, then Node's test runner over every *.test.ts. Words after
 * `npm test --` choose files by part of their path. The runner's closing lines are the last that is printed.
 */
import { spawn } from 'node:child_process';
import { glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../src/platform/database/cluster/cluster.ts';
import { openLog } from '../src/platform/log/log.ts';

const wanted = process.argv.slice(2);
const files: string[] = [];
for await (const file of glob('{src,tests,content,scripts,bench}/**/*.test.ts')) files.push(file);
// The walks over all pages take longest: they begin first, so that the other files fill the time beside them.
const first = (file: string): number =>
  file.startsWith('tests/pages/') ? 0 : file.startsWith('tests/journeys/') ? 1 : 2;
const chosen = files
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort((a, b) => first(a) - first(b) || a.localeCompare(b));
if (chosen.length === 0) {
  console.error(`No test file has ${wanted.join(' or ')} in its path.`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'imi-connect-tests-'));
const cluster = await startCluster({ dataDir: folder, log: openLog(() => {}) });
const runner = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=600000', ...chosen], {
  stdio: 'inherit',
  env: { ...process.env, TEST_CLUSTER: cluster.adminUrl, TEST_KEYS: join(folder, 'keys'), NODE_ENV: 'test' },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal));
const code = await new Promise<number>((resolve) => runner.on('exit', (exitCode) => resolve(exitCode ?? 1)));
await cluster.stop();
await rm(folder, { recursive: true, force: true });
process.exitCode = code;
