import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { linkIn, mailsTo } from '#test/mails.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { inviteNewCandidates } from './invitations.ts';

const PASSWORD = 'tappet lane sycamore';
const BORN = { 'birthDate-day': '3', 'birthDate-month': '2', 'birthDate-year': '2005' };
const NOT_BORN = { ...BORN, 'birthDate-day': '4' };
let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
  coordinator = await app.logIn('coordinator');
});
after(() => app.close());

interface Registered {
  readonly id: string;
  readonly number: string;
}

/** A candidate as the centre registers one, and the invitation by the work in the background. */
async function registered(familyName: string, email: string): Promise<Registered> {
  const product = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('products.products').select('id').where('code', '=', 'ARH').executeTakeFirstOrThrow(),
  );
  const [year, month, day] = addDays(dayInLondon(app.services.clock.now()), -12).split('-') as [string, string, string];
  const answer = await coordinator.post('/web-portal/candidates/register', {
    submissionId: randomUUID(),
    givenNames: 'Tamsin',
    familyName,
    ...BORN,
    ulnAbsentReason: 'Number requested',
    email,
    product: product.id,
    'programmeStart-day': day,
    'programmeStart-month': month,
    'programmeStart-year': year,
  });
  assert.equal(answer.status, 303, answer.text);
  const id = /candidates\/([0-9a-f-]{36})/.exec(answer.location ?? '')?.[1] as string;
  const { number } = await app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.candidates')
      .select('candidate_number as number')
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );
  await inviteNewCandidates(app.services);
  return { id, number };
}

const invitationTo = async (email: string) => linkIn((await mailsTo(app, email)).at(-1), '/link-record');
const personOf = (id: string) =>
  app.services.database.read(SYSTEM, async ({ db }) => {
    const row = await db
      .selectFrom('web_portal.candidates')
      .select('person_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.person_id;
  });
const linksOf = (id: string) =>
  app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('web_portal.account_links')
      .select(['act', 'how'])
      .where('candidate_id', '=', id)
      .orderBy('at')
      .execute(),
  );
let people = 0;
/** A free account, logged in. */
async function member(): Promise<PlainBrowser> {
  const email = `member${++people}@public.example`;
  const browser = app.browser();
  const names = { givenNames: 'Merryn', familyName: `Trelawney ${'abcdefgh'[people]}` };
  await browser.post('/create-account', { ...names, email }, { 'x-forwarded-for': `192.0.2.${people}` });
  const link = linkIn((await mailsTo(app, email)).at(-1), '/new-account');
  const made = await browser.post(link, { ...names, username: email, password: PASSWORD });
  assert.equal(made.location, '/home', made.text);
  return browser;
}

test('a registered candidate is invited once, confirms the birth date, makes an account and sees the registration', async () => {
  const email = 'tamsin.one@candidate.example';
  const { id } = await registered('Penhallow', email);
  await inviteNewCandidates(app.services);
  const mails = await mailsTo(app, email);
  assert.equal(mails.length, 1, 'one invitation');
  assert.doesNotMatch(mails[0]?.body ?? '', /Tamsin|Penhallow/, 'the mail names nobody: the address may be wrong');
  const link = await invitationTo(email);
  const browser = app.browser();
  const first = await browser.get(link);
  assert.equal(first.status, 200);
  assert.doesNotMatch(first.text, /Tamsin|Penhallow/);
  const wrong = await browser.post(link, NOT_BORN);
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /4 tries are left/);
  assert.equal((await browser.post(link.replace('?', '/account?'), {})).location, link, 'no account before the date');
  assert.equal((await browser.post(link, BORN)).location, link);
  const account = await browser.post(link.replace('?', '/account?'), {});
  assert.match(account.location ?? '', /^\/new-account\?token=.+&next=%2Flink-record/);
  const form = await browser.get(account.location as string);
  assert.match(form.text, /value="Penhallow"/);
  const made = await browser.post(account.location as string, {
    givenNames: 'Tamsin',
    familyName: 'Penhallow',
    username: 'tamsin.penhallow',
    password: PASSWORD,
  });
  assert.equal(made.location, link, made.text);
  const last = await browser.get(link);
  assert.match(last.text, /Tamsin Penhallow, candidate of/);
  assert.equal(await personOf(id), null, 'nothing is linked by looking');
  assert.equal((await browser.post(link.replace('?', '/link?'), {})).location, '/home');
  assert.match((await browser.get('/home')).text, /Refrigerant Handling/);
  assert.deepEqual(await linksOf(id), [{ act: 'linked', how: 'invitation' }]);
  const again = await browser.get(link);
  assert.match(again.text, /Your record is linked/);
  assert.match((await coordinator.get(`/web-portal/candidates/${id}`)).text, /Own account since/);
});

test('five wrong birth dates end an invitation, and the centre sends a new one', async () => {
  const email = 'tamsin.two@candidate.example';
  const { id } = await registered('Carlyon', email);
  const link = await invitationTo(email);
  const browser = app.browser();
  for (let tries = 1; tries < 5; tries++) assert.equal((await browser.post(link, NOT_BORN)).status, 422);
  assert.equal((await browser.post(link, NOT_BORN)).status, 410);
  assert.equal((await browser.post(link, BORN)).status, 410, 'the right one comes too late');
  const elsewhere = await app.logIn('coordinator2');
  assert.equal((await elsewhere.post(`/web-portal/candidates/${id}/invite`, {})).status, 404);
  const sent = await coordinator.post(`/web-portal/candidates/${id}/invite`, {});
  assert.equal(sent.location, `/web-portal/candidates/${id}?invited=yes`);
  const newer = await invitationTo(email);
  assert.notEqual(newer, link);
  assert.equal((await browser.post(newer, BORN)).location, newer);
});

test('a record is linked from a free account by number, birth date and a mailed code', async () => {
  const email = 'tamsin.three@candidate.example';
  const { id, number } = await registered('Nancarrow', email);
  const browser = await member();
  assert.match((await browser.get('/home')).text, /Link your candidate record/);
  const before = (await mailsTo(app, email)).length;
  const wrongPair = await browser.post('/link-record/by-number', { candidateNumber: number, ...NOT_BORN });
  const rightPair = await browser.post('/link-record/by-number', { candidateNumber: number, ...BORN });
  assert.deepEqual([wrongPair.status, wrongPair.location], [rightPair.status, rightPair.location]);
  const mails = (await mailsTo(app, email)).slice(before);
  assert.equal(mails.length, 1, 'only the right pair is mailed a code');
  const code = /^(\d{6})$/m.exec(mails[0]?.body ?? '')?.[1] as string;
  const other = code === '000000' ? '000001' : '000000';
  assert.equal((await browser.post('/link-record/code', { code: other })).status, 422);
  const stranger = await member();
  assert.equal((await stranger.post('/link-record/code', { code })).status, 422, 'the code is of the one who asked');
  assert.equal(
    (await browser.post('/link-record/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })).location,
    '/home',
  );
  assert.match((await browser.get('/home')).text, /Refrigerant Handling/);
  assert.equal((await browser.post('/link-record/code', { code })).status, 422, 'a code works once');
  // Somebody else who knows number and birth date gets nothing; the owner is told.
  await stranger.post('/link-record/by-number', { candidateNumber: number, ...BORN });
  assert.match((await mailsTo(app, email)).at(-1)?.subject ?? '', /has an account already/);
  assert.deepEqual(await linksOf(id), [{ act: 'linked', how: 'code' }]);
});

test('an old mail links nothing once an officer ended the link, or the address was corrected', async () => {
  const email = 'tamsin.seven@candidate.example';
  const { id, number } = await registered('Quiller', email);
  const mailed = await invitationTo(email);
  const stranger = await member();
  await stranger.post('/link-record/by-number', { candidateNumber: number, ...BORN });
  const code = /^(\d{6})$/m.exec((await mailsTo(app, email)).at(-1)?.body ?? '')?.[1] as string;
  assert.equal((await stranger.post('/link-record/code', { code })).location, '/home');
  const pressed = await coordinator.post(`/web-portal/candidates/${id}/invite`, {});
  assert.equal(pressed.status, 422, 'linked meanwhile: a sentence');
  assert.match(pressed.text, /has an account already/);
  const officer = await app.logIn('officer');
  await officer.post(`/web-portal/candidates/${id}/end-account-link`, { reason: 'Not the candidate' });
  assert.equal((await stranger.post(mailed, BORN)).status, 410);
  const wrong = 'tamsin.wrong@candidate.example';
  const other = await registered('Biddick', wrong);
  const toWrong = await invitationTo(wrong);
  const right = 'tamsin.right@candidate.example';
  await app.services.database.write(SYSTEM, async (writer) => {
    const { personId } = await writer.db
      .selectFrom('accounts.people')
      .select('id as personId')
      .limit(1)
      .executeTakeFirstOrThrow();
    const { centre_id } = await writer.db
      .selectFrom('web_portal.centre_candidates')
      .select('centre_id')
      .where('candidate_id', '=', other.id)
      .executeTakeFirstOrThrow();
    // As a correction leaves it; long after the candidate joined.
    await writer.rows(sql`update web_portal.candidates set email = ${right} where id = ${other.id}`);
    await writer.rows(sql`
      insert into web_portal.candidate_amendments (centre_id, candidate_id, before, after, reason, state, asked_at, asked_by, state_changed_at)
      values (${centre_id}, ${other.id}, ${JSON.stringify({ email: wrong })}::jsonb, ${JSON.stringify({ email: right })}::jsonb, 'Mistyped', 'done', ${writer.now}, ${personId}, ${writer.now})`);
  });
  await asSuperuser(app.database.url, (owner) =>
    owner.query(
      `update web_portal.centre_candidates set joined_at = joined_at - interval '30 days' where candidate_id = $1`,
      [other.id],
    ),
  );
  assert.equal((await app.browser().get(toWrong)).status, 410);
  await inviteNewCandidates(app.services);
  assert.match(await invitationTo(right), /^\/link-record/);
});

test('five wrong codes use a code up', async () => {
  const email = 'tamsin.four@candidate.example';
  const { number } = await registered('Trevanion', email);
  const browser = await member();
  await browser.post('/link-record/by-number', { candidateNumber: number, ...BORN });
  const code = /^(\d{6})$/m.exec((await mailsTo(app, email)).at(-1)?.body ?? '')?.[1] as string;
  const other = code === '000000' ? '000001' : '000000';
  for (let tries = 1; tries <= 5; tries++) await browser.post('/link-record/code', { code: other });
  assert.equal((await browser.post('/link-record/code', { code })).status, 422);
});

test('one account takes one record, and the awarding body ends a link with a reason', async () => {
  const [one, two] = ['tamsin.five@candidate.example', 'tamsin.six@candidate.example'];
  const first = await registered('Boscawen', one);
  const second = await registered('Tregenza', two);
  const browser = await member();
  for (const email of [one, two]) {
    const link = await invitationTo(email);
    await browser.post(link, BORN);
    const linked = await browser.post(link.replace('?', '/link?'), {});
    if (email === one) assert.equal(linked.location, '/home');
    else assert.match(linked.text, new RegExp(`Your account has the record ${first.number} already`));
  }
  assert.equal(await personOf(second.id), null);
  const address = `/web-portal/candidates/${first.id}/end-account-link`;
  assert.equal((await coordinator.get(address)).status, 403);
  const officer = await app.logIn('officer');
  assert.match((await officer.get(`/web-portal/candidates/${first.id}`)).text, /End the link with the account/);
  assert.equal((await officer.post(address, { reason: '' })).status, 422);
  const ended = await officer.post(address, { reason: 'The candidate says that the account is not hers' });
  assert.equal(ended.status, 303, ended.text);
  assert.equal(await personOf(first.id), null);
  assert.doesNotMatch((await browser.get('/home')).text, /Refrigerant Handling/);
  assert.deepEqual(
    (await linksOf(first.id)).map(({ act }) => act),
    ['linked', 'ended'],
  );
});
