/**
 * The search at a million candidates in ten thousand centres, as the statement that the page asks, through the
 * application's own role, against the look-up of one entry by its key and against the same search at a thousand.
 */
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#platform/clock/clock.ts';
import { startCluster } from '#platform/database/cluster/cluster.ts';
import { Database } from '#platform/database/database.ts';
import { migrate, urlForRole } from '#platform/database/migrate.ts';
import { openKeys } from '#platform/keys/keys.ts';
import { openLog } from '#platform/log/log.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import { rowsOf } from '../src/systems/connect/search/find.ts';
import { parseQuery } from '../src/systems/connect/search-words/search-words.ts';
import { percentile, report } from './figure.ts';
import { removeFolder, temporaryFolder } from './product.ts';

const SEED = 16;
const LARGE = { candidates: 1_000_000, centres: 10_000 };
const SMALL = { candidates: 1000, centres: 10 };
const WARM_UP = 50;
const QUERIES = 400;
const SUGGESTED = 8;
const GOAL_MS = 100;
const ALL_KINDS = ['candidate', 'user', 'certificate', 'product', 'centre', 'item-bank', 'test-form'];
const SYLLABLES = [
  'an',
  'be',
  'cor',
  'da',
  'el',
  'fen',
  'ga',
  'hol',
  'is',
  'jo',
  'ka',
  'lin',
  'ma',
  'no',
  'ow',
  'pri',
  'qua',
  'ro',
  'sa',
  'tho',
];

export async function measureSearch(): Promise<void> {
  const folder = await temporaryFolder();
  const cluster = await startCluster({ dataDir: join(folder, 'data'), log: openLog(() => {}) });
  try {
    const keys = await openKeys(join(folder, 'keys'));
    const open = async (name: string, size: typeof LARGE): Promise<Filled> => {
      const admin = new pg.Client({ connectionString: cluster.adminUrl });
      await admin.connect();
      await admin.query(`create database "${name}"`);
      await admin.end();
      const url = new URL(cluster.adminUrl);
      url.pathname = `/${name}`;
      const roles = await migrate({ adminUrl: url.toString(), passwords: keys.database });
      const centre = await fill(url.toString(), size);
      const database = new Database({
        url: urlForRole(url.toString(), roles.application, keys.database.application),
        roles,
        clock: systemClock,
        connections: 1,
      });
      return { database, adminUrl: url.toString(), centre, names: namesOf(size.candidates) };
    };
    const small = await open('bench_small', SMALL);
    const large = await open('bench_large', LARGE);
    for (const who of ['centre', 'awarding body'] as const) {
      const few = await timesOf(small, who);
      const many = await timesOf(large, who);
      const lookUp = await keyLookUps(large.adminUrl);
      const name = `search.${who === 'centre' ? 'centre' : 'body'}`;
      const unit = `ms, ${QUERIES} questions of one to three words by their beginnings`;
      const what = 'ms to look up one entry by its key, at the same size';
      for (const [part, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const)
        report({
          name: `${name}.${part}`,
          value: percentile(many, share),
          unit,
          reference: { what: `${what}, ${part}`, value: percentile(lookUp, share) },
          goal: `p95 within ${GOAL_MS} ms at a million candidates`,
          seed: SEED,
        });
      report({
        name: `${name}.growth`,
        value: percentile(many, 0.95),
        unit: 'ms, p95',
        reference: { what: 'ms, p95 of the same at a thousand candidates', value: percentile(few, 0.95) },
        goal: 'none of its own: within 100 ms',
        seed: SEED,
      });
    }
    await small.database.close();
    await large.database.close();
  } finally {
    await cluster.stop();
    await removeFolder(folder);
  }
}

interface Filled {
  readonly database: Database;
  readonly adminUrl: string;
  /** The centre that asks. */
  readonly centre: string;
  readonly names: number;
}

/** As many family names as there would be: some thousands, the first of them frequent. */
const namesOf = (candidates: number) => Math.min(8000, candidates);

/**
 * Makes centres and candidates with names of syllables, without the indexes of the candidates' own pages, which are not
 * measured here; then the search table from its sources, as the migration does for rows that exist.
 */
async function fill(url: string, { candidates, centres }: typeof LARGE): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `set synchronous_commit = off; set maintenance_work_mem = '400MB'; set work_mem = '128MB'; set session_replication_role = replica`,
  );
  const { rows: indexes } = await client.query(`
    select i.indexrelid::regclass::text as name from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
    where i.indrelid in ('web_portal.candidates'::regclass, 'web_portal.centre_candidates'::regclass) and c.oid is null`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query('alter table web_portal.candidates drop constraint candidates_candidate_number_key');
  await client.query(
    `insert into accounts.organisations (kind, number, name)
      select 'centre', lpad(n::text, 5, '0'), 'Centre ' || n || ' Motor Training' from generate_series(1, $1) n`,
    [centres],
  );
  await client.query(
    `insert into centres_hub.centres (id, town, postcode, approved_on) select id, 'Town ' || number, 'ZZ1 1ZZ', '2020-01-01' from accounts.organisations where kind = 'centre'`,
  );
  // A name is drawn with a leaning to the frequent ones: the square of an even draw.
  await client.query(
    `with syllables as (select $2::text[] as s),
      drawn as (select n, (power(abs(hashint8extended(n, 16) % 100000) / 100000.0, 2) * $3)::int as family,
        (power(abs(hashint8extended(n, 17) % 100000) / 100000.0, 2) * 2000)::int as given from generate_series(1, $1) n)
    insert into web_portal.candidates (candidate_number, given_names, family_name, birth_date, uln, name_key, search_text, created_at)
    select (10000000 + n)::text,
      initcap(s[1 + given % 20] || s[1 + given / 20 % 20] || s[1 + given / 400 % 20]),
      initcap(s[1 + family / 20 % 20] || s[1 + family % 20] || s[1 + family / 400 % 20]),
      '2000-01-01', (1000000000 + n::bigint)::text, '', '', now()
    from drawn, syllables`,
    [candidates, SYLLABLES, namesOf(candidates)],
  );
  await client.query(
    `with numbered as (select array_agg(id order by number) as ids from accounts.organisations where kind = 'centre')
    insert into web_portal.centre_candidates (centre_id, candidate_id, how, joined_at)
    select ids[1 + (c.candidate_number::int - 10000000) % $1], c.id, 'registered', now() from web_portal.candidates c, numbered`,
    [centres],
  );
  await client.query('analyze web_portal.candidates, web_portal.centre_candidates');
  await client.query(
    `alter table platform.search_lines drop constraint search_lines_pkey; drop index platform.search_lines_centre`,
  );
  await client.query('select platform.mend_search(kind) from platform.search_kinds');
  await client.query('alter table platform.search_lines add primary key (kind, line, entry_id) include (words)');
  await client.query(
    'create index search_lines_centre on platform.search_lines (centre_id, kind, line, entry_id) where centre_id is not null',
  );
  await client.query('vacuum (analyze) platform.search_lines, platform.search_entries');
  const { rows } = await client.query(
    "select id from accounts.organisations where kind = 'centre' order by number offset $1 limit 1",
    [Math.floor(centres / 2)],
  );
  await client.end();
  return rows[0].id as string;
}

/** Beginnings as people type them: two to six letters of a name, two names, a number in part and whole. */
function* questions(candidates: number): Generator<string> {
  let state = SEED;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const name = () => [draw(20), draw(20), draw(20)].map((index) => SYLLABLES[index]).join('');
  const beginning = () => name().slice(0, 2 + draw(5));
  for (;;) {
    yield beginning();
    yield `${beginning()} ${beginning()}`;
    yield String(10_000_001 + draw(candidates)).slice(0, 4 + draw(5));
    yield `${name().slice(0, 2)} ${name().slice(0, 2)}`;
    yield `${beginning()} ${beginning()} ${beginning()}`;
    yield String(10_000_001 + draw(candidates));
  }
}

async function timesOf({ database, centre, names }: Filled, who: 'centre' | 'awarding body'): Promise<number[]> {
  const acting: Acting = {
    organisationId: centre,
    kind: who === 'centre' ? 'centre' : 'awarding_body',
    number: '',
    name: '',
    roles: [],
    features: [],
    activated: true,
  };
  const principal = { ...NOBODY, acting };
  const times: number[] = [];
  const typed = questions(names === 8000 ? LARGE.candidates : SMALL.candidates);
  let found = 0;
  for (let i = 0; i < WARM_UP + QUERIES; i++) {
    const q = typed.next().value as string;
    const from = performance.now();
    const rows = await database.read(
      principal,
      (reader) => rowsOf(reader, ALL_KINDS, { query: parseQuery(q), limit: SUGGESTED }, []),
      { capability: 'connect.centre' },
    );
    if (i >= WARM_UP) times.push(performance.now() - from);
    found += rows.length;
  }
  if (found === 0) throw new Error(`As ${who} nothing was found: the measurement is none.`);
  return times;
}

const NOBODY: PersonPrincipal = {
  kind: 'person',
  personId: '01900000-0000-7000-8000-000000000000',
  sessionHash: Buffer.alloc(0),
  givenNames: '',
  familyName: '',
  username: '',
  email: null,
  confirmedAt: new Date(0),
  organisations: [],
  acting: null,
  sessionEnd: { at: new Date('2100-01-01T00:00:00Z'), final: false },
  secondFactor: { setUp: false, given: false, required: false },
  capabilities: new Set(),
};

/** One row by its primary key, a named statement, without a transaction of its own: the least that any answer costs. */
async function keyLookUps(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select max(id) as last from platform.search_entries');
  const last = Number(rows[0].last);
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + QUERIES; i++) {
    const from = performance.now();
    await client.query({
      name: 'entry',
      text: 'select title from platform.search_entries where id = $1',
      values: [1 + ((i * 7919) % last)],
    });
    if (i >= WARM_UP) times.push(performance.now() - from);
  }
  await client.end();
  return times;
}
