/** The start contract: starting, a second start, Ctrl-C, and recovery from every kind of kill. Real processes, real files. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { type Cluster, startCluster } from '../../src/platform/database/cluster/cluster.ts';
import { findPostmaster } from '../../src/platform/database/cluster/postmaster.ts';
import { openLog } from '../../src/platform/log/log.ts';
import {
  getJson,
  keep,
  livingIn,
  repository,
  type StartedServer,
  signalGroup,
  startServer,
  until,
  untilGone,
} from './server-process.ts';

const isRoot = process.getuid?.() === 0;
const started: StartedServer[] = [];
const shelters: string[] = [];
let root: string;

function start(env: Record<string, string>, more: Partial<Parameters<typeof startServer>[0]> = {}): StartedServer {
  const server = startServer({ env, ...more });
  started.push(server);
  return server;
}

/** Where PostgreSQL's data of a data folder is (elsewhere when root had to put it there). */
async function clusterOf(dataDir: string): Promise<string> {
  const marker = path.join(dataDir, 'postgres-folder.json');
  if (!existsSync(marker)) return path.join(dataDir, 'postgres');
  const { folder } = JSON.parse(await readFile(marker, 'utf8')) as { folder: string };
  if (!shelters.includes(folder)) shelters.push(folder);
  return path.join(folder, 'postgres');
}

/** Ends it and asserts one sentence on the screen and exit code 1. */
async function refusal(server: StartedServer): Promise<string> {
  assert.equal(await server.ended, 1, server.output());
  const said = server.output();
  assert.match(said, /^[^\n]+\.\n$/, 'one line, a sentence');
  assert.ok(!/\n\s+at /.test(said), 'no stack');
  return said;
}

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'start-contract-'));
  await chmod(root, 0o755);
});

after(async () => {
  for (const server of started) {
    if (livingIn(server).length > 0) signalGroup(server, 'SIGKILL');
  }
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.name !== 'postmaster.pid') continue;
    const found = await findPostmaster(entry.parentPath);
    if (found) process.kill(found.pid, 'SIGKILL');
  }
  for (const folder of [root, ...shelters]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('one data folder through its life', () => {
  let dataDir: string;
  let server: StartedServer;
  let address: string;
  let postmaster: number;

  /** Waits until another PostgreSQL than before answers (the old one's last processes answer for a moment longer). */
  async function nextPostmaster(): Promise<number> {
    let now = postmaster;
    await until(async () => {
      const response = await fetch(`${address}/postmaster`);
      const text = await response.text();
      if (response.ok) now = Number(text);
      return now !== postmaster;
    }, 'PostgreSQL is not back');
    return now;
  }

  test('the first start makes everything, says where it is and who can log in', async () => {
    dataDir = path.join(root, 'life', 'data');
    server = start({ DATA_DIR: dataDir });
    address = await server.ready;
    await until(() => server.output().includes('coordinator can log in'), 'who can log in');
    await getJson(address, '/health');
    assert.ok(await keep(address, 1));
    postmaster = await getJson<number>(address, '/postmaster');
    assert.ok(
      livingIn(server).some((line) => line.startsWith(`${postmaster} `)),
      'PostgreSQL is in the process group of the server',
    );
    const data = await clusterOf(dataDir);
    assert.equal((await stat(data)).mode & 0o777, 0o700);
    if (isRoot) assert.notEqual((await stat(data)).uid, 0);
  });

  test('a second start on the same data says so and stops', async () => {
    const said = await refusal(start({ DATA_DIR: dataDir }));
    assert.equal(
      said,
      `IMI Connect is already running on this data (process ${server.child.pid}, ${address}): stop it first, or set DATA_DIR to another folder.\n`,
    );
    assert.ok(await keep(address, 2), 'the first one is not disturbed');
  });

  test('kill -9 of PostgreSQL alone: started again by itself within 5 s, nothing lost', async () => {
    const began = Date.now();
    process.kill(postmaster, 'SIGKILL');
    postmaster = await nextPostmaster();
    assert.ok(await keep(address, 3));
    assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
    assert.deepEqual(await getJson(address, '/kept'), [1, 2, 3]);
  });

  test('kill -9 of the server alone: the next start adopts the PostgreSQL that stayed', async () => {
    server.child.kill('SIGKILL');
    await server.ended;
    server = start({ DATA_DIR: dataDir });
    address = await server.ready;
    assert.equal(await getJson<number>(address, '/postmaster'), postmaster, 'the same PostgreSQL');
    assert.deepEqual(await getJson(address, '/kept'), [1, 2, 3]);
  });

  test('an adopted PostgreSQL is watched as well', async () => {
    process.kill(postmaster, 'SIGKILL');
    postmaster = await nextPostmaster();
    assert.ok(await keep(address, 4));
  });

  test('kill -9 of everything under load: the next start recovers by itself, nothing that was acknowledged is lost', async () => {
    const acknowledged: number[] = [];
    let id = 1000;
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) {
        const mine = id++;
        if (!(await keep(address, mine))) return;
        acknowledged.push(mine);
      }
    });
    await until(() => acknowledged.length >= 300, 'some load');
    signalGroup(server, 'SIGKILL');
    await Promise.all(writers);
    await server.ended;
    await untilGone(postmaster);
    assert.deepEqual(livingIn(server), []);

    server = start({ DATA_DIR: dataDir });
    address = await server.ready;
    const kept = new Set(await getJson<number[]>(address, '/kept'));
    assert.deepEqual(
      [1, 2, 3, 4, ...acknowledged].filter((number) => !kept.has(number)),
      [],
    );
    for (const number of kept) assert.ok(number < id, 'nothing that nobody sent');
    postmaster = await getJson<number>(address, '/postmaster');
  });

  test('Ctrl-C once ends everything with exit code 0; the next start takes under 5 s', async () => {
    signalGroup(server, 'SIGINT');
    assert.equal(await server.ended, 0, server.output());
    await untilGone(postmaster);
    assert.deepEqual(livingIn(server), []);
    assert.deepEqual(await readdir(path.join(dataDir, 'run')), []);
    const began = Date.now();
    server = start({ DATA_DIR: dataDir });
    address = await server.ready;
    assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
    postmaster = await getJson<number>(address, '/postmaster');
  });

  test('SIGTERM to the server alone stops PostgreSQL in order too', async () => {
    server.child.kill('SIGTERM');
    assert.equal(await server.ended, 0, server.output());
    await untilGone(postmaster);
    const log = await readFile(path.join(path.dirname(await clusterOf(dataDir)), 'postgres.log'), 'utf8');
    assert.match(log.trim().split('\n').at(-1) as string, /database system is shut down/);
  });

  test('it goes on, and still stops in order, when nobody reads any more what it says', async () => {
    server = start({ DATA_DIR: dataDir });
    address = await server.ready;
    server.child.stdout?.destroy();
    server.child.stderr?.destroy();
    postmaster = await getJson<number>(address, '/postmaster');
    process.kill(postmaster, 'SIGKILL'); // which it wants to say something about
    postmaster = await nextPostmaster();
    server.child.kill('SIGINT');
    assert.equal(await server.ended, 0);
    await untilGone(postmaster);
  });

  test('an error that nobody caught: logged, everything closed, exit code 1', async () => {
    server = start({ DATA_DIR: dataDir });
    address = await server.ready;
    postmaster = await getJson<number>(address, '/postmaster');
    await fetch(`${address}/break`, { method: 'POST' }).catch(() => {});
    assert.equal(await server.ended, 1);
    assert.match(server.output(), /planted: nobody catches this/);
    await untilGone(postmaster);
    assert.deepEqual(livingIn(server), []);
  });
});

test('a first start that is killed half way leaves nothing that the next one stumbles over', async () => {
  const dataDir = path.join(root, 'half', 'data');
  const first = start({ DATA_DIR: dataDir });
  await until(
    async () => existsSync(dataDir) && (await readdir(dataDir)).some((name) => name.startsWith('postgres.new-')),
    'the cluster is being made',
  );
  signalGroup(first, 'SIGKILL');
  await first.ended;
  assert.ok(!existsSync(path.join(dataDir, 'postgres')), 'it was not complete');
  const second = start({ DATA_DIR: dataDir });
  assert.ok(await keep(await second.ready, 1));
  assert.deepEqual(
    (await readdir(dataDir)).filter((name) => name.includes('.new-')),
    [],
  );
  signalGroup(second, 'SIGINT');
  assert.equal(await second.ended, 0);
});

test('Ctrl-C while it is still starting leaves no processes', async () => {
  const dataDir = path.join(root, 'early', 'data');
  const server = start({ DATA_DIR: dataDir });
  await until(
    async () => existsSync(dataDir) && (await readdir(dataDir)).some((name) => name.startsWith('postgres.new-')),
    'the cluster is being made',
  );
  signalGroup(server, 'SIGINT');
  assert.equal(await server.ended, 0, server.output());
  await until(() => livingIn(server).length === 0, 'something is left');
  assert.deepEqual(await readdir(path.join(dataDir, 'run')), []);
});

test('of several starts at the same moment on a folder with a dead record, exactly one runs', async () => {
  const dataDir = path.join(root, 'race');
  await mkdir(path.join(dataDir, 'run'), { recursive: true });
  await writeFile(
    path.join(dataDir, 'run', 'server.json'),
    JSON.stringify({ pid: process.pid, began: 'another time', address: 'x' }),
  );
  const servers = Array.from({ length: 4 }, () => start({ DATA_DIR: dataDir }));
  const outcomes = await Promise.all(
    servers.map((server) => Promise.race([server.ready.catch(() => 'refused'), server.ended])),
  );
  const running = servers.filter((_, index) => String(outcomes[index]).startsWith('http'));
  assert.equal(running.length, 1, outcomes.join(' '));
  for (const server of servers)
    if (!running.includes(server)) assert.match(await refusal(server), /already running on this data/);
  signalGroup(running[0] as StartedServer, 'SIGINT');
  assert.equal(await running[0]?.ended, 0);
});

test('settings that cannot be used: one sentence that names the setting, exit code 1, nothing made', async () => {
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ PORT: 'http' }, /^PORT cannot be "http": write /],
    [{ HOST: '0.0.0.0' }, /^HOST "0\.0\.0\.0" .*TLS_CERT/],
    [{ DEMO: 'perhaps' }, /^DEMO /],
    [{ DATABASE_URL: 'mysql://a/b' }, /^DATABASE_URL /],
    [{ TLS_CERT: '/nowhere' }, /^TLS_CERT /],
  ];
  const dataDir = path.join(root, 'wrong');
  const servers = wrong.map(([env]) => start({ DATA_DIR: dataDir, ...env }));
  for (const [index, server] of servers.entries()) assert.match(await refusal(server), wrong[index]?.[1] as RegExp);
  assert.ok(!existsSync(dataDir));
});

test('PORT in use: one sentence, exit code 1, no database left running', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const dataDir = path.join(root, 'port');
  const server = start({ DATA_DIR: dataDir, PORT: String(port) });
  assert.equal(
    await refusal(server),
    `PORT ${port} on 127.0.0.1 is in use by another program: stop that, or set PORT to another number.\n`,
  );
  assert.deepEqual(livingIn(server), []);
  assert.deepEqual(await readdir(path.join(dataDir, 'run')), []);
  other.close();
});

test('a data folder that cannot be made: one sentence', async () => {
  const file = path.join(root, 'a-file');
  await writeFile(file, '');
  assert.match(await refusal(start({ DATA_DIR: path.join(file, 'data') })), /^The data folder .* cannot be made: /);
});

describe("a database of the operator's own", () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster({ dataDir: path.join(root, 'own-database'), log: openLog(() => {}) });
  });
  after(() => cluster.stop());

  test('is used, shared by two servers with the same keys, and left running', async () => {
    const env = { DATA_DIR: path.join(root, 'two'), DATABASE_URL: cluster.adminUrl };
    const servers = [start(env), start(env)];
    const [one, two] = await Promise.all(servers.map(({ ready }) => ready));
    assert.ok(await keep(one as string, 7));
    assert.deepEqual(await getJson(two as string, '/kept'), [7]);
    for (const server of servers) signalGroup(server, 'SIGTERM');
    for (const server of servers) assert.equal(await server.ended, 0);
    const client = new pg.Client({ connectionString: cluster.adminUrl });
    await client.connect();
    // The control: a database that would forget must be refused.
    await client.query('alter role postgres set synchronous_commit = off');
    assert.match(
      await refusal(start(env)),
      /^The database would not keep .* synchronous_commit is "off"; set it to "on"\.\n$/,
    );
    await client.query('alter role postgres reset synchronous_commit');
    await client.end();
  });

  test('that cannot be reached: one sentence without the password', async () => {
    const said = await refusal(
      start({ DATA_DIR: path.join(root, 'none'), DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/imi' }),
    );
    assert.match(said, /^The database of DATABASE_URL cannot be reached \(.*ECONNREFUSED.*\): /);
    assert.ok(!said.includes('hunter2'));
  });
});

describe('who starts it', () => {
  const skip = isRoot ? false : 'only root can start as different users';

  test('root, under a folder that others cannot pass: the database goes where PostgreSQL can reach it', {
    skip,
  }, async () => {
    const closed = path.join(root, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const dataDir = path.join(closed, 'data');
    for (const id of [1, 2]) {
      const server = start({ DATA_DIR: dataDir });
      const address = await server.ready;
      const data = await clusterOf(dataDir);
      assert.match(data, /^\/var\/(lib|tmp)\/imi-connect-[0-9a-f]{12}\/postgres$/);
      assert.ok(await keep(address, id));
      assert.deepEqual(await getJson(address, '/kept'), id === 1 ? [1] : [1, 2], 'the second start finds it again');
      signalGroup(server, 'SIGINT');
      assert.equal(await server.ended, 0);
    }
    assert.equal(shelters.length, 1);
  });

  test('root, with a data folder that others cannot pass: it is made passable, and no more', { skip }, async () => {
    const dataDir = path.join(root, 'own');
    await mkdir(dataDir, { mode: 0o700 });
    const server = start({ DATA_DIR: dataDir });
    assert.ok(await keep(await server.ready, 1));
    assert.equal(await clusterOf(dataDir), path.join(dataDir, 'postgres'));
    assert.equal((await stat(dataDir)).mode & 0o777, 0o701);
    signalGroup(server, 'SIGINT');
    assert.equal(await server.ended, 0);
  });

  test('an ordinary user; root then starts the same data as that user', { skip }, async () => {
    const home = path.join(root, 'ordinary');
    await mkdir(home);
    await chown(home, 65534, 65534);
    const env = { DATA_DIR: path.join(home, 'data'), HOME: home };
    for (const account of [{ uid: 65534, gid: 65534 }, {}, { uid: 65534, gid: 65534 }]) {
      const server = start(env, account);
      assert.ok(await keep(await server.ready, 1));
      signalGroup(server, 'SIGINT');
      assert.equal(await server.ended, 0, server.output());
    }
  });
});

test('through npm: Ctrl-C, and SIGTERM to npm alone, end everything', async () => {
  const folder = path.join(root, 'npm');
  await mkdir(folder);
  const script = `"${process.execPath}" "${repository}/scripts/node24.mjs" "${repository}/tests/faults/stand-in-server.ts"`;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, scripts: { start: script } }));
  for (const stop of [
    (server: StartedServer) => signalGroup(server, 'SIGINT'),
    (server: StartedServer) => server.child.kill('SIGTERM'),
  ]) {
    const server = start({ DATA_DIR: path.join(folder, 'data') }, { command: ['npm', 'start'], cwd: folder });
    const postmaster = await getJson<number>(await server.ready, '/postmaster');
    stop(server);
    await server.ended;
    await untilGone(postmaster);
    await until(() => livingIn(server).length === 0, 'something is left');
  }
});
