/** The checks that read the code: types, lint and format, unused code, the description of the database. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '#test/database.ts';
import { describeDatabase } from '../../scripts/describe-database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a package's command and returns what it said if it failed. */
function run(script: string, ...args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`${ROOT}/node_modules/${script}`, ...args],
      { cwd: ROOT, maxBuffer: 20_000_000 },
      (error, stdout, stderr) => resolve(error ? stdout + stderr : null),
    );
  });
}

test('types: tsc finds nothing', async () =>
  assert.equal(await run('typescript/bin/tsc', '--noEmit', '-p', '.'), null));
test('lint and format: biome finds nothing', async () =>
  assert.equal(await run('@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'), null));
test('unused code: knip finds nothing', async () => assert.equal(await run('knip/bin/knip.js', '--no-progress'), null));

test('schema.ts describes the migrated database', async () => {
  const database = await createTestDatabase({ demo: false });
  try {
    assert.equal(
      await readFile(`${ROOT}/src/platform/database/schema.ts`, 'utf8'),
      await describeDatabase(database.url),
      'run: npm run describe-database',
    );
  } finally {
    await database.drop();
  }
});
