/** Corrections through the pages: old and new first, free or decided, what other centres learn, who was faster. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { mailsTo } from '#test/mails.ts';

let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
before(async () => {
  app = await startTestApplication();
  for (const username of ['coordinator', 'administrator', 'assessor', 'coordinator2', 'officer', 'quality'])
    people.set(username, await app.logIn(username));
});
after(() => app.close());

const run = (statement: string, values: unknown[] = []) =>
  asSuperuser(app.database.url, (db) => db.query(statement, values));
const rows = async <Row extends object>(statement: string, values: unknown[] = []) =>
  (await run(statement, values)).rows as Row[];

interface Person {
  readonly id: string;
  readonly number: string;
  readonly given: string;
  readonly family: string;
  readonly birth: string;
}
const CERTIFIED = 'exists (select from certificates.certificates k where k.candidate_id = c.id)';
/** A candidate of the first centre alone, by a condition, whom nobody has corrected. */
async function person(condition = `not ${CERTIFIED}`): Promise<Person> {
  const [found] = await rows<Person>(
    `select c.id, c.candidate_number as number, c.given_names as given, c.family_name as family, c.birth_date::text as birth
     from web_portal.candidates c join web_portal.centre_candidates j on j.candidate_id = c.id
     join accounts.organisations o on o.id = j.centre_id and o.number = '04417'
     where ${condition} and c.uln is not null and not exists (select from web_portal.candidate_amendments a where a.candidate_id = c.id)
       and not exists (select from web_portal.identity_questions q where c.id in (q.candidate_id, q.other_id))
       and exists (select from web_portal.registrations r where r.candidate_id = c.id and r.state <> 'transferred')
       and (select count(*) from web_portal.centre_candidates k where k.candidate_id = c.id) = 1
     order by c.candidate_number limit 1`,
  );
  assert.ok(found, condition);
  return found;
}
const field = (text: string, name: string) =>
  (new RegExp(`name="${name}"[^>]*? value="([^"]*)"`).exec(text)?.[1] ?? '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
const NAMES = [
  'givenNames',
  'familyName',
  'birthDate-day',
  'birthDate-month',
  'birthDate-year',
  'uln',
  'scottishNumber',
  'ulnAbsentReason',
  'postcode',
  'email',
  'centreReference',
];

/** Opens the form, changes some fields and sends it; with `confirm` also what was shown. */
async function correct(
  by: string,
  { id }: Person,
  changes: Record<string, string>,
  { confirm = true, evidence = false } = {},
): Promise<PlainAnswer> {
  const address = `/web-portal/candidates/${id}/amend`;
  const opened = await who(by).get(address);
  if (opened.status !== 200) return opened;
  const fields = Object.fromEntries(NAMES.map((name) => [name, field(opened.text, name)]));
  const send = (more: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ ...fields, reason: 'Typed from the wrong card', ...changes, ...more }))
      data.set(name, value);
    if (evidence) data.append('evidence', new Blob(['%PDF-1.4 passport']), 'passport.pdf');
    return who(by).postFiles(address, data);
  };
  const shown = await send({});
  if (!confirm || shown.status !== 422) return shown;
  return send({ shown: field(shown.text, 'shown') });
}
const stored = async ({ id }: Person) =>
  (
    await rows<{ given: string; family: string; birth: string; search: string }>(
      `select given_names as given, family_name as family, birth_date::text as birth, search_text as search from web_portal.candidates where id = $1`,
      [id],
    )
  )[0];

test('without a certificate a correction is shown first, then done at once; the list finds the new name', async () => {
  const one = await person();
  const shown = await correct('coordinator', one, { familyName: 'Wyndham-Correct' }, { confirm: false });
  assert.equal(shown.status, 422);
  assert.match(shown.text, /Read below what changes/);
  assert.match(shown.text, /Confirm the correction/);
  assert.equal((await stored(one))?.family, one.family, 'nothing is done before it is confirmed');
  const done = await correct('coordinator', one, { familyName: 'Wyndham-Correct' });
  assert.equal(done.status, 303, done.text);
  assert.equal((await stored(one))?.family, 'Wyndham-Correct');
  assert.match((await who('coordinator').get('/web-portal/candidates?q=wyndhamcorrect')).text, new RegExp(one.number));
  assert.match((await who('coordinator').get(`/web-portal/candidates/${one.id}`)).text, /A-\d+: Family name/);
  const [audit] = await rows<{ payload: object }>(
    `select payload from platform.audit_events where kind = 'web-portal.candidate-amended' and subject_id = $1`,
    [one.id],
  );
  assert.ok(audit && !JSON.stringify(audit.payload).includes('Wyndham'), 'the audit holds no names');
  const nothing = await correct('coordinator', one, {});
  assert.equal(nothing.status, 422);
  assert.match(nothing.text, /Nothing differs from the record/);
});

test('with a certificate a name needs evidence and an officer; the address does not', async () => {
  const one = await person(CERTIFIED);
  const bare = await correct('coordinator', one, { familyName: 'Marriedname' });
  assert.equal(bare.status, 422);
  assert.match(bare.text, /Choose at least one file that proves it/);
  const asked = await correct('coordinator', one, { familyName: 'Marriedname' }, { evidence: true });
  assert.equal(asked.status, 303, asked.text);
  const address = String(asked.location).replace(/\?.*/, '');
  assert.equal((await stored(one))?.family, one.family);
  assert.match(
    (await correct('administrator', one, { givenNames: 'Otherwise' }, { evidence: true })).text,
    /is asked already/,
  );
  assert.match((await who('officer').get('/needs-attention')).text, /corrections? to decide/);
  assert.match((await who('officer').get('/web-portal/amendments?state=asked')).text, new RegExp(one.number));
  assert.match((await who('officer').get('/web-portal/amendments/export')).text, /Family name/);
  const page = await who('officer').get(address);
  const file = /href="([^"]+\/files\/[0-9a-f-]{36})"/.exec(page.text)?.[1] ?? '';
  assert.equal((await who('officer').get(file)).text, '%PDF-1.4 passport');
  assert.equal((await who('coordinator2').get(file)).status, 404);
  assert.equal((await who('coordinator2').get(address)).status, 404);
  const words = 'The passport shows the new name';
  assert.equal(
    (await who('coordinator').post(address, { act: 'grant', words })).status,
    422,
    'a centre decides nothing',
  );
  assert.equal((await who('quality').post(address, { act: 'grant', words })).status, 403);
  // Two officers at once: one decides, the other is told.
  const both = await Promise.all([
    who('officer').post(address, { act: 'grant', words }),
    who('officer').post(address, { act: 'refuse', words }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 422]);
  const [after] = await rows<{ state: string; family: string }>(
    `select a.state, c.family_name as family from web_portal.candidate_amendments a join web_portal.candidates c on c.id = a.candidate_id where a.id = $1`,
    [address.split('/').at(-1)],
  );
  assert.equal(after?.family, after?.state === 'granted' ? 'Marriedname' : one.family);
  const [former] = await rows<{ email: string }>('select email from web_portal.candidates where id = $1', [one.id]);
  const free = await correct('coordinator', one, { email: 'new.address@home.example' });
  assert.match(String(free.location), /corrected=yes/);
  const told = await mailsTo(app, former?.email as string);
  assert.match(told.at(-1)?.subject ?? '', /has another e-mail address now/);
  assert.doesNotMatch(told.at(-1)?.body ?? '', /new\.address/, 'the new address is told to nobody');
});

test('what changed meanwhile is not granted', async () => {
  const one = await person(CERTIFIED);
  const asked = await correct('coordinator', one, { familyName: 'Secondname' }, { evidence: true });
  const address = String(asked.location).replace(/\?.*/, '');
  await run(`update web_portal.candidates set family_name = 'Meanwhile' where id = $1`, [one.id]);
  const granted = await who('officer').post(address, { act: 'grant', words: 'The deed shows the new name' });
  assert.equal(granted.status, 422);
  assert.match(granted.text, /Family name is now Meanwhile/);
  assert.equal(
    (await who('coordinator').post(address, { act: 'withdraw', words: 'It was a mistake of ours' })).status,
    303,
  );
});

test('the birth date of somebody known elsewhere goes to an officer; a name is done, and the other centre is told', async () => {
  const one = await person();
  await run(
    `insert into web_portal.centre_candidates (centre_id, candidate_id, how, joined_at) values ((select id from accounts.organisations where number = '04426'), $1, 'registered', now())`,
    [one.id],
  );
  const asked = await correct('coordinator', one, { 'birthDate-year': '1988' });
  assert.match(String(asked.location), /\/web-portal\/amendments\//, asked.text);
  assert.equal((await stored(one))?.birth, one.birth);
  const named = await correct('coordinator', one, { givenNames: 'Shared' });
  assert.match(String(named.location), /corrected=yes/, named.text);
  const told = await rows(
    `select from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
     where n.kind = 'web-portal.candidate-details-changed' and c.username = 'coordinator2'`,
  );
  assert.equal(told.length, 1);
  const there = await who('coordinator2').get(`/web-portal/candidates/${one.id}`);
  assert.match(there.text, /Given names, by another centre/);
  assert.ok(!there.text.includes('Typed from the wrong card'));
  // It has no registration of its own: it corrects nothing.
  assert.equal((await correct('coordinator2', one, { givenNames: 'Mine' })).status, 404);
});

test('a correction that makes two records alike raises the question, and sets a learner number aside that another holds', async () => {
  const one = await person();
  const [other] = await rows<Person & { uln: string }>(
    `select c.id, c.candidate_number as number, c.given_names as given, c.family_name as family, c.birth_date::text as birth, c.uln
     from web_portal.candidates c where c.uln is not null and c.id <> $1 and c.merged_into is null
       and not exists (select from web_portal.identity_questions q where c.id in (q.candidate_id, q.other_id))
       and not exists (select from web_portal.candidate_amendments a where a.candidate_id = c.id) order by c.candidate_number limit 1`,
    [one.id],
  );
  assert.ok(other);
  const [year = '', month = '', day = ''] = other.birth.split('-');
  const done = await correct('coordinator', one, {
    givenNames: other.given,
    familyName: other.family,
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
    uln: other.uln,
  });
  assert.match(String(done.location), /corrected=yes/, done.text);
  const questions = await rows<{ agrees: string[]; aside: string; state: string }>(
    `select agrees, uln_set_aside as aside, state from web_portal.identity_questions where candidate_id = $1 and other_id = $2`,
    [one.id, other.id],
  );
  assert.deepEqual(questions, [{ agrees: ['name', 'birth_date', 'uln'], aside: other.uln, state: 'open' }]);
  const [holder] = await rows<{ id: string }>('select id from web_portal.candidates where uln = $1', [other.uln]);
  assert.equal(holder?.id, other.id);
  assert.match((await who('officer').get('/needs-attention')).text, /identity questions? to settle/);
});

test('others may not', async () => {
  const one = await person();
  assert.equal((await correct('coordinator2', one, { givenNames: 'Mine' })).status, 404);
  assert.equal((await who('assessor').get(`/web-portal/candidates/${one.id}/amend`)).status, 403);
  assert.equal((await who('officer').get(`/web-portal/candidates/${one.id}/amend`)).status, 403);
});
