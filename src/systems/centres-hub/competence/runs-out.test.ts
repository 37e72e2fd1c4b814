/** A licence and an approval that run out, over the days before, the last day, the second after, and a server that slept. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { competenceOf } from './read-standing.ts';
import { remindOfExpiries } from './remind.ts';

const clock = new SetClock(new Date());
let app: TestApplication;
before(async () => {
  app = await startTestApplication({ clock });
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const to = (moment: string) => clock.advance(new Date(moment).getTime() - clock.now().getTime());

/** Idris Penhallow's licence for refrigerants with another last day, as if he had renewed it. */
async function renewed(lastDay: string): Promise<string> {
  const [made] = await rows<{ id: string }>(
    `insert into centres_hub.competence_records (centre_id, staff_member_id, kind, title, happened_on, issuer, product_id, expires_on, recorded_at, supersedes_id)
     select centre_id, staff_member_id, kind, title, happened_on, issuer, product_id, $1, recorded_at, id
     from centres_hub.competence_records r where title = 'Refrigerant handling'
       and not exists (select from centres_hub.competence_records n where n.supersedes_id = r.id) returning id`,
    [lastDay],
  );
  return made?.id as string;
}

const toldOf = (aboutId: string) =>
  rows<{ days_before: number; told: boolean }>(
    'select days_before, told from centres_hub.competence_reminders where about_id = $1 order by days_before desc',
    [aboutId],
  );
const notified = async (username: string, subject: string) =>
  (
    await rows(
      `select 1 from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
       where c.username = $1 and n.kind = 'centres-hub.competence-runs-out' and n.subject like $2`,
      [username, `%${subject}%`],
    )
  ).length;
const audited = async (aboutId: string) =>
  (
    await rows(
      `select 1 from platform.audit_events where kind = 'centres-hub.competence-ran-out' and subject_id = $1`,
      [aboutId],
    )
  ).length;

async function mayAssess(): Promise<boolean> {
  const [row] = await rows<{ centreId: string; personId: string; productId: string }>(
    `select o.id as "centreId", c.person_id as "personId", p.id as "productId"
     from accounts.organisations o, accounts.credentials c, products.products p
     where o.number = '04417' and c.username = 'assessor' and p.code = 'ARH'`,
  );
  assert.ok(row);
  const standing = await app.services.database.read(SYSTEM, (reader) =>
    competenceOf(reader, { ...row, function: 'assessor', siteId: null }),
  );
  return standing.allowed;
}

it('the first start tells nobody of what the demonstration says was told', async () => {
  assert.equal(await remindOfExpiries(app.services), 0);
});

it('tells the person and the coordinator 90, 30 and 7 days before, each once, and enters the end', async () => {
  // Renewed before the clock moves: the server's own work would tell of the end of the old one.
  const licence = await renewed('2027-06-30');
  to('2027-01-04T12:00:00Z');
  // The other things that have run out in the demonstration by now are told first.
  await remindOfExpiries(app.services);
  assert.deepEqual(await toldOf(licence), []);
  const days: [string, number][] = [
    ['2027-04-01T09:00:00Z', 90],
    ['2027-05-31T09:00:00Z', 30],
    ['2027-06-23T09:00:00Z', 7],
  ];
  for (const [moment, distance] of days) {
    to(moment);
    await Promise.all([remindOfExpiries(app.services), remindOfExpiries(app.services)]);
    await remindOfExpiries(app.services);
    assert.deepEqual((await toldOf(licence)).at(-1), { days_before: distance, told: true });
    for (const username of ['assessor', 'coordinator'])
      assert.equal(
        await notified(username, `handling" of Idris Penhallow runs out in ${distance} days`),
        1,
        `${username}, ${distance}`,
      );
    assert.equal(await notified('coordinator2', 'Refrigerant'), 0);
  }
  assert.match(
    (await (await app.logIn('assessor')).get('/home')).text,
    /The licence &quot;Refrigerant handling&quot; runs out/,
  );
  assert.match((await (await app.logIn('coordinator')).get('/needs-attention')).text, /run out|runs out/);

  // British Summer Time: the last second of the last day, and the first of the next.
  to('2027-06-30T22:59:59Z');
  assert.equal(await mayAssess(), true);
  await remindOfExpiries(app.services);
  assert.equal(await audited(licence), 0);
  clock.advance(1000);
  assert.equal(await mayAssess(), false, 'ended by the dates, before any job ran');
  await remindOfExpiries(app.services);
  await remindOfExpiries(app.services);
  assert.deepEqual(
    await toldOf(licence),
    [90, 30, 7, 0].map((days_before) => ({ days_before, told: true })),
  );
  assert.equal(await audited(licence), 1);
  assert.equal(await notified('assessor', 'handling" of Idris Penhallow has run out'), 1);
});

it('tells once what is true now, when the server slept over two of the days', async () => {
  const licence = await renewed('2027-12-31');
  assert.equal(await mayAssess(), true);
  to('2027-12-28T09:00:00Z');
  await remindOfExpiries(app.services);
  assert.deepEqual(await toldOf(licence), [
    { days_before: 90, told: false },
    { days_before: 30, told: false },
    { days_before: 7, told: true },
  ]);
  assert.equal(await notified('assessor', 'handling" of Idris Penhallow runs out in 3 days'), 1);
  const withdrawn = await rows<{ id: string }>(
    `update centres_hub.competence_records set withdrawn_at = $1, withdrawn_reason = 'Not needed any more' where id = $2 returning id`,
    [clock.now(), licence],
  );
  assert.equal(withdrawn.length, 1);
  to('2028-01-03T09:00:00Z');
  await remindOfExpiries(app.services);
  assert.equal(await audited(licence), 0, 'what was withdrawn does not run out');
});
