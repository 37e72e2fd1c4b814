/** Every column that names a person says what happens to it when two records of one person become one. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { personColumns } from '../../src/systems/accounts/merge-people/merge.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication({ demo: false });
});
after(() => app.close());

/** Foreign keys to people, and columns of ids whose names say that a person stands there. */
const CATALOGUE = `
  select n.nspname || '.' || c.relname || '.' || a.attname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
    and (a.attname = 'person_id' or a.attname like '%\\_person_id' or a.attname like '%\\_by' or exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'accounts.people'::regclass
        and a.attnum = any (k.conkey)))
  order by 1`;

test('a merge knows every column of the database that names a person, and no other', async (t) => {
  const inDatabase = await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query<{ name: string }>(CATALOGUE);
    return rows.map(({ name }) => name);
  });
  const known = Object.keys(personColumns()).sort();
  t.diagnostic(`${inDatabase.length} columns`);
  assert.ok(inDatabase.length >= 40, `only ${inDatabase.length} columns were found`);
  assert.deepEqual(
    inDatabase.filter((name) => !known.includes(name)),
    [],
    'say in the PersonMerger of their system whether these columns move or stay',
  );
  assert.deepEqual(
    known.filter((name) => !inDatabase.includes(name)),
    [],
    'these columns are no longer in the database',
  );
});

test('a column that nobody names is found', async () => {
  await asSuperuser(app.database.url, async (client) => {
    await client.query('create table web_portal.planted (id uuid, tutor uuid references accounts.people)');
    const { rows } = await client.query<{ name: string }>(CATALOGUE);
    await client.query('drop table web_portal.planted');
    assert.ok(rows.some(({ name }) => name === 'web_portal.planted.tutor'));
    assert.ok(!('web_portal.planted.tutor' in personColumns()));
  });
});
