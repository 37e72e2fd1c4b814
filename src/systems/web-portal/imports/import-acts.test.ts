import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { listBytes } from '#platform/list-file/list-file.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { chooseFile, confirmShown, takeIn, versionOf } from '#test/intake-files.ts';
import { readTable } from '../read-table/read-table.ts';
import { registerImports } from '../register-import/register-imports.ts';

const IMPORTS = '/web-portal/imports';
const HEAD = 'First name,Surname,DOB,ULN\n';
let app: TestApplication;
let coordinator: PlainBrowser;
let common: Record<string, string>;
let people = 0;

before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  const product = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('products.products').select('id').where('code', '=', 'ARH').executeTakeFirstOrThrow(),
  );
  const start = new Date(app.services.clock.now().getTime() - 10 * 86_400_000);
  common = {
    product: product.id,
    'programmeStart-day': String(start.getUTCDate()),
    'programmeStart-month': String(start.getUTCMonth() + 1),
    'programmeStart-year': String(start.getUTCFullYear()),
    ulnAbsentReason: 'Requested',
  };
});
after(() => app.close());

/** A file of people whom nobody knows, different at each call. */
function newPeople(count: number): string {
  const rows = Array.from({ length: count }, () => {
    people++;
    const letters = String.fromCharCode(97 + (people % 26), 97 + (Math.floor(people / 26) % 26));
    return `Quill${letters}x,Umber${letters}z,${1 + (people % 28)}/${1 + (people % 12)}/${1990 + (people % 15)},`;
  });
  return HEAD + rows.join('\n');
}

const stateOf = async (address: string) => {
  const id = address.split('/').at(-1)?.split('?')[0] as string;
  const [row] = await app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ state: string; registered: number; refusal: string | null; made: number }>`
      select i.state, i.registered_count as registered, i.refusal,
        (select count(*)::int from web_portal.import_rows r where r.import_id = i.id and r.registration_id is not null) as made
      from web_portal.imports i where i.id = ${id}`),
  );
  return row;
};
const registrations = async () => {
  const [row] = await app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ registrations: number; candidates: number }>`
      select (select count(*)::int from web_portal.registrations) as registrations, (select count(*)::int from web_portal.candidates) as candidates`),
  );
  return row;
};

test('another centre finds nothing of an import at any address; the awarding body sees that there is one, and no row', async () => {
  const address = await takeIn(coordinator, 'own.csv', newPeople(2), common);
  const other = await app.logIn('coordinator2');
  const officer = await app.logIn('officer');
  for (const rest of ['', '/columns', '/rows/2', '/errors', '/undo', '/discard']) {
    assert.equal((await other.get(`${address}${rest}`)).status, 404, `get ${rest}`);
  }
  for (const rest of ['/columns', '/rows/2', '/register', '/undo', '/discard']) {
    const fields = { ...common, version: '2', rowVersion: '1', reason: 'x', do: 'save' };
    assert.equal((await other.post(`${address}${rest}`, fields)).status, 404, `post ${rest}`);
  }
  assert.doesNotMatch((await other.get(IMPORTS)).text, /own\.csv/);
  assert.doesNotMatch((await other.get(`${IMPORTS}/export`)).text, /own\.csv/);
  assert.match((await officer.get(IMPORTS)).text, /own\.csv/);
  const seen = await officer.get(address);
  assert.equal(seen.status, 200);
  assert.doesNotMatch(seen.text, /Quill/);
  assert.equal((await officer.get(`${address}/rows/2`)).status, 403);
  assert.equal((await stateOf(address))?.state, 'checked');
});

test('confirmed twice and at the same moment it registers once, and tells who confirmed it', async () => {
  const before = await registrations();
  const address = await takeIn(coordinator, 'twice.csv', newPeople(5), common);
  const version = versionOf((await coordinator.get(address)).text);
  const form = { submissionId: crypto.randomUUID(), version };
  const answers = await Promise.all([
    coordinator.post(`${address}/register`, form),
    coordinator.post(`${address}/register`, form),
    coordinator.post(`${address}/register`, { ...form, submissionId: crypto.randomUUID() }),
  ]);
  for (const { status, location } of answers) assert.deepEqual([status, location], [303, address]);
  await Promise.all([registerImports(app.services), registerImports(app.services)]);
  assert.deepEqual(await registrations(), {
    registrations: (before?.registrations ?? 0) + 5,
    candidates: (before?.candidates ?? 0) + 5,
  });
  assert.match((await coordinator.get('/notifications')).text, /5 candidates are registered/);
});

test('rows changed meanwhile: the older page confirms nothing, and says so', async () => {
  const address = await takeIn(coordinator, 'changed.csv', newPeople(2), common);
  const version = versionOf((await coordinator.get(address)).text);
  const left = await coordinator.post(`${address}/rows/2`, { rowVersion: '1', do: 'leave_out', show: 'all' });
  assert.equal(left.status, 303);
  const refused = await coordinator.post(`${address}/register`, { submissionId: crypto.randomUUID(), version });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /The rows were changed since this page was opened/);
  const stale = await coordinator.post(`${address}/rows/2`, {
    rowVersion: '1',
    do: 'save',
    givenNames: 'Mine',
    show: 'all',
  });
  assert.equal(stale.status, 422);
  assert.match(stale.text, /This row was changed since/);
  assert.match(stale.text, /value="Mine"/);
  assert.equal((await stateOf(address))?.state, 'checked');
});

test('faults are corrected in the page; what is not ready stays out only knowingly, and comes back in the form of the file', async () => {
  const file =
    'First name;Surname;DOB;ULN\r\nZenobia;Marrowby;31/02/2004;\r\nOttoline;Quarrington;03/04/2004;\r\n"=A1";Hallowes;03/04/2004;';
  const address = await takeIn(coordinator, 'mend.csv', file, common);
  const { text } = await coordinator.get(address);
  assert.match(text, /1 ready, 2 to correct/);
  assert.match(text, /must be a real date/);
  const refused = await confirmShown(coordinator, address);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /2 rows are not ready/);
  const mended = await coordinator.post(`${address}/rows/2`, {
    rowVersion: '1',
    do: 'save',
    show: 'fault',
    givenNames: 'Zenobia',
    familyName: 'Marrowby',
    birthDate: '28/02/2004',
    uln: '',
  });
  assert.equal(mended.location, `${address}?show=fault`);
  assert.match((await coordinator.get(address)).text, /2 ready, 1 to correct/);
  const errors = (await coordinator.get(`${address}/errors`)).text;
  assert.match(
    errors,
    /^First name;Surname;DOB;ULN;What is wrong\r\n'=A1;Hallowes;03\/04\/2004;;The given names may not begin with =/,
  );
  assert.equal((await confirmShown(coordinator, address, { partly: 'yes' })).location, address);
  await registerImports(app.services);
  assert.deepEqual(await stateOf(address), { state: 'registered', registered: 2, refusal: null, made: 2 });
});

test('a workbook comes back as a workbook, which can be chosen again; so does the list of candidates', async () => {
  const headings = ['First name', 'Surname', 'DOB', 'ULN'];
  const rows = [
    ['Perpetua', 'Gribble', '3/4/2004', ''],
    ['Isidore', 'Wrongday', '31/2/2004', ''],
  ];
  const { bytes } = await listBytes({ name: 'intake', headings, rows }, 'xlsx');
  const address = await takeIn(coordinator, 'intake.xlsx', bytes as Buffer, common);
  const workbookAt = async (path: string) => {
    const cookie = [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(app.url + path, { headers: { cookie } });
    assert.match(answer.headers.get('content-disposition') ?? '', /\.xlsx/);
    const content = Buffer.from(await answer.arrayBuffer());
    const read = await readTable(content);
    assert.ok(read.ok, read.ok ? '' : read.why);
    return { content, table: read.table };
  };
  const { content, table } = await workbookAt(`${address}/errors`);
  assert.deepEqual(table.headings, [...headings, 'What is wrong']);
  assert.deepEqual(
    table.rows.map(({ cells }) => cells.slice(0, 3)),
    [['Isidore', 'Wrongday', '31/2/2004']],
  );
  const again = await takeIn(coordinator, 'intake-errors.xlsx', content, common);
  assert.match((await coordinator.get(again)).text, /1 to correct/);
  const list = await workbookAt('/web-portal/candidates/export?format=xlsx&columns=number,status');
  assert.deepEqual(list.table.headings, ['Family name', 'Given names', 'Number', 'Status']);
});

test('a job that breaks off in the middle leaves nothing half-made, and the next one does it', async () => {
  const address = await takeIn(coordinator, 'broken.csv', newPeople(3), common);
  const before = await registrations();
  await asSuperuser(app.database.url, (client) =>
    client.query(`create function web_portal.break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$;
      create trigger break_off before insert on web_portal.registration_states for each row execute function web_portal.break_off()`),
  );
  await confirmShown(coordinator, address);
  await assert.rejects(registerImports(app.services), /broken off/);
  assert.equal((await stateOf(address))?.state, 'registering');
  assert.deepEqual(await registrations(), before);
  assert.match((await coordinator.get(address)).text, /You can leave this page/);
  await asSuperuser(app.database.url, (client) =>
    client.query('drop trigger break_off on web_portal.registration_states; drop function web_portal.break_off'),
  );
  await registerImports(app.services);
  assert.equal((await stateOf(address))?.made, 3);
});

test('the approval stops between preview and registration: refused whole, with the reason', async () => {
  const address = await takeIn(coordinator, 'stopped.csv', newPeople(3), common);
  const before = await registrations();
  const { text } = await coordinator.get(address);
  await app.services.database.write(SYSTEM, async ({ db }) => {
    const centre = await db
      .selectFrom('accounts.organisations')
      .select('id')
      .where('number', '=', '04417')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('centres_hub.capability_switches')
      .values({
        centre_id: centre.id,
        product_id: common.product as string,
        capability: 'register',
        reason: 'Visit overdue',
      })
      .execute();
  });
  await coordinator.post(`${address}/register`, { submissionId: crypto.randomUUID(), version: versionOf(text) });
  await registerImports(app.services);
  const after = await stateOf(address);
  assert.deepEqual([after?.state, after?.made], ['checked', 0]);
  assert.match(after?.refusal ?? '', /Row 2 cannot be registered any more: .*Visit overdue/);
  assert.deepEqual(await registrations(), before);
  assert.match((await coordinator.get(address)).text, /Nothing was registered\..*Visit overdue/s);
  await asSuperuser(app.database.url, (client) =>
    client.query(`delete from centres_hub.capability_switches where reason = 'Visit overdue'`),
  );
});

test('undone within the day while nothing stands on it; not once a unit is achieved; never twice', async () => {
  const register = async (name: string) => {
    const address = await takeIn(coordinator, name, newPeople(2), common);
    await confirmShown(coordinator, address);
    await registerImports(app.services);
    return address;
  };
  const address = await register('undo.csv');
  assert.equal((await coordinator.post(`${address}/undo`, { reason: ' ' })).status, 422);
  const undone = await coordinator.post(`${address}/undo`, {
    submissionId: crypto.randomUUID(),
    reason: 'Wrong product',
  });
  assert.equal(undone.location, address);
  const id = address.split('/').at(-1) as string;
  const states = await app.services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ state: string; reason: string }>`
      select r.state, s.reason from web_portal.import_rows i join web_portal.registrations r on r.id = i.registration_id
      join web_portal.registration_states s on s.registration_id = r.id and s.to_state = 'void' where i.import_id = ${id}`),
  );
  assert.deepEqual(
    states.map(({ state }) => state),
    ['void', 'void'],
  );
  assert.match(states[0]?.reason ?? '', /Wrong product/);
  assert.equal((await coordinator.get(`${address}/undo`)).status, 404);

  const built = await register('built.csv');
  await asSuperuser(app.database.url, (client) =>
    client.query(
      `insert into web_portal.unit_achievements (centre_id, registration_id, unit_id, achieved_at, source_kind, source_id)
       select r.centre_id, r.id, (select u.id from products.units u where u.version_id = r.product_version_id limit 1), now(), 'portfolio', gen_random_uuid()
       from web_portal.import_rows i join web_portal.registrations r on r.id = i.registration_id where i.import_id = $1 limit 1`,
      [built.split('/').at(-1)],
    ),
  );
  assert.match((await coordinator.get(`${built}/undo`)).text, /Units achieved/);
  assert.equal((await coordinator.post(`${built}/undo`, { reason: 'Wrong product' })).status, 422);
  assert.equal((await stateOf(built))?.state, 'registered');
});

test('the same file twice goes on only knowingly', async () => {
  const file = newPeople(1);
  const first = await takeIn(coordinator, 'same.csv', file, common);
  const chosen = await chooseFile(coordinator, 'same-again.csv', file);
  const { text } = await coordinator.get(chosen.location as string);
  assert.match(text, /The same file was taken before/);
  assert.ok(text.includes(`href="${first}"`));
  const columns = { 'column-0': 'givenNames', 'column-1': 'familyName', 'column-2': 'birthDate', 'column-3': 'uln' };
  const refused = await coordinator.post(chosen.location as string, { ...columns, ...common });
  assert.equal(refused.status, 422);
  const known = await coordinator.post(chosen.location as string, { ...columns, ...common, again: 'yes' });
  assert.equal(known.status, 303);
});

test('what is no table of candidates is refused in a sentence', async () => {
  const refusals: [string, Buffer, RegExp][] = [
    ['nonsense.csv', Buffer.alloc(10_500_000, 'x'), /larger than 10 MB/],
    ['empty.csv', Buffer.alloc(0), /empty|Choose a file/],
    ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /no table that can be read|one cell/],
    ['broken.xlsx', Buffer.from('PK\x03\x04broken'), /cannot be read as a zip/],
    ['headings.csv', Buffer.from('Given names,Family name'), /no row below the headings/],
  ];
  for (const [name, content, words] of refusals) {
    const answer = await chooseFile(coordinator, name, content);
    assert.equal(answer.status, 422, name);
    assert.match(answer.text, words, name);
  }
});
