/**
 * One person with memberships at two centres and the awarding body, who is also a candidate at one: for each
 * organisation that he or she acts for, every page and every act, and never a word of the wrong centre (T13, S1).
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addMembership, issuePin } from '#accounts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import type { RouteLine } from '../../src/platform/http/server.ts';
import { crawl, routeMatcher } from './crawl.ts';
import { formsOf } from './form-filler.ts';

const CENTRES = ['04417', '04426'] as const;
type Centre = (typeof CENTRES)[number];
const other = (centre: Centre): Centre => (centre === '04417' ? '04426' : '04417');

let app: TestApplication;
let table: RouteLine[];
let organisations: Record<string, string>;
/** What only one centre may read: numbers and names of candidates, users, session codes. */
const canaries: Record<Centre, string[]> = { '04417': [], '04426': [] };

const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(text, values)).rows as Row[]);

before(async () => {
  app = await startTestApplication();
  table = app.routeTable.filter((line) => line.capability !== 'asset');
  const all = await rows<{ id: string; number: string }>('select id, number from accounts.organisations');
  organisations = Object.fromEntries(all.map(({ id, number }) => [number, id]));
  // `candidate` is a candidate of 04417; as that person also coordinator there, invigilator of the other, and officer.
  const [person] = await rows<{ person_id: string }>(
    "select person_id from accounts.credentials where username = 'candidate'",
  );
  const personId = person?.person_id as string;
  await app.services.database.write(SYSTEM, async (writer) => {
    for (const [number, role] of [
      ['04417', 'coordinator'],
      ['04426', 'invigilator'],
      ['00001', 'officer'],
    ] as const) {
      const organisationId = organisations[number] as string;
      await addMembership(writer, { personId, organisationId, role });
      if (role !== 'officer') await issuePin(writer, app.services, { personId, organisationId });
    }
    await writer.db
      .updateTable('accounts.pins')
      .set({ activated_at: writer.now })
      .where('person_id', '=', personId)
      .execute();
  });
  for (const centre of CENTRES) canaries[centre] = await canariesOf(centre);
});
after(() => app.close());

/** Those words of a centre that do not occur at the other as well. */
async function canariesOf(centre: Centre): Promise<string[]> {
  const found = await rows<{ word: string; centre: string }>(`
    select c.candidate_number as word, o.number as centre from web_portal.published_candidates c join accounts.organisations o on o.id = c.centre_id
    union select c.given_names || ' ' || c.family_name, o.number from web_portal.published_candidates c join accounts.organisations o on o.id = c.centre_id
    union select p.family_name, o.number from accounts.people p join accounts.memberships m on m.person_id = p.id
      join accounts.organisations o on o.id = m.organisation_id where o.kind = 'centre' and m.role <> 'candidate'
    union select n.code, o.number from online_assessments.sessions n join accounts.organisations o on o.id = n.centre_id where n.code is not null`);
  const foreign = new Set(found.filter((one) => one.centre !== centre).map(({ word }) => word));
  const own = await rows<{ word: string }>(
    `select p.family_name as word from accounts.people p join accounts.credentials c on c.person_id = p.id where c.username in ('candidate', 'several')
     union select candidate_number from web_portal.candidates c join accounts.credentials a on a.person_id = c.person_id where a.username = 'candidate'
     union select c.given_names || ' ' || c.family_name from web_portal.candidates c join accounts.credentials a on a.person_id = c.person_id where a.username = 'candidate'`,
  );
  const ownWords = new Set(own.map(({ word }) => word));
  return found
    .filter((one) => one.centre === centre && !foreign.has(one.word) && !ownWords.has(one.word) && one.word.length > 4)
    .map(({ word }) => word);
}

async function actingFor(number: string): Promise<PlainBrowser> {
  const browser = await app.logIn('candidate');
  const organisationId = number === 'self' ? 'self' : (organisations[number] as string);
  assert.equal((await browser.post('/act-for', { organisationId })).location, '/home');
  return browser;
}

/** Every id that stands in rows of a centre, with the tables' names. */
async function idsOf(centre: Centre): Promise<string[]> {
  const tables = await rows<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'centre_id' join pg_attribute i on i.attrelid = c.oid and i.attname = 'id'
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('web_portal', 'centres_hub', 'online_assessments', 'certificates')`);
  const ids: string[] = [];
  for (const { name } of tables) {
    const found = await rows<{ id: string }>(`select id from ${name} where centre_id = $1 limit 1`, [
      organisations[centre],
    ]);
    ids.push(...found.map(({ id }) => id));
  }
  const candidates = await rows<{ id: string }>(
    'select candidate_id as id from web_portal.centre_candidates where centre_id = $1 limit 2',
    [organisations[centre]],
  );
  ids.push(...candidates.map(({ id }) => id));
  const people = await rows<{ id: string }>(
    "select m.person_id as id from accounts.memberships m join accounts.credentials c on c.person_id = m.person_id where organisation_id = $1 and role <> 'candidate' and c.username not in ('candidate', 'several') limit 2",
    [organisations[centre]],
  );
  return [...ids, ...people.map(({ id }) => id), organisations[centre] as string];
}

/** Pages that are the same for everybody, or that show to the person what is his or hers wherever it is. */
const isOwnOrShared = ({ capability }: RouteLine) =>
  capability === 'public' || capability === 'products.view' || !isActing(capability);
const isActing = (capability: RouteLine['capability']) =>
  ![
    'public',
    'asset',
    'seat.sit',
    'connect.home',
    'connect.search',
    'connect.notices',
    'certificates.own',
    'online-assessments.own',
    'accounts.own-details',
  ].includes(capability);

test('acting for one centre, no page found by links says a word of the other', async (t) => {
  for (const centre of CENTRES) {
    assert.ok(canaries[centre].length >= 8, `only ${canaries[centre].length} canaries of ${centre}`);
    const pages = await crawl(await actingFor(centre), {
      from: ['/home', '/system-access', '/my-details'],
      table,
      perRoute: 8,
    });
    const read = (words: string[]) =>
      pages.flatMap(({ url, text }) =>
        words.filter((word) => text.includes(word)).map((word) => `${url} reads ${word}`),
      );
    assert.deepEqual(read(canaries[other(centre)]), [], `acting for ${centre}`);
    assert.ok(read(canaries[centre]).length >= 5, `the pages of ${centre} say hardly anything of ${centre} itself`);
    t.diagnostic(`${centre}: ${pages.length} pages, ${canaries[other(centre)].length} canaries of the other centre`);
  }
});

test('acting for oneself, own records only: no canary of either centre', async (t) => {
  const pages = await crawl(await actingFor('self'), {
    from: ['/home', '/system-access', '/my-details'],
    table,
    perRoute: 8,
  });
  const words = [...canaries['04417'], ...canaries['04426']];
  // Who is asked in the person's own sitting is told to the person; that is no page of this list.
  assert.deepEqual(
    pages.flatMap(({ url, text }) => words.filter((word) => text.includes(word)).map((word) => `${url} reads ${word}`)),
    [],
  );
  t.diagnostic(`${pages.length} pages`);
});

test('acting for the awarding body, the person sees both centres, and as whom', async () => {
  const browser = await actingFor('00001');
  const page = (await browser.get('/centres-hub/centres')).text;
  for (const centre of CENTRES) assert.ok(page.includes(centre));
  assert.match(page, /aria-label="For whom you act"[\s\S]*Awarding officer/);
});

test('acting for one centre, every page with an id of the other is not there', async (t) => {
  const lines = table.filter((line) => line.method === 'GET' && line.url.includes(':') && !isOwnOrShared(line));
  for (const centre of CENTRES) {
    const browser = await actingFor(centre);
    const ids = await idsOf(other(centre));
    assert.ok(ids.length >= 12, `only ${ids.length} ids`);
    const wrong: string[] = [];
    for (const { url } of lines) {
      for (const id of ids) {
        const path = url.replace(/:\w+|\*/g, id);
        const { status, text } = await browser.get(path);
        const shared = status === 200 && !canaries[other(centre)].some((word) => text.includes(word));
        if (![303, 403, 404].includes(status) && !shared) wrong.push(`${path}: ${status}`);
        for (const word of canaries[other(centre)]) if (text.includes(word)) wrong.push(`${path} reads ${word}`);
      }
    }
    assert.deepEqual(wrong, [], `acting for ${centre}`);
    t.diagnostic(`${centre}: ${lines.length} routes with ${ids.length} ids of the other centre`);
  }
});

/** Counts of everything that belongs to a centre, and when it last changed. */
async function stateOf(centre: Centre): Promise<string> {
  const tables = await rows<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname in ('centre_id', 'organisation_id')
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'platform')`);
  const states: string[] = [];
  for (const { name } of tables) {
    const column = /^accounts\./.test(name) ? 'organisation_id' : 'centre_id';
    const [found] = await rows<{ sum: string | null }>(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum from ${name} t where ${column} = $1`,
      [organisations[centre]],
    );
    states.push(`${name}: ${found?.sum}`);
  }
  return states.sort().join('\n');
}

test('acting for one centre, every act on an id of the other is 404 and changes nothing', async (t) => {
  const posts = table.filter((line) => line.method === 'POST' && isActing(line.capability));
  for (const centre of CENTRES) {
    const browser = await actingFor(centre);
    const ids = await idsOf(other(centre));
    const before = await stateOf(other(centre));
    const wrong: string[] = [];
    const madeFor = organisations[centre] as string;
    for (const { url } of posts.filter((line) => line.url.includes(':'))) {
      for (const id of ids) {
        const path = url.replace(/:\w+/g, id);
        const { status, text } = await browser.post(path, {
          madeFor,
          reason: 'A reason that is long enough',
          id,
          candidateId: id,
        });
        if (![403, 404, 406, 415].includes(status)) wrong.push(`${path}: ${status}`);
        for (const word of canaries[other(centre)]) if (text.includes(word)) wrong.push(`${path} reads ${word}`);
      }
    }
    assert.deepEqual(wrong.slice(0, 20), [], `acting for ${centre}, ${wrong.length} in all`);
    assert.equal(await stateOf(other(centre)), before);
    t.diagnostic(`${centre}: ${posts.length} acts, ${ids.length} ids`);
  }
});

test('a form that was opened for one centre and sent while acting for the other is refused everywhere', async (t) => {
  const browser = await actingFor('04417');
  const pages = await crawl(browser, { from: ['/home', '/system-access'], table, perRoute: 2 });
  const match = routeMatcher(table.map((line) => ({ ...line, method: 'GET' })));
  const forms = pages
    .flatMap(({ text }) => formsOf(text))
    .filter(({ action }) => {
      const line = table.find(({ method, url }) => method === 'POST' && url === match(action));
      return line && isActing(line.capability);
    });
  assert.ok(forms.length >= 10, `only ${forms.length} forms`);
  const before = [await stateOf('04417'), await stateOf('04426')];
  await browser.post('/act-for', { organisationId: organisations['04426'] as string });
  for (const { action, fields } of forms) {
    // A form that takes a file says it in its address, since its body is read last.
    const address = new URL(action, 'http://localhost');
    const madeFor = fields.madeFor ?? address.searchParams.get('madeFor');
    assert.equal(madeFor, organisations['04417'], `${action} says for whom it was made`);
    const answer = await browser.post(action, fields);
    assert.equal(answer.status, 409, action);
    assert.match(answer.text, /This form was made for Northgate Motor Training/);
    const { madeFor: _, ...without } = fields;
    address.searchParams.delete('madeFor');
    assert.equal(
      (await browser.post(address.pathname + address.search, without)).status,
      409,
      `${action} without saying for whom`,
    );
  }
  assert.deepEqual([await stateOf('04417'), await stateOf('04426')], before);
  t.diagnostic(`${forms.length} forms`);
});
