/**
 * Databases for tests: one embedded server a run, a migrated template (with and without the demonstration), and a
 * clone of it for each test file that asks. No mocks.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '#platform/database/cluster/cluster.ts';
import { migrate } from '#platform/database/migrate.ts';
import { type Keys, openKeys } from '#platform/keys/keys.ts';
import { openLog } from '#platform/log/log.ts';
import { readSettings } from '#platform/settings/settings.ts';
import { createApplication } from '../../src/application.ts';

const ROOT = new URL('../../', import.meta.url);

export interface TestServer {
  /** Superuser address of the server's `postgres` database. */
  readonly adminUrl: string;
  readonly keysDir: string;
  stop(): Promise<void>;
}

let running: Promise<TestServer> | undefined;

/** The server of this run: the one that the runner started (TEST_CLUSTER, TEST_KEYS), else one of this process. */
export function testServer(): Promise<TestServer> {
  running ??= start();
  return running;
}

async function start(): Promise<TestServer> {
  const { TEST_CLUSTER, TEST_KEYS } = process.env;
  if (TEST_CLUSTER && TEST_KEYS) return { adminUrl: TEST_CLUSTER, keysDir: TEST_KEYS, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'imi-connect-test-'));
  const cluster = await startCluster({ dataDir: folder, log: openLog(() => {}) });
  const stop = async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { adminUrl: cluster.adminUrl, keysDir: join(folder, 'keys'), stop };
}

/** Runs statements as the superuser of the test server. */
export async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** What a template is made from: a change of any of it makes a new template. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['migrations/', 'src/systems/', 'content/demonstration/']) {
    const names = (await readdir(new URL(folder, ROOT), { recursive: true }))
      .filter((name) => /\.(sql|csv|ts)$/.test(name) && !name.endsWith('.test.ts'))
      .sort();
    for (const name of names) hash.update(name).update(await readFile(new URL(folder + name, ROOT)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function ensureTemplate(server: TestServer, demo: boolean): Promise<string> {
  const name = `template_${demo ? 'demo' : 'empty'}_${await fingerprint()}`;
  const keys = await openKeys(server.keysDir);
  await asSuperuser(server.adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(7031002)');
    const ready = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (ready.rowCount) return;
    await client.query(`drop database if exists "${name}" with (force)`);
    await client.query(`create database "${name}"`);
    const url = databaseUrl(server.adminUrl, name);
    if (demo)
      await (
        await createApplication({ settings: settingsFor(server), keys, databaseUrl: url, log: openLog(() => {}) })
      ).close();
    else await migrate({ adminUrl: url, passwords: keys.database });
    await client.query(`alter database "${name}" is_template true`);
  });
  return name;
}

export function settingsFor(server: TestServer, env: Record<string, string> = {}) {
  return readSettings({ PORT: '0', DATA_DIR: join(server.keysDir, '..', 'data'), KEYS_DIR: server.keysDir, ...env });
}

export interface TestDatabase {
  /** Superuser address of the cloned database. */
  readonly url: string;
  readonly keys: Keys;
  readonly server: TestServer;
  drop(): Promise<void>;
}

/** A database of its own: migrated, with the demonstration's people and centres unless `demo` is false. */
export async function createTestDatabase({ demo = true } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const template = await ensureTemplate(server, demo);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server.adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(7031003)');
    await client.query(`create database "${name}" template "${template}"`);
  });
  return {
    url: databaseUrl(server.adminUrl, name),
    keys: await openKeys(server.keysDir),
    server,
    drop: async () => {
      await asSuperuser(server.adminUrl, (client) => client.query(`drop database if exists "${name}" with (force)`));
      if (!process.env.TEST_CLUSTER) await server.stop();
    },
  };
}
