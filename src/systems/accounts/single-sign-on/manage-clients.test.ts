import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

// The awarding body's administrator keeps the suppliers' systems; whatever changes is on record.

let app: TestApplication;
let admin: PlainBrowser;
let id = '';
before(async () => {
  app = await startTestApplication();
  admin = await app.logIn('admin');
});
after(() => app.close());

const FIELDS = {
  name: 'Torque Time library',
  supplier: 'Torque Time Ltd',
  description: 'Short courses to keep up with the trade',
  launchAddress: 'https://learn.torque.example/start',
  redirectAddresses: 'https://learn.torque.example/callback',
  logOutAddresses: '',
  audience: 'chosen_centres',
  centres: '04417',
  roles: ['assessor'],
  passesOn: ['name'],
};
const rows = <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(sql, [...values])).rows as Row[]);
const secretIn = (text: string) => /<dt>Client secret<\/dt><dd>.*?>([\w-]{43})</.exec(text)?.[1];

test('an empty list says what will be here; only the administrator reads it', async () => {
  assert.match((await admin.get('/single-sign-on')).text, /No systems of other suppliers yet/);
  assert.equal((await (await app.logIn('officer')).get('/single-sign-on')).status, 403);
});

test('a system is added once, its secret shown once and stored as a hash', async () => {
  const submissionId = crypto.randomUUID();
  const made = await admin.post('/single-sign-on/add', { ...FIELDS, submissionId });
  assert.equal(made.status, 200);
  assert.equal(made.headers.get('cache-control'), 'no-store');
  const secret = secretIn(made.text);
  assert.ok(secret);
  const again = await admin.post('/single-sign-on/add', { ...FIELDS, submissionId });
  assert.equal(again.status, 303, 'the same form again leads to the system');
  id = String(again.location).split('/').at(-1) as string;
  const view = await admin.get(String(again.location));
  assert.match(view.text, /Chosen centres: 04417/);
  assert.ok(!view.text.includes(secret));
  const stored = await rows<{ secret_hash: Buffer }>('select secret_hash from accounts.clients');
  assert.equal(stored.length, 1);
  assert.equal(stored[0]?.secret_hash.length, 32);
});

test('a refused form keeps what was typed and says what to do', async () => {
  const refused = await admin.post('/single-sign-on/add', { ...FIELDS, launchAddress: 'http://torque.example' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /The address must begin with https:\/\//);
  assert.match(refused.text, /value="Torque Time Ltd"/);
  const same = await admin.post('/single-sign-on/add', { ...FIELDS, name: 'TORQUE time library' });
  assert.match(same.text, /Another system has this name/);
  const centre = await admin.post('/single-sign-on/add', { ...FIELDS, name: 'Other', centres: '99999' });
  assert.match(centre.text, /No centre has the number 99999/);
});

test('settings change at once for System Access; a new secret replaces the old; switching says why', async () => {
  const assessor = await app.logIn('assessor');
  const shows = async () => (await assessor.get('/system-access')).text.includes('Torque Time');
  assert.equal(await shows(), true);
  const form = await admin.get(`/single-sign-on/${id}/change`);
  assert.match(form.text, /value="https:\/\/learn\.torque\.example\/start"/);
  await admin.post(`/single-sign-on/${id}/change`, { ...FIELDS, centres: '04426' });
  assert.equal(await shows(), false, 'another centre was chosen');
  await admin.post(`/single-sign-on/${id}/change`, FIELDS);
  assert.equal(await shows(), true);
  const before = await rows<{ secret_hash: Buffer }>('select secret_hash from accounts.clients');
  assert.ok(secretIn((await admin.post(`/single-sign-on/${id}/replace-secret`)).text));
  const after = await rows<{ secret_hash: Buffer }>('select secret_hash from accounts.clients');
  assert.notDeepEqual(before, after);
  const refused = await admin.post(`/single-sign-on/${id}/switch`, { to: 'off', reason: '' });
  assert.equal(refused.status, 422);
  await admin.post(`/single-sign-on/${id}/switch`, { to: 'off', reason: 'The contract has ended' });
  assert.equal(await shows(), false);
  const view = await admin.get(`/single-sign-on/${id}`);
  assert.match(view.text, /Switched off:<\/span> The contract has ended/);
  for (const line of ['Added', 'Settings changed', 'New secret made', 'Switched off: The contract has ended'])
    assert.ok(view.text.includes(line), line);
  const kinds = await rows<{ kind: string }>(
    "select kind from platform.audit_events where subject_kind = 'client' order by seq",
  );
  assert.deepEqual(
    kinds.map(({ kind }) => kind.replace('accounts.client-', '')),
    ['added', 'changed', 'changed', 'secret-replaced', 'switched-off'],
  );
});

test('the list is filtered, sorted and exported; a foreign id is not found', async () => {
  await admin.post('/single-sign-on/add', { ...FIELDS, name: 'Apprentice diary', supplier: 'Zeta Ltd' });
  const names = async (query: string) =>
    [
      ...(await admin.get(`/single-sign-on?${query}`)).text.matchAll(
        /href="\/single-sign-on\/[0-9a-f-]{36}"[^>]*>([^<]+)</g,
      ),
    ].map((match) => match[1]);
  assert.deepEqual(await names(''), ['Apprentice diary', 'Torque Time library']);
  assert.deepEqual(await names('sort=supplier'), ['Torque Time library', 'Apprentice diary']);
  assert.deepEqual(await names('q=zeta'), ['Apprentice diary']);
  assert.deepEqual(await names('status=off'), ['Torque Time library']);
  const file = await admin.get('/single-sign-on/export?status=off');
  assert.match(file.text, /Torque Time library,Torque Time Ltd,Chosen centres,04417,Assessor,Name,Off,0,/);
  assert.ok(!file.text.includes('Apprentice diary'));
  for (const path of ['', '/change', '/switch', '/replace-secret', '/entries'])
    assert.equal((await admin.get(`/single-sign-on/00000000-0000-7000-8000-000000000000${path}`)).status, 404);
});
