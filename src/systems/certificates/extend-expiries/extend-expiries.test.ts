/** Extension of many expiries through the pages: looked at, applied once, not beyond, and shown wherever an award is. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { recordUnitAchievement } from '#web-portal';

const PATH = '/certificates/extensions/new';

let app: TestApplication;
const people = new Map<string, PlainBrowser>();
const who = (username: string) => people.get(username) as PlainBrowser;
const rows = async <Row>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];

interface Award {
  readonly id: string;
  readonly serial: string;
  readonly family: string;
}
/** Issues a certificate for an open registration and lays its issue on a day. */
async function award(code: string, centre: string, issuedOn: string, more = 'true'): Promise<Award> {
  const [open] = await rows<{ id: string; units: string[] }>(
    `select r.id, array(select u.id from products.units u where u.version_id = r.product_version_id)::text[] as units
     from web_portal.registrations r join products.products p on p.id = r.product_id and p.code = $1
     join accounts.organisations o on o.id = r.centre_id and o.number = $2 join web_portal.candidates c on c.id = r.candidate_id
     where r.state = 'active' and ${more}
       and not exists (select from certificates.claims k where k.registration_id = r.id) order by r.registered_at limit 1`,
    [code, centre],
  );
  assert.ok(open, `${code} at ${centre}`);
  await app.services.database.write({ kind: 'system' }, async (writer) => {
    for (const unitId of open.units)
      await recordUnitAchievement(writer, {
        registrationId: open.id,
        unitId,
        sourceKind: 'recognition_of_prior_learning',
        sourceId: open.id,
        at: writer.now,
      });
  });
  const claimed = await who(centre === '04417' ? 'coordinator' : 'coordinator2').post(
    `/certificates/claim/${open.id}`,
    {},
  );
  assert.match(String(claimed.location), /issued=yes/, claimed.text);
  const [made] = await rows<Award>(
    `update certificates.certificates set issued_on = $2 where registration_id = $1
     returning id, serial, content -> 'holder' ->> 'familyName' as family`,
    [open.id, issuedOn],
  );
  return made as Award;
}

let [inside, edge, outside, other, own, far]: Award[] = [];
let [evh, arh] = ['', ''];
before(async () => {
  app = await startTestApplication();
  for (const username of ['coordinator', 'coordinator2', 'administrator', 'officer', 'quality', 'candidate'])
    people.set(username, await app.logIn(username));
  [{ id: evh = '' } = {}] = await rows<{ id: string }>(`select id from products.products where code = 'EVH'`);
  // A second product whose awards have an end.
  [{ id: arh = '' } = {}] = await rows<{ id: string }>(
    `update products.versions v set validity_months = 36 from products.products p where p.id = v.product_id and p.code = 'ARH' returning p.id`,
  );
  inside = await award('EVH', '04417', '2025-11-03');
  edge = await award('EVH', '04417', '2025-11-30');
  outside = await award('EVH', '04417', '2025-12-01');
  other = await award('ARH', '04417', '2025-11-10', 'c.person_id is null');
  own = await award('ARH', '04417', '2025-11-11', 'c.person_id is not null');
  far = await award('ARH', '04426', '2025-11-12');
});
after(() => app.close());

const day = (name: string, value: string) => {
  const [year = '', month = '', date = ''] = value.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const RULE = {
  extensionId: '0199c0de-0000-7000-8000-000000000001',
  name: 'Test centres closed',
  months: '6',
  mostTimes: '2',
  reason: 'Candidates could not renew in time',
  window1Name: 'November 2028',
  ...day('window1From', '2028-11-01'),
  ...day('window1Until', '2028-11-30'),
};
type Fields = Record<string, string | string[]>;
const seenIn = ({ text }: PlainAnswer) => /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? '';
const send = (fields: Fields, by = 'officer') => who(by).post(PATH, fields);
async function apply(fields: Fields): Promise<PlainAnswer> {
  const looked = await send(fields);
  assert.equal(looked.status, 422);
  return send({ ...fields, seen: seenIn(looked) });
}
const extended = (extensionId: string) =>
  rows<{ id: string; from: string; to: string }>(
    `select certificate_id as id, from_day::text as "from", to_day::text as "to" from certificates.extended_awards
     where extension_id = $1 order by from_day, certificate_id`,
    [extensionId],
  );
const verify = async ({ serial, family }: Award) =>
  (await app.browser().get(`/verify?${new URLSearchParams({ serial, familyName: family })}`)).text;
const idOf = (n: number) => RULE.extensionId.replace(/1$/, String(n));

test('what is wrong is said beside what was typed', async () => {
  const answer = await send({
    extensionId: RULE.extensionId,
    name: 'Kept name',
    months: '99',
    ...day('window1From', '2028-11-31'),
  });
  assert.equal(answer.status, 422);
  for (const words of ['Choose whose awards', 'from 1 to 36', 'real date', 'Say why'])
    assert.ok(answer.text.includes(words), words);
  assert.match(answer.text, /value="Kept name"/);
  const over = await send({
    ...RULE,
    products: [evh],
    window2Name: 'Late',
    ...day('window2From', '2028-11-30'),
    ...day('window2Until', '2028-12-05'),
  });
  assert.match(over.text, /Window 2 lies over &quot;November 2028&quot;/);
  const none = await send({
    ...RULE,
    products: [evh],
    ...day('window1From', '2040-01-01'),
    ...day('window1Until', '2040-01-02'),
  });
  const still = await send({
    ...RULE,
    products: [evh],
    ...day('window1From', '2040-01-01'),
    ...day('window1Until', '2040-01-02'),
    seen: seenIn(none),
  });
  assert.ok(!still.text.includes('Extend 0 awards'));
  assert.equal(still.status, 422);
});

test('the first press shows what would be extended and does nothing; the second does exactly that, once', async () => {
  const fields = { ...RULE, products: [evh] };
  const looked = await send(fields);
  assert.equal(looked.status, 422);
  assert.match(looked.text, /Nothing is extended yet/);
  assert.match(looked.text, /2 awards of 1 centre, by 6 months/);
  assert.match(looked.text, /<dt>November 2028<\/dt><dd>2 awards<\/dd>/);
  assert.match(looked.text, /<dt>Left out: expire outside the windows<\/dt><dd>[1-9]\d*<\/dd>/);
  assert.deepEqual(await extended(RULE.extensionId), []);

  const sent = { ...fields, seen: seenIn(looked) };
  const answers = await Promise.all([send(sent), send(sent), send({ ...sent, submissionId: crypto.randomUUID() })]);
  for (const { status, location } of answers) {
    assert.equal(status, 303);
    assert.match(String(location), new RegExp(`^/certificates/extensions/${RULE.extensionId}`));
  }
  // Shown in the sample: these two, with the old and the new day.
  assert.deepEqual(await extended(RULE.extensionId), [
    { id: inside?.id, from: '2028-11-03', to: '2029-05-03' },
    { id: edge?.id, from: '2028-11-30', to: '2029-05-30' },
  ]);
  for (const words of ['3 May 2029', '30 May 2029']) assert.ok(looked.text.includes(words), words);
  assert.ok(!looked.text.includes(String(outside?.serial.slice(0, 4))));
  const audited = await rows<{ kind: string; count: number }>(
    `select kind, count(*)::int as count from platform.audit_events
     where (kind = 'certificates.expiries-extended' and subject_id = $1)
       or (kind = 'certificates.award-extended' and payload ->> 'extension' = $1) group by kind order by kind`,
    [RULE.extensionId],
  );
  assert.deepEqual(audited, [
    { kind: 'certificates.award-extended', count: 2 },
    { kind: 'certificates.expiries-extended', count: 1 },
  ]);
  const page = await who('officer').get(`/certificates/extensions/${RULE.extensionId}?q=${inside?.family}`);
  assert.match(page.text, /3 May 2029/);
  assert.match((await who('officer').get('/certificates/extensions')).text, /Test centres closed/);
});

test('the public check, the centre and the certificate’s page say so; the certificate is as it was', async () => {
  assert.match(await verify(inside as Award), /Valid until 3 May 2029, extended from 3 November 2028/);
  assert.match(await verify(outside as Award), /Valid until 1 December 2028</);
  const page = (await who('coordinator').get(`/certificates/${inside?.id}`)).text;
  assert.match(page, /Valid until 3 May 2029, extended from 3 November 2028/);
  assert.match(page, /Candidates could not renew in time/);
  assert.equal((await who('coordinator2').get(`/certificates/${inside?.id}`)).status, 404);
});

test('an award is not extended beyond the stated times, and awards of other products stay', async () => {
  const next = { ...RULE, name: 'Still closed', mostTimes: '1', ...day('window1Until', '2029-12-31') };
  const only = await apply({ ...next, extensionId: idOf(2), products: [evh] });
  assert.equal(only.status, 303, only.text);
  assert.deepEqual(
    (await extended(idOf(2))).map(({ id }) => id),
    (
      await rows<{ id: string }>(
        `select certificate_id as id from certificates.award_expiries a where product_id = $1
       and first_expires_on between '2028-11-01' and '2029-12-31' and cardinality(extended_by) = 1 and $2 = any(extended_by)
       order by first_expires_on, certificate_id`,
        [evh, idOf(2)],
      )
    ).map(({ id }) => id),
  );
  const moved = (await extended(idOf(2))).map(({ id }) => id);
  assert.ok(moved.includes(String(outside?.id)) && !moved.includes(String(inside?.id)));
  assert.ok(!moved.includes(String(other?.id)));
  assert.match(await verify(other as Award), /Valid until 10 November 2028</);
});

test('every centre concerned is told once, and the candidate sees the own award', async () => {
  await rows(`delete from platform.notifications where kind = 'certificates.awards-extended'`);
  const both = { ...RULE, extensionId: idOf(3), products: [arh] };
  const looked = await send(both);
  assert.match(looked.text, /3 awards of 2 centres, by 6 months/);
  // One more award since: what was looked at is not what would be done.
  const late = await award('ARH', '04417', '2025-11-20', 'c.person_id is null');
  const stale = await send({ ...both, seen: seenIn(looked) });
  assert.equal(stale.status, 422);
  assert.deepEqual(await extended(idOf(3)), []);
  assert.equal((await send({ ...both, seen: seenIn(stale) })).status, 303);
  assert.deepEqual(
    (await extended(idOf(3))).map(({ id }) => id),
    [other, own, far, late].map((one) => one?.id),
  );
  const told = await rows<{ username: string; count: number }>(
    `select c.username, count(*)::int as count from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
     where n.kind = 'certificates.awards-extended' and c.username in ('coordinator', 'coordinator2') group by 1 order by 1`,
  );
  assert.deepEqual(told, [
    { username: 'coordinator', count: 1 },
    { username: 'coordinator2', count: 1 },
  ]);
  assert.match(
    (await who('candidate').get('/my/certificates')).text,
    /Valid until 11 May 2029, extended from 11 November 2028/,
  );
});

test('an award whose time has ended is said to be expired, and a revoked one is not extended', async () => {
  await rows(`update certificates.certificates set issued_on = '2020-01-31' where id = $1`, [outside?.id]);
  await rows('delete from certificates.extended_awards where certificate_id = $1', [outside?.id]);
  const text = await verify(outside as Award);
  assert.match(text, /Genuine, and expired/);
  assert.match(text, /Was valid until 31 January 2023/);
  assert.match((await who('coordinator').get(`/certificates/${outside?.id}`)).text, />Expired</);
  await rows(
    `insert into certificates.certificate_states (centre_id, certificate_id, state, at, reason)
     select centre_id, id, 'revoked', now(), 'Issued by mistake' from certificates.certificates where id = $1`,
    [outside?.id],
  );
  const looked = await send({
    ...RULE,
    extensionId: idOf(4),
    products: [evh],
    ...day('window1From', '2023-01-01'),
    ...day('window1Until', '2023-02-01'),
  });
  assert.match(looked.text, /<dt>Left out: replaced or revoked<\/dt><dd>1<\/dd>/);
  assert.ok(!looked.text.includes('will be extended'));
});

test('only officers open the pages', async () => {
  for (const username of ['coordinator', 'administrator', 'quality', 'candidate']) {
    for (const path of ['/certificates/extensions', PATH, `/certificates/extensions/${RULE.extensionId}`])
      assert.equal((await who(username).get(path)).status, 403, `${username} ${path}`);
    assert.equal((await send({ ...RULE, products: [evh] }, username)).status, 403);
  }
  const csv = await who('officer').get(`/certificates/extensions/${RULE.extensionId}/export`);
  assert.match(csv.text, /2029-05-03/);
});
