/**
 * Writes src/platform/database/schema.ts, the types of every table and view, from a migrated database.
 * `describe-database URL` reads that database; without an address the migrations run on a server of its own first.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../src/platform/database/cluster/cluster.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { openLog } from '../src/platform/log/log.ts';

const TARGET = new URL('../src/platform/database/schema.ts', import.meta.url);

const SCALARS: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  varchar: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  date: 'string',
  timestamptz: 'Timestamp',
  jsonb: 'Json',
  bytea: 'Buffer',
  name: 'string',
};

const COLUMNS = `
  select n.nspname as schema, c.relname as table, c.relkind as kind, a.attname as column, t.typname as type,
    a.attnotnull as required, (a.atthasdef or a.attidentity <> '') as defaulted,
    (select pg_get_constraintdef(k.oid) from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%' limit 1) as words,
    base.tables
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  -- The relations whose column of the same name a view's column reads.
  left join lateral (
    select array_agg(distinct rn.nspname || '.' || r.relname) as tables
    from pg_rewrite w
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refobjsubid > 0
    join pg_attribute b on b.attrelid = d.refobjid and b.attnum = d.refobjsubid and b.attname = a.attname
    join pg_class r on r.oid = b.attrelid
    join pg_namespace rn on rn.oid = r.relnamespace
    where w.ev_class = c.oid and c.relkind = 'v' and r.oid <> c.oid
  ) base on true
  where c.relkind in ('r', 'p', 'v') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'jobs')
  order by 1, 2, a.attnum`;

/** Kysely's Generated does not nest in a ColumnType, so these have names of their own. */
const generated = (type: string): string =>
  type === 'Timestamp' || type === 'Json' ? `Generated${type}` : `Generated<${type}>`;

/** The text of schema.ts for a database. */
export async function describeDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(COLUMNS);
  await client.end();
  const byColumn = new Map(rows.map((row) => [`${row.schema}.${row.table}.${row.column}`, row]));
  // A view's column is as sure, and has the same words, as the columns it reads.
  const source = (row: (typeof rows)[number]): { required: boolean; words: string | null } => {
    const bases = (row.tables ?? [])
      .map((table: string) => byColumn.get(`${table}.${row.column}`))
      .filter(Boolean)
      .map(source);
    if (row.kind !== 'v' || bases.length === 0) return { required: row.required, words: row.words };
    return {
      required: bases.every((base: { required: boolean }) => base.required),
      words: bases.find((base: { words: string | null }) => base.words)?.words ?? null,
    };
  };
  const tables = new Map<string, string[]>();
  for (const row of rows) {
    const key = `${row.schema}.${row.table}`;
    const lines = tables.get(key) ?? [];
    tables.set(key, lines);
    const { required, words: check } = source(row);
    const words = check ? [...check.matchAll(/'([^']+)'::text/g)].map((match) => `'${match[1]}'`) : [];
    const array = row.type.startsWith('_');
    const scalar = SCALARS[array ? row.type.slice(1) : row.type];
    if (!scalar) throw new Error(`${key}.${row.column}: no TypeScript type for ${row.type}`);
    let type = words.length ? words.join(' | ') : scalar;
    if (array) type = `${type}[]`;
    if (!required) type = `${type} | null`;
    lines.push(`    ${row.column}: ${row.defaulted && row.kind !== 'v' ? generated(type) : type};`);
  }
  const body = [...tables].map(([key, lines]) => `  '${key}': {\n${lines.join('\n')}\n  };`).join('\n');
  return `// Written by \`npm run describe-database\` from the migrated database. Do not edit.
import type { ColumnType, Generated } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
// Every reader parses what it takes from a jsonb column.
type Json = ColumnType<unknown, string, string>;
type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
type GeneratedJson = ColumnType<unknown, string | undefined, string>;

export interface Schema {
${body}
}
`;
}

/** The text of schema.ts for the migrations as they stand. */
async function describeMigrations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imi-connect-describe-'));
  const cluster = await startCluster({ dataDir: folder, log: openLog(() => {}) });
  try {
    await migrate({ adminUrl: cluster.adminUrl, passwords: { application: 'described', delivery: 'described' } });
    return await describeDatabase(cluster.adminUrl);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('describe-database.ts')) {
  const url = process.argv[2] ?? process.env.DATABASE_URL;
  await writeFile(TARGET, url ? await describeDatabase(url) : await describeMigrations());
}
