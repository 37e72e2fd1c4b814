import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import pg from 'pg';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { startSitting } from '#test/sitting.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

it('the role that saves answers may do nothing else: every other table and every other act is refused', async () => {
  const { sittingId } = await startSitting(app);
  const tables = await asSuperuser(app.database.url, async (client) =>
    (
      await client.query<{
        name: string;
      }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v') and n.nspname not in ('pg_catalog', 'information_schema', 'public')`)
    ).rows.map(({ name }) => name),
  );
  assert.ok(tables.length > 50);
  const client = new pg.Client({ connectionString: app.services.deliveryUrl });
  await client.connect();
  const codeOf = (statement: string) =>
    client.query(statement).then(
      () => 'allowed',
      (error) => (error as { code?: string }).code,
    );
  try {
    const role = (await client.query('select rolsuper, rolbypassrls from pg_roles where rolname = current_user'))
      .rows[0];
    assert.deepEqual(role, { rolsuper: false, rolbypassrls: false });
    const readable = new Set(['online_assessments.answers', 'online_assessments.held_events']);
    for (const table of tables) {
      const read = await codeOf(`select * from ${table} limit 1`);
      if (readable.has(table)) assert.equal(read, 'allowed', table);
      else assert.equal(read, '42501', table);
      // Some views cannot be deleted from by anybody (55000), and none can be truncated (42809).
      assert.match(String(await codeOf(`delete from ${table}`)), /^(42501|55000)$/, `delete from ${table}`);
      assert.match(String(await codeOf(`truncate ${table}`)), /^(42501|42809)$/, `truncate ${table}`);
    }
    for (const statement of [
      `update online_assessments.answers set value = 'A'`,
      `update online_assessments.held_events set why = 'late'`,
      `update online_assessments.sittings set state = 'released'`,
      `update online_assessments.sittings set allowed_ms = 99999999`,
      `update online_assessments.sittings set epoch = 9`,
      `select candidate_id from online_assessments.sittings`,
      `select key from online_assessments.item_keys`,
      `select content from online_assessments.item_versions`,
      `insert into online_assessments.results default values`,
      `insert into online_assessments.sittings default values`,
      `create table online_assessments.more (id int)`,
    ])
      assert.equal(await codeOf(statement), '42501', statement);
    assert.equal(await codeOf(`set role postgres`), '42501');
    assert.equal(
      await codeOf(`select last_seq from online_assessments.sittings where id = '${sittingId}' for no key update`),
      'allowed',
    );
  } finally {
    await client.end();
  }
});
