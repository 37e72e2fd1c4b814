/** The database alone: what a connection with the centre's role may write of requests, whatever the application does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { urlForRole } from '#platform/database/migrate.ts';
import type { RoleNames } from '#platform/database/roles.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';

let app: TestApplication;
let server: pg.Client;
let roles: RoleNames;
let centre: string;
let id: string;
before(async () => {
  app = await startTestApplication();
  id = (await submittedRequest(app, { form: 'general-request', by: 'coordinator' })).id;
  await asSuperuser(app.database.url, async (db) => {
    roles = (await db.query('select roles from public.installation')).rows[0].roles as RoleNames;
    centre = (await db.query(`select id from accounts.organisations where number = '04417'`)).rows[0].id as string;
  });
  server = new pg.Client({
    connectionString: urlForRole(app.database.url, roles.application, app.database.keys.database.application),
  });
  await server.connect();
});
after(async () => {
  await server?.end();
  await app?.close();
});

/** The code of the database's refusal, or how many rows it wrote; nothing stays. */
async function asCentre(statement: string): Promise<string | number | null> {
  await server.query('begin');
  try {
    await server.query("select set_config('role', $1, true), set_config('imi.centre_id', $2, true)", [
      roles.centre,
      centre,
    ]);
    return (await server.query(statement, statement.includes('$1') ? [id] : [])).rowCount;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await server.query('rollback');
  }
}
const DENIED = '42501';
const update = (change: string) => `update centres_hub.requests set ${change} where id = $1`;

test('what was submitted stays as it was', async () => {
  for (const change of [
    `answers = '{"subject": "Another"}'`,
    `signed_name = 'Somebody Else'`,
    `submitted_at = submitted_at - interval '1 day'`,
    `submitted_by = saved_by, submitted_at = now()`,
    `days_allowed = 90`,
    `due_on = due_on + 30`,
    `state = 'draft', submitted_at = null`,
    `state = 'decided', answers = '{}'`,
  ])
    assert.equal(await asCentre(update(change)), DENIED, change);
  assert.equal(await asCentre(update(`state = 'withdrawn'`)), 1, 'it can be withdrawn');
});

test('what is over does not move', async () => {
  await asSuperuser(app.database.url, (db) =>
    db.query(
      `update centres_hub.requests set state = 'decided', decided_at = now(), outcome = 'answered', decision_reasons = 'Yes' where id = $1`,
      [id],
    ),
  );
  assert.equal(await asCentre(update(`state = 'withdrawn'`)), DENIED);
  assert.equal(await asCentre('select id from centres_hub.requests where id = $1 for update'), 1, 'it can be locked');
});

test('a request begins as a draft', async () => {
  const insert = (columns: string, values: string) =>
    `insert into centres_hub.requests (form_version_id, centre_id, begun_at, begun_by, saved_at, saved_by${columns})
     select form_version_id, centre_id, now(), begun_by, now(), begun_by${values} from centres_hub.requests where id = $1`;
  assert.equal(await asCentre(insert('', '')), 1);
  assert.equal(await asCentre(insert(', state, submitted_at', `, 'submitted', now()`)), DENIED);
  assert.equal(await asCentre(insert(', days_allowed', ', 90')), DENIED);
});
