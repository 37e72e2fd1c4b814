import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { test } from 'node:test';
import pg from 'pg';
import { isDatabaseAway } from './database-away.ts';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('a database that refuses, hangs up or says nothing is away', async () => {
  const refusing = new pg.Client({ host: '127.0.0.1', port: 1 });
  assert.equal(isDatabaseAway(await failureOf(refusing.connect())), true, 'refused');
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const hungUp = new pg.Client({ host: '127.0.0.1', port });
  assert.equal(isDatabaseAway(await failureOf(hungUp.connect())), true, 'hung up');
  server.close();
  assert.equal(isDatabaseAway(Object.assign(new Error('terminating connection'), { code: '57P01' })), true);
  assert.equal(isDatabaseAway(new Error('timeout exceeded when trying to connect')), true);
});

test('work that was wrong is not taken for a database that is away', async () => {
  assert.equal(isDatabaseAway(Object.assign(new Error('duplicate key'), { code: '23505' })), false);
  assert.equal(isDatabaseAway(await failureOf(readFile('/no/such/file'))), false);
  assert.equal(isDatabaseAway(new TypeError('x is not a function')), false);
  assert.equal(isDatabaseAway('away'), false);
});
