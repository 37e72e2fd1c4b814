/** Notices through HTTP: who writes, who reads, dates, corrections, confirmations, figures. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { figuresOf } from './notices/notice-figures.ts';

const clock = new SetClock('2026-07-01T12:00:00Z');
const MINUTE = 60_000;
let app: TestApplication;
const who = new Map<string, PlainBrowser>();
before(async () => {
  app = await startTestApplication({ clock });
  for (const name of ['officer', 'coordinator', 'coordinator2', 'candidate', 'member', 'finance'])
    who.set(name, await app.logIn(name));
});
after(() => app.close());

const as = (name: string) => who.get(name) as PlainBrowser;

const fields = (more: Record<string, string | string[]> = {}) => ({
  title: 'A notice',
  body: 'Text of the notice.',
  reach: 'everybody',
  confirm: 'no',
  'showsFrom-day': '1',
  'showsFrom-month': '7',
  'showsFrom-year': '2026',
  ...more,
});

async function draft(more: Record<string, string | string[]> = {}): Promise<string> {
  const answer = await as('officer').post('/notices/written/new', fields(more));
  assert.equal(answer.status, 303, answer.text);
  return (answer.location as string).split('/').at(-1) as string;
}

async function publish(more: Record<string, string | string[]> = {}): Promise<string> {
  const id = await draft(more);
  const answer = await as('officer').post(`/notices/written/${id}/publish`);
  assert.equal(answer.location, `/notices/written/${id}?done=published`, answer.text);
  return id;
}

const status = async (name: string, id: string) => (await as(name).get(`/notices/${id}`)).status;
const productId = async (code: string) =>
  (await asSuperuser(app.database.url, (db) => db.query('select id from products.products where code = $1', [code])))
    .rows[0].id as string;

test('a draft never leaves the awarding body, and is kept with what is wrong when it is refused', async () => {
  const id = await draft();
  assert.equal((await as('officer').get(`/notices/written/${id}`)).status, 200);
  for (const name of ['coordinator', 'candidate', 'member', 'officer']) assert.equal(await status(name, id), 404, name);
  for (const name of ['coordinator', 'member', 'finance'])
    assert.equal((await as(name).get(`/notices/written/${id}`)).status, 403, name);
  const refused = await as('officer').post('/notices/written/new', fields({ reach: 'product', title: 'Kept title' }));
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Choose the product/);
  assert.match(refused.text, /value="Kept title"/);
  const unknown = fields({ reach: 'product', productId: '00000000-0000-7000-8000-000000000000' });
  assert.match((await as('officer').post('/notices/written/new', unknown)).text, /Choose the product from the list/);
  const backwards = fields({ 'showsUntil-day': '30', 'showsUntil-month': '6', 'showsUntil-year': '2026' });
  assert.match((await as('officer').post('/notices/written/new', backwards)).text, /last day is before the first/);
  const silent = fields({ confirm: 'yes' });
  assert.match(
    (await as('officer').post('/notices/written/new', silent)).text,
    /Enter the sentence that readers confirm/,
  );
  assert.equal(
    (await as('officer').post(`/notices/written/${id}/discard`)).location,
    '/notices/written?done=discarded',
  );
  assert.equal((await as('officer').get(`/notices/written/${id}`)).status, 404);
});

test('each audience reaches those it names and nobody else', async () => {
  const reached = async (more: Record<string, string | string[]>) => {
    const id = await publish(more);
    const names: string[] = [];
    for (const name of who.keys()) if ((await status(name, id)) === 200) names.push(name);
    return names.join(' ');
  };
  assert.equal(await reached({ reach: 'everybody' }), 'officer coordinator coordinator2 candidate member finance');
  assert.equal(await reached({ reach: 'centres' }), 'coordinator coordinator2');
  assert.equal(await reached({ reach: 'centres', roles: 'candidate' }), 'candidate');
  assert.equal(await reached({ reach: 'centres', roles: 'invigilator' }), '');
  assert.equal(
    await reached({ reach: 'roles', roles: ['finance', 'coordinator'] }),
    'coordinator coordinator2 finance',
  );
  const lvc = await productId('LVC');
  assert.equal(await reached({ reach: 'product', productId: lvc }), 'coordinator');
  const smc = await productId('SMC');
  assert.equal(await reached({ reach: 'product', productId: smc, roles: 'coordinator' }), 'coordinator2');
});

test('an approval that ends, and a PIN that is withdrawn, take the notice with them', async () => {
  const id = await publish({ reach: 'product', productId: await productId('ABC') });
  assert.equal(await status('coordinator', id), 200);
  const change = (statement: string) => asSuperuser(app.database.url, (db) => db.query(statement));
  const approval = "product_id = (select id from products.products where code = 'ABC')";
  await change(`update centres_hub.approvals set ended_at = now(), end_reason = 'x' where ${approval}`);
  assert.equal(await status('coordinator', id), 404);
  await change(`update centres_hub.approvals set ended_at = null, end_reason = null where ${approval}`);
  assert.equal(await status('coordinator', id), 200);
  await change(
    "update accounts.pins set activated_at = null where person_id = (select person_id from accounts.credentials where username = 'coordinator')",
  );
  assert.equal(await status('coordinator', id), 404);
  await change('update accounts.pins set activated_at = now() where activated_at is null');
});

test('it is shown from midnight in London of its first day to midnight after its last', async () => {
  const at = clock.now().getTime();
  const id = await publish({
    'showsFrom-day': '2',
    'showsUntil-day': '2',
    'showsUntil-month': '7',
    'showsUntil-year': '2026',
  });
  const goTo = async (moment: string) => {
    clock.advance(new Date(moment).getTime() - clock.now().getTime());
    for (const name of ['coordinator', 'coordinator2']) who.set(name, await app.logIn(name));
  };
  await goTo('2026-07-01T22:59:00Z');
  assert.equal(await status('coordinator', id), 404);
  clock.advance(MINUTE);
  assert.equal(await status('coordinator', id), 200);
  await goTo('2026-07-02T22:59:00Z');
  assert.equal(await status('coordinator', id), 200);
  clock.advance(MINUTE);
  assert.match(
    (await as('coordinator').get(`/notices/${id}`)).text,
    /Its last day is over/,
    'who had read it still may',
  );
  assert.equal(await status('coordinator2', id), 404, 'who had not, is not told any more');
  clock.advance(at - clock.now().getTime());
});

test('a confirmation is given once, in the words of that day; a correction that asks again asks again', async () => {
  const id = await publish({ reach: 'centres', confirm: 'yes', words: 'I have read it.', title: 'To confirm soon' });
  assert.match((await as('coordinator').get('/home')).text, /Confirm: To confirm soon/);
  const untouched = await as('coordinator').post(`/notices/${id}/acknowledge`);
  assert.equal(untouched.status, 422);
  assert.match(untouched.text, /Tick the sentence/);
  for (const _ of [1, 2])
    assert.equal(
      (await as('coordinator').post(`/notices/${id}/acknowledge`, { confirmed: 'yes' })).location,
      `/notices/${id}?done=confirmed`,
    );
  const confirmed = () =>
    asSuperuser(app.database.url, (db) =>
      db.query('select version, words from connect.notice_acknowledgements where notice_id = $1 order by version', [
        id,
      ]),
    );
  assert.deepEqual((await confirmed()).rows, [{ version: 1, words: 'I have read it.' }]);
  const events = await asSuperuser(app.database.url, (db) =>
    db.query("select 1 from platform.audit_events where kind = 'connect.notice-acknowledged' and subject_id = $1", [
      id,
    ]),
  );
  assert.equal(events.rowCount, 1);
  assert.doesNotMatch((await as('coordinator').get('/home')).text, /Confirm: To confirm soon/);
  assert.equal((await as('candidate').post(`/notices/${id}/acknowledge`, { confirmed: 'yes' })).status, 404);

  const correct = async (more: Record<string, string>) => {
    const form = fields({
      reach: 'centres',
      confirm: 'yes',
      words: 'I have read it again.',
      title: 'Corrected',
      ...more,
    });
    return as('officer').post(`/notices/written/${id}/correct`, form);
  };
  assert.match((await correct({})).text, /Say what this version corrects/);
  assert.equal((await correct({ correction: 'The room.' })).status, 303);
  assert.match(
    (await as('coordinator').get(`/notices/${id}`)).text,
    /To confirm soon/,
    'nothing is seen before it is published',
  );
  await as('officer').post(`/notices/written/${id}/publish`);
  const read = await as('coordinator').get(`/notices/${id}`);
  assert.match(read.text, /This is a correction/);
  assert.match(read.text, /Confirmed by you on/, 'a slip of the pen asks for nothing');
  await correct({ correction: 'The day.', renewed: 'yes' });
  await as('officer').post(`/notices/written/${id}/publish`);
  assert.match((await as('coordinator').get('/home')).text, /Confirm: Corrected/);
  await as('coordinator').post(`/notices/${id}/acknowledge`, { confirmed: 'yes' });
  assert.deepEqual(
    (await confirmed()).rows.map(({ version }) => version),
    [1, 3],
  );
  const page = (await as('officer').get(`/notices/written/${id}`)).text;
  for (const version of [1, 2, 3]) assert.match(page, new RegExp(`Version ${version}, published by`));

  const overwritten = asSuperuser(app.database.url, async (db) => {
    const { rows } = await db.query('select roles from public.installation');
    await db.query('begin');
    await db.query(`set local role "${rows[0].roles.body}"`);
    const { rowCount } = await db.query("update connect.notice_versions set body = 'x' where notice_id = $1", [id]);
    await db.query('rollback');
    return rowCount;
  });
  assert.equal(await overwritten, 0, 'what was published cannot be overwritten');
});

test('an ended notice is current for nobody and cannot be moved again', async () => {
  const id = await publish({ title: 'Short-lived' });
  assert.equal(await status('coordinator', id), 200);
  assert.match((await as('officer').post(`/notices/written/${id}/end`)).text, /Say why the notice is ended/);
  assert.equal((await as('officer').post(`/notices/written/${id}/end`, { reason: 'Wrong day' })).status, 303);
  assert.match((await as('coordinator').get(`/notices/${id}`)).text, /The awarding body has ended it/);
  assert.match((await as('coordinator').get('/notices?show=past')).text, /Short-lived/);
  assert.doesNotMatch((await as('coordinator').get('/notices')).text, /Short-lived/);
  assert.equal(await status('coordinator2', id), 404);
  for (const act of ['publish', 'remind', 'discard'])
    assert.equal((await as('officer').post(`/notices/written/${id}/${act}`)).status, 422, act);
  assert.equal((await as('officer').post(`/notices/written/${id}/correct`, fields({ correction: 'x' }))).status, 422);
});

test('the figure in the top bar falls as soon as a person reads', async () => {
  const figure = async () => Number(/unread <\/span>(\d+)/.exec((await as('member').get('/notices')).text)?.[1] ?? 0);
  const before = await figure();
  const id = await publish({});
  const then = await figure();
  assert.equal(then, before + 1);
  await as('member').get(`/notices/${id}`);
  assert.equal(await figure(), before);
});

test('figures by centre, those who have not, and a reminder once a day', async () => {
  const id = await publish({
    reach: 'centres',
    roles: ['coordinator'],
    confirm: 'yes',
    words: 'Done.',
    title: 'Counted',
  });
  await as('coordinator').get(`/notices/${id}`);
  await as('coordinator').post(`/notices/${id}/acknowledge`, { confirmed: 'yes' });
  const { all, byOrganisation } = await app.services.database.read(SYSTEM, (reader) => figuresOf(reader, id));
  assert.deepEqual(all && { ...all, name: undefined, number: undefined, total: undefined }, {
    people: 2,
    read: 1,
    acknowledged: 1,
    name: undefined,
    number: undefined,
    total: undefined,
  });
  assert.deepEqual(
    byOrganisation.map(({ number, people, acknowledged }) => [number, people, acknowledged]),
    [
      ['04417', 1, 1],
      ['04426', 1, 0],
    ],
  );
  const missing = await as('officer').get(`/notices/written/${id}/missing`);
  assert.match(missing.text, /Morlais, Gethin/);
  assert.doesNotMatch(missing.text, /Holloway-Finch/);
  assert.match((await as('officer').get(`/notices/written/${id}/missing/export`)).text, /Morlais,Gethin,Severnside/);
  assert.match((await as('officer').get(`/notices/written/${id}/missing?q=northgate`)).text, /No people match/);
  assert.equal(
    (await as('officer').post(`/notices/written/${id}/remind`)).location,
    `/notices/written/${id}?done=reminded&people=1`,
  );
  assert.match((await as('officer').post(`/notices/written/${id}/remind`)).text, /Send the next one a day later/);
  assert.match((await as('coordinator2').get('/notifications')).text, /Reminder: Counted/);
  assert.doesNotMatch((await as('coordinator').get('/notifications')).text, /Reminder: Counted/);
  assert.match((await as('officer').get('/notices/written/export')).text, /Counted/);
});

test('the figures of 10,000 readers are one query', async (t) => {
  const id = await publish({ reach: 'centres' });
  await asSuperuser(app.database.url, async (db) => {
    await db.query(`with p as (insert into accounts.people (given_names, family_name) select 'N', 'Reader ' || n from generate_series(1, 10000) n returning id),
      m as (insert into accounts.memberships (person_id, organisation_id, role) select id, (select id from accounts.organisations where number = '04426'), 'assessor' from p)
      insert into accounts.pins (person_id, organisation_id, ciphertext, lookup, activated_at)
      select id, (select id from accounts.organisations where number = '04426'), '\\x00', sha256(id::text::bytea), now() from p`);
    await db.query(
      `insert into connect.notice_readings select $1, id, 1, now() from accounts.people where family_name like 'Reader %' limit 4000`,
      [id],
    );
    await db.query('analyze');
  });
  let queries = 0;
  const from = performance.now();
  const { all } = await app.services.database.read(SYSTEM, (reader) =>
    figuresOf(
      {
        rows: (query) => {
          queries += 1;
          return reader.rows(query);
        },
      },
      id,
    ),
  );
  t.diagnostic(`${Math.round(performance.now() - from)} ms`);
  assert.equal(queries, 1);
  assert.ok(all.people >= 10_000, String(all.people));
  assert.equal(all.read, 4000);
});

test('one SQL function decides every audience', async () => {
  const cases: readonly (readonly [string, readonly string[], string, string, boolean, boolean])[] = [
    ['everybody', [], 'centre', 'candidate', false, true],
    ['centres', [], 'centre', 'assessor', false, true],
    ['centres', [], 'centre', 'candidate', false, false],
    ['centres', ['candidate'], 'centre', 'candidate', false, true],
    ['centres', ['iqa'], 'centre', 'assessor', false, false],
    ['centres', [], 'awarding_body', 'officer', false, false],
    ['product', [], 'centre', 'assessor', true, true],
    ['product', [], 'centre', 'assessor', false, false],
    ['product', ['iqa'], 'centre', 'assessor', true, false],
    ['product', [], 'awarding_body', 'officer', true, false],
    ['roles', ['officer'], 'awarding_body', 'officer', false, true],
    ['roles', ['officer'], 'awarding_body', 'finance', false, false],
  ];
  for (const [reach, roles, kind, role, approved, expected] of cases) {
    const [row] = await app.services.database.read(SYSTEM, (reader) =>
      reader.rows(
        sql<{
          in: boolean;
        }>`select connect.reaches(${reach}, ${[...roles]}::text[], ${kind}, ${role}, ${approved}) as in`,
      ),
    );
    assert.equal(row?.in, expected, `${reach} ${roles} ${kind} ${role} ${approved}`);
  }
});
