/** Expiry in words, and the reminder of a centre before an award ends. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { expiryInWords, hasExpired } from './expiry.ts';

let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
});
after(() => app.close());

const rows = async <Row>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];

test('an award is good to the end of its last day, and words say what moved it', () => {
  const plain = { firstExpiresOn: '2028-11-03', expiresOn: '2028-11-03' };
  assert.equal(expiryInWords(plain, '2028-11-03'), 'Valid until 3 November 2028');
  assert.equal(expiryInWords(plain, '2028-11-04'), 'Was valid until 3 November 2028');
  const moved = { ...plain, expiresOn: '2029-05-03' };
  assert.equal(expiryInWords(moved, '2028-11-04'), 'Valid until 3 May 2029, extended from 3 November 2028');
  assert.deepEqual(
    [hasExpired(null, '2028-11-04'), hasExpired(plain, '2028-11-03'), hasExpired(plain, '2028-11-04')],
    [false, false, true],
  );
});

/** Lays the issue of an award so that it ends so many days from today. */
const endsIn = (certificateId: string, days: number) =>
  rows(
    `update certificates.certificates set issued_on = ($2::date + $3::int - interval '36 months')::date where id = $1`,
    [certificateId, dayInLondon(app.services.clock.now()), days],
  );
const reminder = async () =>
  /(\d+) awards? expires? within 90 days/.exec((await coordinator.get('/needs-attention')).text)?.[0];

test('a centre is reminded from 90 days before an award ends, and its list shows which', async () => {
  const [own] = await rows<{ id: string; serial: string }>(
    `select a.certificate_id as id, left(f.serial, 4) as serial from certificates.award_expiries a
     join certificates.certificates f on f.id = a.certificate_id join accounts.organisations o on o.id = a.centre_id and o.number = '04417'
     where cardinality(a.extended_by) = 0`,
  );
  assert.ok(own);
  const listed = async (expires: string) =>
    (await coordinator.get(`/certificates?expires=${expires}`)).text.includes(own.serial);
  assert.equal(await reminder(), undefined);
  await endsIn(own.id, 91);
  assert.equal(await reminder(), undefined);
  await endsIn(own.id, 90);
  assert.equal(await reminder(), '1 award expires within 90 days');
  assert.deepEqual([await listed('90'), await listed('30')], [true, false]);
  await endsIn(own.id, 7);
  assert.deepEqual([await listed('7'), await listed('expired')], [true, false]);
  await endsIn(own.id, -1);
  assert.equal(await reminder(), undefined);
  assert.deepEqual([await listed('7'), await listed('expired')], [false, true]);

  // Renewed: the candidate holds a later award of the product.
  await endsIn(own.id, 7);
  await rows(
    `update certificates.certificates l set candidate_id = f.candidate_id, registration_id = f.registration_id from certificates.certificates f, certificates.award_expiries a
     where f.id = $1 and a.certificate_id = l.id and cardinality(a.extended_by) = 1`,
    [own.id],
  );
  assert.equal(await reminder(), undefined);
  assert.equal(await listed('7'), false);
});
