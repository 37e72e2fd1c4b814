/** After every kind of change the search table says what the owners say: entries equal those made anew. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { asSuperuser, createTestDatabase, type TestDatabase } from '#test/database.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

/** How many entries or lines are wrong, missing or too many, by a rule written apart from the one that mends. */
async function differences(client: pg.Client): Promise<number> {
  let wrong = 0;
  const kinds = (await client.query('select kind, source from platform.search_kinds order by kind')).rows;
  assert.equal(kinds.length, 7);
  for (const { kind, source } of kinds) {
    const wanted = `select subject_id, centre_id, title, detail, place, href, ' ' || array_to_string(platform.search_words(words), ' ') || ' ' as words, keys from ${source}`;
    const kept = `select subject_id, centre_id, title, detail, place, href, words, keys from platform.search_entries where kind = '${kind}'`;
    const lines = `select e.id, l.line, e.centre_id, e.words from platform.search_entries e, platform.search_lines_of(e.title, e.words, e.keys) as l (line) where e.kind = '${kind}'`;
    const keptLines = `select entry_id, line, centre_id, words from platform.search_lines where kind = '${kind}'`;
    for (const [one, other] of [
      [wanted, kept],
      [kept, wanted],
      [lines, keptLines],
      [keptLines, lines],
    ])
      wrong += (await client.query(`select from ((${one}) except all (${other})) d`)).rowCount ?? 0;
  }
  return wrong;
}

const PERSON = "(select person_id from accounts.credentials where username = 'invigilator')";
const CENTRE = "(select id from accounts.organisations where number = '04417')";
const CANDIDATE = `(select id from web_portal.published_candidates where centre_id = ${CENTRE} order by candidate_number limit 1)`;
const CHANGES: Readonly<Record<string, string>> = {
  'a candidate added': `select web_portal.enter_candidate(${CENTRE}, '99999999', 'Llŷr', 'O''Neill-Nguyễn', '2001-01-01', null, null, 'Not known yet',
    null, null, null, 'x', 'x', 'not_asked', now(), null)`,
  'a candidate of a second centre': `insert into web_portal.centre_candidates (centre_id, candidate_id, how, joined_at)
    select id, ${CANDIDATE}, 'merged', now() from accounts.organisations where number = '04426'`,
  'the number of a merged record': `insert into web_portal.former_candidates (former_id, candidate_number, candidate_id)
    select id, '88888888', ${CANDIDATE} from web_portal.candidates where candidate_number = '99999999'`,
  'a candidate renamed': `update web_portal.candidates set family_name = 'Smith', given_names = 'Zoë' where id = ${CANDIDATE}`,
  'a ULN corrected': `update web_portal.candidates set uln = '1000000027', uln_absent_reason = null where candidate_number = '99999999'`,
  'a reference taken away': `update web_portal.centre_candidates set centre_reference = null where candidate_id = ${CANDIDATE}`,
  'an address taken away': `update web_portal.candidates set email = null where id = ${CANDIDATE}`,
  'a candidate who leaves a centre':
    "delete from web_portal.centre_candidates where candidate_id = (select id from web_portal.candidates where candidate_number = '99999999')",
  'a role given to a candidate': `insert into accounts.memberships (person_id, organisation_id, role) select person_id, ${CENTRE}, 'assessor' from accounts.credentials where username = 'candidate'`,
  'a role ended': `update accounts.memberships set ended_at = now(), end_reason = 'Left' where person_id = ${PERSON}`,
  'a role given again, and at a second centre': `insert into accounts.memberships (person_id, organisation_id, role)
    select ${PERSON}, id, 'invigilator' from accounts.organisations where kind = 'centre'`,
  'a user renamed': `update accounts.people set family_name = 'Ωμέγα', email = 'new@centre.example' where id = ${PERSON}`,
  'a membership moved to another person': `update accounts.memberships set person_id = (select person_id from accounts.credentials where username = 'member') where person_id = ${PERSON} and ended_at is null`,
  'a product renamed':
    "update products.products set title = 'Another title', qualification_number = null where code = (select min(code) from products.products)",
  'a version withdrawn from the catalogue':
    'update products.versions set published_at = null where id = (select id from products.versions limit 1)',
  'a centre moved': `update centres_hub.centres set town = 'Llandudno', postcode = 'LL30 1AA' where id = ${CENTRE}`,
  'a centre renamed': `update accounts.organisations set name = 'Northgate & Partners' where id = ${CENTRE}`,
  'a certificate revoked': `insert into certificates.certificate_states (centre_id, certificate_id, state, at, reason)
    select c.centre_id, c.id, 'revoked', now(), 'Issued in error' from certificates.certificates c
    where not exists (select from certificates.certificate_states s where s.certificate_id = c.id and s.state = 'revoked') limit 1`,
  'a bank made': "insert into online_assessments.item_banks (code, title) values ('NEW', 'New bank')",
  'a bank renamed': "update online_assessments.item_banks set title = 'Newer bank' where code = 'NEW'",
  'a form withdrawn':
    'update online_assessments.test_forms set withdrawn_at = now() where id = (select id from online_assessments.test_forms where published_at is not null limit 1)',
};

test('entries stay equal to what the owners say', async (t) => {
  await asSuperuser(database.url, async (client) => {
    assert.equal(await differences(client), 0, 'after the demonstration was made');
    for (const [what, statement] of Object.entries(CHANGES)) {
      const { rowCount } = await client.query(statement);
      assert.ok(rowCount, `${what} changes something`);
      assert.equal(await differences(client), 0, what);
    }
    const { rows } = await client.query(
      'select sum(platform.mend_search(kind))::int as mended from platform.search_kinds',
    );
    assert.equal(rows[0].mended, 0, 'nothing is left to mend');
    t.diagnostic(`${Object.keys(CHANGES).length} kinds of change`);
  });
});

test('without the trigger the check goes red, and mending puts it right', async () => {
  await asSuperuser(database.url, async (client) => {
    await client.query('alter table web_portal.candidates disable trigger note_for_search');
    await client.query(`update web_portal.candidates set family_name = 'Unnoticed' where id = ${CANDIDATE}`);
    await client.query(
      `delete from platform.search_entries where kind = 'product' and subject_id = (select max(id::text)::uuid from products.products)`,
    );
    assert.ok((await differences(client)) > 0);
    const { rows } = await client.query(
      "select platform.mend_search('candidate')::int as candidates, platform.mend_search('product')::int as products",
    );
    // The candidate is of two centres by now. Of the product the entry is made again, and the lines that the lost one left behind go.
    assert.deepEqual(rows[0], { candidates: 2, products: 2 });
    assert.equal(await differences(client), 0);
  });
});
