/** Transfers through the pages: what each side sees before and after, wrong pairs, what stands in the way, who was faster. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { expireTransfers } from './expire-transfers.ts';

let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
before(async () => {
  app = await startTestApplication();
  for (const username of ['coordinator', 'administrator', 'assessor', 'coordinator2', 'officer'])
    people.set(username, await app.logIn(username));
  // So that everything can move both ways.
  await run(`insert into centres_hub.approvals (centre_id, product_id, approved_from, direct_claims)
    select (select id from accounts.organisations where number = '04426'), a.product_id, a.approved_from, a.direct_claims
    from centres_hub.approvals a join accounts.organisations o on o.id = a.centre_id and o.number = '04417'
    where a.ended_at is null and not exists (select from centres_hub.approvals b join accounts.organisations p on p.id = b.centre_id
      and p.number = '04426' where b.product_id = a.product_id and b.ended_at is null)`);
});
after(() => app.close());

const run = (statement: string, values: unknown[] = []) =>
  asSuperuser(app.database.url, (db) => db.query(statement, values));
const rows = async <Row extends object>(statement: string, values: unknown[] = []) =>
  (await run(statement, values)).rows as Row[];
const seenIn = (text: string) => /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? '';
const REASON = 'The candidate has moved to our town';

interface Open {
  readonly id: string;
  readonly number: string;
  readonly family: string;
  readonly birth: string;
  readonly product: string;
  readonly start: string;
  readonly days: number;
  readonly late: boolean;
  readonly units: number;
}
/** A registration in progress of the first centre, with units, of which nobody has asked anything. */
async function open(more = 'r.units_achieved > 0'): Promise<Open> {
  const [found] = await rows<Open>(
    `select r.id, c.candidate_number as number, c.family_name as family, c.birth_date::text as birth, r.product_id as product,
       r.programme_start::text as start, r.days_used as days, r.late, r.units_achieved as units
     from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
     join accounts.organisations o on o.id = r.centre_id and o.number = '04417'
     where r.state = 'active' and ${more} and (select count(*) from web_portal.registrations x where x.candidate_id = c.id) = 1
       and c.family_name not in (select d.family_name from web_portal.candidates d where d.id <> c.id)
       and not exists (select from web_portal.transfers t where t.registration_id = r.id)
       and not exists (select from web_portal.prior_learning p where p.registration_id = r.id)
       and not exists (select from certificates.claims k where k.registration_id = r.id)
       and not exists (select from online_assessments.sittings s where s.registration_id = r.id)
     order by r.registered_at, r.id limit 1`,
  );
  assert.ok(found);
  return found;
}
function ask(by: string, { number, birth, product }: Open, more: Record<string, string> = {}) {
  const [year, month, day] = birth.split('-') as [string, string, string];
  return who(by).post('/web-portal/transfers/ask', {
    candidateNumber: number,
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
    product,
    reason: REASON,
    ...more,
  });
}
const addressOf = (answer: { status: number; location: string | null; text: string }) => {
  assert.equal(answer.status, 303, answer.text);
  return String(answer.location).replace(/\?.*/, '');
};
async function answer(by: string, address: string, act: string, more: Record<string, string> = {}) {
  const { text } = await who(by).get(address);
  return who(by).post(address, { act, words: 'Agreed with the candidate today', seen: seenIn(text), ...more });
}

test('asked for and accepted: it goes on at the other centre with its units and its first start', async () => {
  const one = await open();
  const address = addressOf(await ask('coordinator2', one));
  // Before: the asker sees neither name nor centre, and not the registration.
  const before = (await who('coordinator2').get(address)).text;
  assert.ok(!before.includes(one.family) && !before.includes('04417'));
  assert.ok(!(await who('coordinator2').get('/web-portal/transfers')).text.includes(one.family));
  assert.ok(!(await who('coordinator2').get(`/web-portal/transfers?q=${one.family}`)).text.includes(one.number));
  assert.equal((await who('coordinator2').get(`/web-portal/registrations/${one.id}`)).status, 404);
  assert.match((await who('coordinator').get('/needs-attention')).text, /1 transfer to answer/);
  assert.match((await who('coordinator').get(address)).text, new RegExp(one.family));
  assert.equal((await answer('coordinator2', address, 'accept')).status, 422, 'the asker cannot accept');
  assert.equal((await answer('coordinator', address, 'accept')).status, 303);
  const [moved] = await rows<{ id: string; candidate: string }>(
    `select n.id, n.candidate_id as candidate, n.programme_start::text as start, n.days_used as days, n.late, n.units_achieved as units, n.state,
       r.state as old, o.number as centre, n.origin_id = r.id as origin, n.registered_at = r.registered_at as same
     from web_portal.registrations n join web_portal.registrations r on r.id = n.transferred_from
     join accounts.organisations o on o.id = n.centre_id where r.id = $1`,
    [one.id],
  );
  assert.ok(moved);
  const { id, candidate, ...facts } = moved;
  assert.deepEqual(facts, {
    start: one.start,
    days: one.days,
    late: one.late,
    units: one.units,
    state: 'active',
    old: 'transferred',
    centre: '04426',
    origin: true,
    same: true,
  });
  const units = await rows(
    `select from web_portal.unit_achievements n join web_portal.unit_achievements f on f.unit_id = n.unit_id and f.achieved_at = n.achieved_at
     where n.registration_id = $1 and f.registration_id = $2 and n.source_kind = 'transfer' and n.source_id = $2`,
    [id, one.id],
  );
  assert.equal(units.length, one.units);
  // After: the new centre works on it; the old one keeps what was, and sees nothing of what is.
  const there = await who('coordinator2').get(`/web-portal/registrations/${id}`);
  assert.match(there.text, /Moved here from/);
  assert.equal((await who('coordinator').get(`/web-portal/registrations/${id}`)).status, 404);
  assert.match((await who('coordinator').get(`/web-portal/registrations/${one.id}`)).text, /Moved to/);
  assert.ok(!(await who('coordinator').get(`/web-portal/candidates/${candidate}`)).text.includes('Achieved elsewhere'));
  assert.ok(
    !(await who('coordinator2').get(`/web-portal/candidates/${candidate}`)).text.includes('Achieved elsewhere'),
  );
  const late = await answer('coordinator', address, 'refuse');
  assert.equal(late.status, 422);
  assert.match(late.text, /Somebody was faster/);
  const audited = await rows(
    `select distinct centre_id from platform.audit_events where kind = 'web-portal.registration-moved' and payload ->> 'fromRegistration' = $1`,
    [one.id],
  );
  assert.equal(audited.length, 2);
  const told = await rows(
    `select from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
     where n.kind = 'web-portal.transfer-moved' and c.username = 'coordinator2'`,
  );
  assert.equal(told.length, 1);
});

test('wrong pairs are answered alike, and after some of them nobody is answered about that number', async () => {
  const one = await open();
  const main = (text: string) => /No candidate of another centre[^<]+/.exec(text)?.[0];
  const wrongDay = await ask('coordinator2', one, { 'birthDate-year': '1971' });
  const wrongNumber = await ask('coordinator2', one, { candidateNumber: '00000000' });
  const [other] = await rows<{ product: string }>(
    `select a.product_id as product from centres_hub.approvals a join accounts.organisations o on o.id = a.centre_id and o.number = '04426'
     where a.product_id <> $1 limit 1`,
    [one.product],
  );
  const wrongProduct = await ask('coordinator2', one, { product: other?.product ?? '' });
  assert.equal(wrongDay.status, 422);
  assert.ok(main(wrongDay.text));
  assert.equal(main(wrongDay.text), main(wrongNumber.text));
  assert.equal(main(wrongDay.text), main(wrongProduct.text));
  for (let tries = 0; tries < 3; tries++) await ask('coordinator2', one, { 'birthDate-year': '1972' });
  const right = await ask('coordinator2', one);
  assert.equal(right.status, 422);
  assert.match(right.text, /Too many pairs were tried/);
  await run(`delete from platform.throttles`);
});

test('offered and accepted by the other; refused with a reason; taken back by who offered', async () => {
  const one = await open();
  const page = `/web-portal/registrations/${one.id}/transfer`;
  const wrong = await who('coordinator').post(page, { centreNumber: '99999', reason: REASON });
  assert.match(wrong.text, /There is no centre of this number/);
  assert.match(
    (await who('coordinator').post(page, { centreNumber: '04417', reason: REASON })).text,
    /your own centre/,
  );
  const offer = () => who('administrator').post(page, { centreNumber: '04426', reason: REASON });
  const address = addressOf(await offer());
  assert.match((await offer()).text, /is open already/);
  const stands = await who('coordinator').get(`/web-portal/registrations/${one.id}/withdraw`);
  assert.match(stands.text, /A transfer to another centre is open/);
  assert.match((await answer('coordinator2', address, 'refuse', { words: '' })).text, /Say why in a sentence/);
  assert.equal((await answer('coordinator2', address, 'refuse')).status, 303);
  const second = addressOf(await offer());
  assert.equal((await answer('coordinator2', second, 'withdraw')).status, 422);
  assert.equal((await answer('coordinator', second, 'withdraw')).status, 303);
  const third = addressOf(await offer());
  assert.equal((await who('assessor').post(third, { act: 'withdraw', words: REASON })).status, 403);
  assert.equal((await answer('coordinator2', third, 'accept')).status, 303);
});

test('a claim of prior learning and a change since the preview stand in the way', async () => {
  const one = await open('r.units_achieved = 0 and r.units_needed > 3');
  const address = addressOf(await ask('coordinator2', one));
  const { text } = await who('coordinator').get(address);
  await run(
    `insert into web_portal.prior_learning (centre_id, registration_id, unit_id, kind, grade, grounds, state, proposed_at, proposed_by, state_changed_at)
     select r.centre_id, r.id, (select u.id from products.units u where u.version_id = r.product_version_id limit 1),
       'recognition_of_prior_learning', 'pass', 'Grounds', 'proposed', now(), (select id from accounts.people limit 1), now()
     from web_portal.registrations r where r.id = $1`,
    [one.id],
  );
  const changed = await answer('coordinator', address, 'accept', { seen: seenIn(text) });
  assert.match(changed.text, /Something changed since you looked/);
  const blocked = await answer('coordinator', address, 'accept');
  assert.equal(blocked.status, 422);
  assert.match(blocked.text, /claim of prior learning that nobody has decided/);
});

test('what is not answered in its time ends by itself, and can be asked for again', async () => {
  const one = await open();
  const address = addressOf(await ask('coordinator2', one));
  await run(`update web_portal.transfers set answer_by = current_date - 1 where id = $1`, [address.split('/').at(-1)]);
  await expireTransfers(app.services);
  assert.match((await who('coordinator2').get(address)).text, /Not answered in time/);
  assert.equal((await answer('coordinator', address, 'accept')).status, 422);
  addressOf(await ask('coordinator2', one));
});

test('of two acceptances at the same moment one moves it', async () => {
  const one = await open();
  const address = addressOf(await ask('coordinator2', one));
  const { text } = await who('coordinator').get(address);
  const body = { act: 'accept', words: '', seen: seenIn(text) };
  const answers = await Promise.all([who('coordinator').post(address, body), who('administrator').post(address, body)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422]);
  assert.equal((await rows('select from web_portal.registrations where transferred_from = $1', [one.id])).length, 1);
});

test('a revoked certificate and a waived lateness go along: neither is lost by a transfer', async () => {
  const one = await open();
  await run(
    `insert into certificates.claims (centre_id, registration_id, kind, state, claimed_at, claimed_by, decided_at, decided_by, reason)
     select r.centre_id, r.id, 'full', 'revoked', now(), (select id from accounts.people limit 1), now(), (select id from accounts.people limit 1), 'Test'
     from web_portal.registrations r where r.id = $1`,
    [one.id],
  );
  await run(
    `with outage as (insert into platform.outages (began_at, ended_at) values (now() - interval '9 days', now() - interval '8 days') returning id, began_at, ended_at)
     insert into web_portal.lateness_waivers (registration_id, centre_id, outage_id, outage_began_at, outage_ended_at, waived_at)
     select r.id, r.centre_id, o.id, o.began_at, o.ended_at, now() from web_portal.registrations r, outage o where r.id = $1`,
    [one.id],
  );
  const address = addressOf(await ask('coordinator2', one));
  assert.equal((await answer('coordinator', address, 'accept')).status, 303);
  const [there] = await rows<{ revoked: boolean; waived: boolean }>(
    `select certificates.revoked_before(n.id) as revoked,
       exists (select from web_portal.lateness_waivers w where w.registration_id = n.id and w.centre_id = n.centre_id) as waived
     from web_portal.registrations n where n.transferred_from = $1`,
    [one.id],
  );
  assert.deepEqual(there, { revoked: true, waived: true });
  const other = await open();
  const [untouched] = await rows<{ revoked: boolean }>('select certificates.revoked_before($1) as revoked', [other.id]);
  assert.equal(untouched?.revoked, false);
});
