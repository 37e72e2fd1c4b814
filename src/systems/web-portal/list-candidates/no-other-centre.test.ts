/** The coordinator of the second centre, with every candidate of the first by id, number, name and reference: nothing anywhere. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addCandidate } from '../candidates/candidates.ts';

interface Known {
  readonly id: string;
  readonly number: string;
  readonly given_names: string;
  readonly family_name: string;
  readonly centre_reference: string | null;
  readonly uln: string | null;
  readonly registration_id: string | null;
}

let app: TestApplication;
let coordinator2: PlainBrowser;
let others: Known[];
before(async () => {
  app = await startTestApplication();
  coordinator2 = await app.logIn('coordinator2');
  others = await rows<Known>(`
    select c.id, c.candidate_number as number, c.given_names, c.family_name, j.centre_reference, c.uln,
      (select r.id from web_portal.registrations r where r.candidate_id = c.id limit 1) as registration_id
    from web_portal.candidates c join web_portal.centre_candidates j on j.candidate_id = c.id
    join accounts.organisations o on o.id = j.centre_id where o.number = '04417' order by 2`);
});
after(() => app.close());

const rows = <Row>(text: string): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(text)).rows as Row[]);

/** Where somebody is found, by what is typed. */
const FINDERS = [
  '/web-portal/candidates?q=',
  '/web-portal/candidates/export?q=',
  '/search?q=',
  '/certificates?q=',
  '/certificates/export?q=',
];

test('by id: no page of a candidate, a registration, a further product or a proposal', async (t) => {
  const wrong: string[] = [];
  for (const { id, registration_id } of others) {
    const paths = ['', '/register', '/merge'].map((end) => `/web-portal/candidates/${id}${end}`);
    if (registration_id) paths.push(`/web-portal/registrations/${registration_id}`);
    for (const path of paths) {
      const { status } = await coordinator2.get(path);
      if (status !== 404) wrong.push(`${path}: ${status}`);
    }
  }
  assert.deepEqual(wrong, []);
  t.diagnostic(`${others.length} candidates`);
});

test('by number, name, ULN and reference: no list, export or search', async (t) => {
  assert.ok(others.length >= 40, `only ${others.length} candidates`);
  const wrong: string[] = [];
  let asked = 0;
  for (const one of others) {
    const name = `${one.given_names} ${one.family_name}`;
    const reversed = `${one.family_name}, ${one.given_names}`;
    for (const typed of [one.number, name, one.uln, one.centre_reference]) {
      if (!typed) continue;
      for (const finder of FINDERS) {
        const { status, text } = await coordinator2.get(finder + encodeURIComponent(typed));
        asked++;
        if (status !== 200) wrong.push(`${finder}${typed}: ${status}`);
        // The typed words stand in the search field; what is found would bring an address or the name as lists write it.
        for (const found of [one.id, reversed, `>${one.number}<`]) {
          if (text.includes(found)) wrong.push(`${finder}${typed} reads ${found}`);
        }
      }
    }
  }
  assert.deepEqual(wrong, []);
  t.diagnostic(`${asked} questions`);
});

test('the whole list and the whole export read no number of the first centre', async () => {
  for (const path of ['/web-portal/candidates', '/web-portal/candidates/export', '/certificates/export']) {
    const { text } = await coordinator2.get(path);
    assert.deepEqual(
      others.filter(({ number }) => text.includes(number)),
      [],
      path,
    );
  }
});

test('of a candidate of both centres each sees its own reference and its own registrations alone', async () => {
  const [first] = others.filter(({ registration_id }) => registration_id);
  const shared = first as Known;
  await asSuperuser(app.database.url, async (client) => {
    await client.query(
      `insert into web_portal.centre_candidates (centre_id, candidate_id, centre_reference, how, joined_at)
       select id, $1, 'OURS-2', 'transferred', now() from accounts.organisations where number = '04426'`,
      [shared.id],
    );
  });
  const page = await coordinator2.get(`/web-portal/candidates/${shared.id}`);
  assert.equal(page.status, 200);
  assert.match(page.text, /OURS-2/);
  for (const word of [shared.centre_reference, shared.registration_id, '04417', 'Northgate'])
    assert.ok(!page.text.includes(word as string), `${word}`);
  assert.equal((await coordinator2.get(`/web-portal/registrations/${shared.registration_id}`)).status, 404);
  assert.doesNotMatch((await coordinator2.get('/web-portal/candidates/export')).text, new RegExp(shared.number));
});

test('in the scope of a centre nobody is entered for another', async () => {
  const [{ id }] = (await rows<{ id: string }>(`select id from accounts.organisations where number = '04417'`)) as [
    { id: string },
  ];
  const [theirs] = (await rows<{ id: string }>(`select id from accounts.organisations where number = '04426'`)) as [
    { id: string },
  ];
  const entry = {
    givenNames: 'Not',
    familyName: 'Ours',
    birthDate: '2000-01-01',
    uln: null,
    ulnAbsentReason: 'Requested',
    postcode: null,
    email: null,
    centreReference: null,
  };
  await assert.rejects(
    app.services.database.write(SYSTEM, async (writer) => {
      // As the policies of a centre's transaction see it.
      await writer.rows(sql`select set_config('imi.centre_id', ${theirs.id}, true)`);
      await addCandidate(writer, id, entry);
    }),
    /enters its own candidates/,
  );
});
