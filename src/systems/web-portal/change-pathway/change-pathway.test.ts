/** Pathway, optional units, cohort and language: chosen with the registration or later, changed with preview, reason and history. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { recordUnitAchievement } from '../record-achievement/record-achievement.ts';

const REGISTER = '/web-portal/candidates/register';
let app: TestApplication;
let coordinator: PlainBrowser;
let product: string;
let forms = 0;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
  const [row] = await rows<{ id: string }>(`select id from products.products where code = 'LVP'`);
  product = row?.id as string;
});
after(() => app?.close());

async function rows<Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> {
  return asSuperuser(app.database.url, async (client) => (await client.query(query, values)).rows as Row[]);
}
const dateFields = (name: string, date: string) => {
  const [year, month, day] = date.split('-') as [string, string, string];
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const form = (familyName: string, changes: Record<string, string | string[]> = {}) => ({
  submissionId: randomUUID(),
  givenNames: 'Ines',
  familyName,
  // Each another person.
  ...dateFields('birthDate', addDays('2005-02-03', 7 * forms++)),
  ulnAbsentReason: 'Asked for',
  product,
  unitsOf: product,
  ...dateFields('programmeStart', addDays(dayInLondon(app.services.clock.now()), -5)),
  ...changes,
});
async function registered(familyName: string, changes: Record<string, string | string[]> = {}): Promise<string> {
  const { status, location, text } = await coordinator.post(REGISTER, form(familyName, changes));
  assert.equal(status, 303, /error-summary__list">.*?<\/ul>/s.exec(text)?.[0]);
  return location?.split('registered=')[1] as string;
}
const choicesOf = (id: string) =>
  rows<{ number: number; units: string[]; pathway: string | null; reason: string }>(
    'select number, units, pathway, reason from web_portal.pathway_choices where registration_id = $1 order by number',
    [id],
  );

describe('pathway and optional units', () => {
  it('are shown for the product, and judged at once', async () => {
    const { text } = await coordinator.get(`${REGISTER}?product=${product}`);
    assert.match(text, /Optional topics: 2 of these/);
    assert.match(text, /Still to be chosen, now or later: 2 more of &quot;Optional topics&quot;/);
    const draft = /name="draft" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const typed = { draft, revision: '0', seen: '{}', product, unitsOf: product };
    const answer = await coordinator.postJson('/web-portal/drafts/typed', { ...typed, unit: ['LVP-K11', 'LVP-K12'] });
    assert.match(JSON.parse(answer.text).told.units, /LVP-K11 .* and LVP-K12 .* have equal content/);
  });

  it('are refused with a barred pair, and when they were shown for another product', async () => {
    const barred = await coordinator.post(REGISTER, form('Barred', { unit: ['LVP-K11', 'LVP-K12'] }));
    assert.equal(barred.status, 422);
    assert.match(barred.text, /have equal content, and one of them counts/);
    assert.match(barred.text, /value="LVP-K11" checked/);
    const other = await coordinator.post(REGISTER, form('Other', { unitsOf: randomUUID(), unit: ['LVP-K15'] }));
    assert.equal(other.status, 422);
    assert.match(other.text, /are of another product/);
    assert.match(other.text, /Optional topics: 2 of these/);
  });

  it('stand on the registration, and planned units come first in what is missing', async () => {
    const id = await registered('Planned', { unit: ['LVP-K15', 'LVP-K13', 'LVP-S13'] });
    assert.deepEqual(
      (await choicesOf(id)).map(({ units }) => units),
      [['LVP-K15', 'LVP-K13', 'LVP-S13']],
    );
    const { text } = await coordinator.get(`/web-portal/registrations/${id}`);
    assert.match(text, /Planned units/);
    const needed = text.slice(text.indexOf('Still needed for the certificate'));
    assert.match(needed.slice(0, 700), /Optional topics.*Planned: LVP-K15 .*; LVP-K13/s);
  });

  it('are changed with a preview and a reason, and nothing of the history is lost', async () => {
    const id = await registered('Changed', { unit: ['LVP-K15', 'LVP-K13', 'LVP-S13'] });
    const [unit] = await rows<{ id: string }>(
      `select u.id from products.units u join web_portal.registrations r on r.product_version_id = u.version_id
       where r.id = $1 and u.code = 'LVP-K15'`,
      [id],
    );
    await app.services.database.write(SYSTEM, (writer) =>
      recordUnitAchievement(writer, {
        registrationId: id,
        unitId: unit?.id as string,
        sourceKind: 'recognition_of_prior_learning',
        sourceId: id,
        at: writer.now,
      }),
    );
    const path = `/web-portal/registrations/${id}/pathway`;
    assert.match((await coordinator.get(path)).text, /value="LVP-K15" checked/);
    const choice = { unitsOf: product, unit: ['LVP-K11', 'LVP-S11', 'LVP-K13', 'LVP-S13'] };
    const preview = await coordinator.post(path, { ...choice, act: 'preview' });
    assert.equal(preview.status, 200);
    assert.match(preview.text, /no longer planned.*LVP-K15/s);
    assert.equal((await choicesOf(id)).length, 1, 'a preview changes nothing');
    const without = await coordinator.post(path, choice);
    assert.equal(without.status, 422);
    assert.match(without.text, /Say why/);
    const done = await coordinator.post(path, {
      ...choice,
      reason: 'Moved to the air conditioning team',
      submissionId: randomUUID(),
    });
    assert.equal(done.status, 303);
    assert.deepEqual(
      (await choicesOf(id)).map(({ number, reason }) => `${number} ${reason}`),
      ['1 Chosen with the registration', '2 Moved to the air conditioning team'],
    );
    assert.match((await coordinator.get(`/web-portal/registrations/${id}`)).text, /Moved to the air conditioning team/);
    const same = await coordinator.post(path, { ...choice, act: 'preview' });
    assert.equal(same.status, 422);
    assert.match(same.text, /the choice that holds already/);
  });

  it('a pathway asks for its units: what counted is not enough any more', async () => {
    // A version with pathways: the demonstration has none, and versions are never changed by a page.
    const [version] = await rows<{ id: string; code: string }>(
      `select v.id, p.code from products.versions v join products.products p on p.id = v.product_id where p.code = 'LVP'`,
    );
    await rows(`update products.versions set pathways = $2 where id = $1`, [
      version?.id,
      JSON.stringify([
        { title: 'Climate', units: ['LVP-K12'] },
        { title: 'Service', units: ['LVP-K13'] },
      ]),
    ]);
    const id = await registered('Pathway', { pathway: 'Climate' });
    const { text } = await coordinator.get(`/web-portal/registrations/${id}`);
    assert.match(text, /LVP-K12 [^<]* is not achieved yet/);
    const open = await registered('Undecided');
    assert.match((await coordinator.get(`/web-portal/registrations/${open}`)).text, /1 more of &quot;Pathway&quot;/);
    const [before] = await rows<{ needed: number }>(
      'select units_needed as needed from web_portal.registrations where id = $1',
      [open],
    );
    assert.ok((before?.needed ?? 0) > 0);
    await rows(`update products.versions set pathways = '[]' where id = $1`, [version?.id]);
  });

  it('belong to the centre, and stay when the registration has ended', async () => {
    const id = await registered('Ended');
    const path = `/web-portal/registrations/${id}/pathway`;
    const foreign = await app.logIn('coordinator2');
    assert.equal((await foreign.get(path)).status, 404);
    await rows(`update web_portal.registrations set state = 'withdrawn' where id = $1`, [id]);
    assert.match((await coordinator.get(path)).text, /not in progress/);
    const refused = await coordinator.post(path, { unitsOf: product, unit: ['LVP-K15'], reason: 'Late' });
    assert.equal(refused.status, 422);
    assert.equal((await choicesOf(id)).length, 0);
  });
});

describe('language of assessment', () => {
  it('that the version is not offered in is refused, with those on offer and the way to ask', async () => {
    const refused = await coordinator.post(REGISTER, form('Welsh', { assessmentLanguage: 'cy' }));
    assert.equal(refused.status, 422);
    assert.match(
      refused.text,
      /is assessed in English, not in Welsh\. Choose English, or ask for assessment in another language/,
    );
    assert.match(refused.text, /href="\/centres-hub\/requests\/new\/assessment-in-another-language"/);
    await rows(
      `update products.versions v set languages = '{en,cy}' from products.products p where p.id = v.product_id and p.code = 'LVP'`,
    );
    const id = await registered('Welsh', { assessmentLanguage: 'cy' });
    assert.match((await coordinator.get(`/web-portal/registrations/${id}`)).text, /Welsh/);
    const irish = await coordinator.post(REGISTER, form('Irish', { assessmentLanguage: 'ga' }));
    assert.match(irish.text, /is assessed in English and Welsh, not in Irish\. Choose one of them/);
  });
});

describe('cohort', () => {
  it('is a name of the centre: suggested, a filter of the list, in the export', async () => {
    const refused = await coordinator.post(REGISTER, form('Formula', { cohort: '=1+1' }));
    assert.match(refused.text, /name of the cohort begins with a letter or digit/);
    await registered('Together', { cohort: 'Spring 2027, group B' });
    assert.match((await coordinator.get(REGISTER)).text, /<datalist[^>]*>.*Spring 2027, group B/s);
    const { text } = await coordinator.get('/web-portal/candidates?cohort=Spring%202027%2C%20group%20B');
    assert.match(text, /Together/);
    assert.match(text, /1 candidate, 1 registration/);
    assert.match((await coordinator.get('/web-portal/candidates/export?q=together')).text, /Spring 2027, group B/);
    const foreign = await app.logIn('coordinator2');
    assert.doesNotMatch((await foreign.get(REGISTER)).text, /Spring 2027, group B/);
  });
});
