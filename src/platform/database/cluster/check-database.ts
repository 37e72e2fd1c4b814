import pg from 'pg';
import { ClusterError } from './cluster-error.ts';

const MIN_VERSION = 180_000;
/** What a database must be set to so that a commit survives a power cut; every value but these breaks the promise. */
const DURABILITY: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  synchronous_commit: ['on', 'remote_apply', 'remote_write', 'local'],
  full_page_writes: ['on'],
  data_checksums: ['on'],
  server_encoding: ['UTF8'],
};

/** Asserts that the database is there, new enough, and keeps what it has committed. Throws ClusterError with one sentence. */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'imi-connect start',
  });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (cause) {
    await client.end().catch(() => {});
    const reason = (cause as Error).message || (cause as NodeJS.ErrnoException).code;
    throw new ClusterError(
      `The database of DATABASE_URL cannot be reached (${reason}): start it, or put the address, user and password right.`,
      { cause },
    );
  }
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [['server_version_num', 'server_version', ...Object.keys(DURABILITY)]],
    );
    const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
    if (Number(settings.get('server_version_num')) < MIN_VERSION) {
      throw new ClusterError(
        `The database of DATABASE_URL is PostgreSQL ${settings.get('server_version')}: use 18 or newer.`,
      );
    }
    for (const [name, allowed] of Object.entries(DURABILITY)) {
      const value = settings.get(name) ?? 'unknown';
      if (!allowed.includes(value)) {
        throw new ClusterError(
          `The database would not keep what it has promised: its setting ${name} is "${value}"; set it to "${allowed[0]}".`,
        );
      }
    }
  } finally {
    await client.end();
  }
}
