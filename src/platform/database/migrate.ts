import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { nameRoles, type RoleNames, roleNamesFor } from './roles.ts';

const MIGRATIONS = new URL('../../../migrations/', import.meta.url);
const LOCK = 7_031_001;

export interface MigrateOptions {
  /** A user that may create roles and schemas. */
  readonly adminUrl: string;
  /** Passwords of the two roles that log in. */
  readonly passwords: { readonly application: string; readonly delivery: string };
}

/**
 * Brings the database to the newest schema and returns its role names. Each file of `migrations/` runs once, in order,
 * in a transaction of its own; a file that changed after it ran is an error. Several processes may call it at once.
 */
export async function migrate({ adminUrl, passwords }: MigrateOptions): Promise<RoleNames> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'imi-connect migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const names = await installation(client);
    await ensureRoles(client, names, passwords);
    for (const { name, text, sha256 } of await migrationFiles()) {
      const done = await client.query('select sha256 from public.migrations where name = $1', [name]);
      if (done.rowCount) {
        if (done.rows[0].sha256 !== sha256)
          throw new Error(
            `migrations/${name} was changed after it had run on this database. Put it back and write a new migration.`,
          );
        continue;
      }
      await client.query('begin');
      try {
        await client.query(nameRoles(text, names));
        await client.query('insert into public.migrations (name, sha256) values ($1, $2)', [name, sha256]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migrations/${name} failed: ${(error as Error).message}`, { cause: error });
      }
    }
    return names;
  } finally {
    await client.end();
  }
}

/** The role names that this database was made with: a clone keeps those of its template. */
async function installation(client: pg.Client): Promise<RoleNames> {
  await client.query(
    'create table if not exists public.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  await client.query(
    'create table if not exists public.installation (singleton boolean primary key default true check (singleton), roles jsonb not null, filling text)',
  );
  const { rows } = await client.query('select roles from public.installation');
  if (rows[0]) return rows[0].roles as RoleNames;
  const database = (await client.query('select current_database() as name')).rows[0].name as string;
  const names = roleNamesFor(database);
  await client.query('insert into public.installation (roles) values ($1)', [names]);
  return names;
}

async function ensureRoles(client: pg.Client, names: RoleNames, passwords: MigrateOptions['passwords']): Promise<void> {
  for (const [kind, name] of Object.entries(names)) {
    const login = kind === 'application' || kind === 'delivery';
    const statement = `role "${name}" ${login ? 'login noinherit' : 'nologin'} nosuperuser nobypassrls nocreatedb nocreaterole`;
    const exists = (await client.query('select 1 from pg_roles where rolname = $1', [name])).rowCount;
    try {
      if (!exists) await client.query(`create ${statement}`);
      if (login) {
        const password = client.escapeLiteral(passwords[kind]);
        await client.query(`alter role "${name}" password ${password}`);
      }
    } catch (error) {
      throw new Error(
        `The user of DATABASE_URL must be able to create roles and schemas; this statement failed: create role "${name}" (${(error as Error).message}).`,
        { cause: error },
      );
    }
  }
  for (const kind of ['centre', 'body', 'person', 'visitor', 'seat', 'system'] as const) {
    await client.query(`grant "${names[kind]}" to "${names.application}" with inherit false, set true`);
  }
}

async function migrationFiles(): Promise<{ name: string; text: string; sha256: string }[]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, MIGRATIONS), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** The address of the same database for one of the roles that log in. */
export function urlForRole(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}
