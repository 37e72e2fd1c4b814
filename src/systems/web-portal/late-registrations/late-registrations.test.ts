/** Late registrations: reported with days late, waived by the record of our own outages, and the rate without those. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addDays } from '../programme-days/programme-days.ts';

const LATE = '/web-portal/late-registrations';
let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  // A Wednesday among working days: what is waived depends on the calendar.
  app = await startTestApplication({ clock: new SetClock('2026-11-25T10:00:00Z') });
  coordinator = await app.logIn('coordinator');
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const dateFields = (name: string, date: string) => {
  const [year, month, day] = date.split('-') as [string, string, string];
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
async function register(familyName: string, startedDaysAgo: number): Promise<string> {
  const [product] = await rows<{ id: string }>(`select id from products.products where code = 'ARH'`);
  const { status, location, text } = await coordinator.post('/web-portal/candidates/register', {
    submissionId: randomUUID(),
    givenNames: 'Late',
    familyName,
    ...dateFields('birthDate', '2005-02-03'),
    ulnAbsentReason: 'Asked for',
    product: product?.id as string,
    ...dateFields('programmeStart', addDays(dayInLondon(app.services.clock.now()), -startedDaysAgo)),
  });
  assert.equal(status, 303, /error-summary__list">.*?<\/ul>/s.exec(text)?.[0]);
  return location?.split('registered=')[1] as string;
}

it('lists what was late, to the centre its own and to the awarding body each centre', async () => {
  const id = await register('Tardyworth', 97);
  const { text } = await coordinator.get(`${LATE}?q=tardyworth`);
  assert.match(text, new RegExp(`registrations/${id}`));
  assert.match(text, /7 days/);
  assert.match(text, /registrations for regulated qualifications, \d+\.\d%/);
  assert.match((await coordinator.get(`${LATE}/export?q=tardyworth`)).text, /Tardyworth.*,7,/);
  const foreign = await app.logIn('coordinator2');
  assert.doesNotMatch((await foreign.get(LATE)).text, /Tardyworth/);
  assert.doesNotMatch((await foreign.get(`${LATE}?centre=04417`)).text, /Tardyworth/);
  assert.equal((await coordinator.get(`${LATE}/centres`)).status, 403);
  const quality = await app.logIn('quality');
  assert.match((await quality.get(`${LATE}?centre=04417&q=tardyworth`)).text, /Tardyworth/);
  assert.match((await quality.get(`${LATE}/centres?sort=late`)).text, /04417/);
  const file = (await quality.get(`${LATE}/centres/export?period=all`)).text;
  const line = /^04417,.*$/m.exec(file)?.[0].split(',') ?? [];
  const [registered, late, waived, rate] = line.slice(-4);
  assert.equal(rate?.trim(), `${((Number(late) / Number(registered)) * 100).toFixed(1)}%`);
  assert.equal(waived, '0');
});

it('waives what our own outage caused, keeps it on record, and leaves it out of the rate', async () => {
  const ratesOf = async () =>
    /(\d+) of (\d+) registrations for/.exec((await coordinator.get(LATE)).text)?.slice(1) ?? [];
  const before = await ratesOf();
  const now = app.services.clock.now();
  // The whole of the last three days of the 90, until an hour ago: whatever day it is, working time is among them or it is a holiday.
  await rows('insert into platform.outages (began_at, ended_at) values ($1, $2)', [
    new Date(now.getTime() - 8 * 86_400_000),
    new Date(now.getTime() - 3_600_000),
  ]);
  const id = await register('Waivedson', 92);
  const { text } = await coordinator.get(`/web-portal/registrations/${id}`);
  assert.match(text, /Registered late: 92 days after the programme started, 90 are allowed; waived: our outage of/);
  const [row] = await rows<{ late: boolean }>('select late from web_portal.registrations where id = $1', [id]);
  assert.equal(row?.late, true);
  assert.match((await coordinator.get(`${LATE}?waived=yes`)).text, /Waivedson/);
  assert.doesNotMatch((await coordinator.get(`${LATE}?waived=no`)).text, /Waivedson/);
  const [late, all] = await ratesOf();
  assert.ok(late && all && before[0], 'the sentence of the rate is there');
  assert.deepEqual([Number(late), Number(all)], [Number(before[0]), Number(before[1]) + 1]);
  // Long over the limit before the outage began: not its doing.
  const other = await register('Notwaived', 120);
  assert.doesNotMatch((await coordinator.get(`/web-portal/registrations/${other}`)).text, /our outage of/);
});

it('counts a day of the limit as in time', async () => {
  await register('Punctual', 90);
  assert.doesNotMatch((await coordinator.get(`${LATE}?q=punctual`)).text, /Punctual/);
});
