/** Products edited through the pages of the awarding body: drafts, versions, two editors, dates, and who sees what. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

let app: TestApplication;
let officer: PlainBrowser;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  officer = await app.logIn('officer');
  coordinator = await app.logIn('coordinator');
});
after(() => app?.close());

const seenIn = ({ text }: PlainAnswer): string => /name="seen" value="([0-9a-f]+)"/.exec(text)?.[1] ?? '';
const revisionIn = ({ text }: PlainAnswer): string => /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '';

/** Opens a form of the draft and sends it with these fields. */
async function save(path: string, fields: Record<string, string | string[]>): Promise<PlainAnswer> {
  const shown = await officer.get(`/products/editing${path}`);
  assert.equal(shown.status, 200, path);
  return officer.post(`/products/editing${path.replace(/\?.*/, '')}`, {
    seen: seenIn(shown),
    at: /at=([\d.]*)/.exec(path)?.[1] ?? '',
    ...fields,
  });
}
async function saved(path: string, fields: Record<string, string | string[]>): Promise<void> {
  const answer = await save(path, fields);
  assert.equal(answer.status, 303, `${path}: ${/error-summary__list">(.*?)<\/ul>/s.exec(answer.text)?.[1]}`);
}
const publish = async (code: string): Promise<PlainAnswer> =>
  officer.post(`/products/editing/${code}/publish`, {
    revision: revisionIn(await officer.get(`/products/editing/${code}/publish`)),
    reason: 'The review of the sector is done',
  });
const unit = (code: string, more: Record<string, string> = {}) => ({
  code,
  title: `Unit ${code}`,
  level: '2',
  credits: '3',
  guidedLearningHours: '20',
  assessedBy: 'online_test',
  outcomes: '1 Understand tyres\n1.1 K Describe the parts of a tyre\n1.2 S Inspect a tyre',
  ...more,
});

it('a new product is begun, refused while nobody can meet its rule, mended and published', async () => {
  const begun = await officer.post('/products/editing/new', {
    title: 'Level 2 Award in Tyre Care',
    code: 'tyr',
    kind: 'qualification',
  });
  assert.equal(begun.location, '/products/editing/TYR/facts');
  for (const path of ['/products/TYR', '/find-a-qualification/TYR'])
    assert.equal((await coordinator.get(path)).status, 404, path);
  assert.doesNotMatch((await coordinator.get('/products')).text, /Tyre Care/);
  assert.equal((await coordinator.get('/products/editing/TYR')).status, 403);

  const wrong = await save('/TYR/facts', { title: 'X', kind: 'qualification', qualificationNumber: '12' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /such as 500\/6771\/0/);
  assert.match(wrong.text, /value="12"/);
  await saved('/TYR/facts', {
    title: 'Level 2 Award in Tyre Care',
    kind: 'qualification',
    level: '2',
    qualificationNumber: '60309998',
    languages: ['en', 'cy'],
    renewable: 'no',
  });
  for (const code of ['TYR-1', 'TYR-2', 'TYR-3']) await saved('/TYR/units/add', unit(code));
  assert.match((await save('/TYR/units/add', unit('TYR-1'))).text, /There is a unit TYR-1 already/);
  await saved('/TYR/size', {
    totalQualificationTime: '64',
    guidedLearningHours: '40',
    credits: '7',
    'operationalStart-day': '1',
    'operationalStart-month': '9',
    'operationalStart-year': '2026',
  });
  await saved('/TYR/grading', {
    kind: 'points',
    per: 'unit',
    passPoints: '2',
    meritPoints: '4',
    distinctionPoints: '6',
    meritFrom: '8',
    distinctionFrom: '11',
  });
  await saved('/TYR/rule/add-units?at=', { units: ['TYR-1'] });
  await saved('/TYR/rule/add-group?at=', { kind: 'choose', number: '2', title: 'Optional units' });
  await saved('/TYR/rule/add-units?at=1', { units: ['TYR-2', 'TYR-3'] });
  await saved('/TYR/rule/barred?at=', { one: 'TYR-2', other: 'TYR-3' });
  const rule = await officer.get('/products/editing/TYR/rule');
  assert.match(
    rule.text,
    /Nobody can meet the rule: &quot;Optional units&quot; asks for 1 more|Optional units.{0,10} asks for 1 more than there can be/,
  );

  const refused = await officer.get('/products/editing/TYR/publish');
  assert.match(refused.text, /Credit must be 6: total qualification time of 64 hours divided by 10/);
  assert.equal((await publish('TYR')).status, 422);
  assert.equal((await coordinator.get('/products/TYR')).status, 404);

  await saved('/TYR/size', {
    totalQualificationTime: '64',
    guidedLearningHours: '40',
    credits: '6',
    'operationalStart-day': '1',
    'operationalStart-month': '9',
    'operationalStart-year': '2026',
  });
  await saved('/TYR/rule/change?at=1', { kind: 'choose', number: '1', title: 'Optional units' });
  assert.equal((await publish('TYR')).location, '/products/editing/TYR?done=published');
  const shown = await coordinator.get('/products/TYR');
  for (const words of [
    /60[34]\/0999\/8|603\/0999\/8/,
    /English, Welsh/,
    /Describe the parts of a tyre/,
    /Optional units: 1 of these 2/,
    /64 hours/,
    /Merit from 8 points/,
  ])
    assert.match(shown.text, words);
  const open = await app.browser().get('/find-a-qualification/TYR');
  assert.equal(open.status, 200);
  assert.match(open.text, /Inspect a tyre/);
});

it('a version stays as published: nobody but its dates can change, and the draft is gone', async () => {
  await officer.post('/products/editing/TYR/begin-draft');
  await saved('/TYR/units/TYR-2', unit('TYR-9', { title: 'Unit renamed' }));
  const draft = await officer.get('/products/editing/TYR');
  assert.match(draft.text, /Unit renamed/);
  assert.doesNotMatch((await coordinator.get('/products/TYR')).text, /Unit renamed/);
  assert.match((await officer.get('/products/editing/TYR/rule')).text, /TYR-9/);
  assert.equal((await publish('TYR')).status, 303);
  assert.match((await officer.get('/products/editing/TYR/versions/1')).text, /Unit TYR-2/);
  assert.match((await coordinator.get('/products/TYR')).text, /Unit renamed/);
  assert.equal((await officer.get('/products/editing/TYR/publish')).status, 303);
  const kinds = await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query("select kind from platform.audit_events where kind like 'products.%'");
    return new Set(rows.map(({ kind }) => kind));
  });
  for (const kind of ['draft-begun', 'draft-saved', 'version-published'])
    assert.ok(kinds.has(`products.${kind}`), kind);
  await assert.rejects(
    app.services.database.write((await import('#platform/permissions/principal.ts')).SYSTEM, ({ db }) =>
      db.updateTable('products.versions').set({ title: 'Another' }).execute(),
    ),
    /permission denied/,
  );
});

it('two editors of one part are given a choice, and nothing is lost; other parts do not disturb each other', async () => {
  const second = await app.logIn('admin');
  await officer.post('/products/editing/TYR/begin-draft');
  const facts = {
    kind: 'qualification',
    level: '2',
    qualificationNumber: '603/0999/8',
    languages: 'en',
    renewable: 'no',
  };
  const mine = await officer.get('/products/editing/TYR/facts');
  const theirs = await second.get('/products/editing/TYR/facts');
  await saved('/TYR/grading', { kind: 'lowest' });
  const first = await second.post('/products/editing/TYR/facts', {
    seen: seenIn(theirs),
    title: 'By the second',
    ...facts,
  });
  assert.equal(first.status, 303);
  const choice = await officer.post('/products/editing/TYR/facts', {
    seen: seenIn(mine),
    title: 'By the first',
    ...facts,
  });
  assert.equal(choice.status, 409);
  assert.match(choice.text, /By the second/);
  assert.match(choice.text, /By the first/);
  const kept = await officer.post('/products/editing/TYR/facts', {
    seen: seenIn(choice),
    title: 'By the first',
    ...facts,
  });
  assert.equal(kept.status, 303);
  assert.match((await officer.get('/products/editing/TYR')).text, /By the first/);

  const rule = await officer.get('/products/editing/TYR/rule/add-group?at=');
  await saved('/TYR/rule/floors?at=', { total: '3' });
  const late = await officer.post('/products/editing/TYR/rule/add-group', {
    seen: seenIn(rule),
    at: '',
    kind: 'all',
    title: 'Typed by me',
  });
  assert.equal(late.status, 422);
  assert.match(late.text, /changed the rule after you opened this page/);
  assert.match(late.text, /value="Typed by me"/);
});

it('the tree is put in order, emptied and thrown away with its draft', async () => {
  const rulePage = () => officer.get('/products/editing/TYR/rule');
  const moved = await officer.post('/products/editing/TYR/rule/move', {
    seen: seenIn(await rulePage()),
    at: '1',
    way: 'up',
  });
  assert.equal(moved.location, '/products/editing/TYR/rule?done=saved');
  const stale = await officer.post('/products/editing/TYR/rule/move', { seen: '0123456789abcdef', at: '1', way: 'up' });
  assert.equal(stale.location, '/products/editing/TYR/rule?done=meanwhile');
  await saved('/TYR/rule/place?at=1', { into: 'in:0' });
  await saved('/TYR/rule/place?at=0', { into: 'out' });
  assert.match((await rulePage()).text, /asks for nothing yet/);
  const shown = await officer.get('/products/editing/TYR/discard');
  const thrown = await officer.post('/products/editing/TYR/discard', {
    revision: revisionIn(shown),
    reason: 'Begun by mistake',
  });
  assert.equal(thrown.location, '/products/editing/TYR?done=discarded');
});

it('last dates are set with a look at who is in progress, for all versions', async () => {
  const path = '/products/editing/LVP/dates';
  const shown = await officer.get(path);
  assert.match(shown.text, /In progress today/);
  const fields = (year: string) => ({
    seen: seenIn(shown),
    'operationalEnd-day': '31',
    'operationalEnd-month': '8',
    'operationalEnd-year': year,
    'certificationEnd-day': '31',
    'certificationEnd-month': '8',
    'certificationEnd-year': year,
    reason: 'Replaced by the reformed qualification',
  });
  assert.match((await officer.post(path, fields('2020'))).text, /could never be claimed: this day has passed/);
  const asked = await officer.post(path, fields('2029'));
  assert.equal(asked.status, 422);
  assert.match(asked.text, /registrations? in progress below, then confirm/);
  assert.equal((await officer.post(path, { ...fields('2029'), confirmed: 'yes' })).status, 303);
  assert.match((await coordinator.get('/products/LVP')).text, /31 August 2029/);
  assert.match((await officer.get('/products/editing/LVP')).text, /31 August 2029/);
  assert.equal((await officer.post(path, { ...fields('2029'), confirmed: 'yes' })).status, 422);
});

it('an extract of the register becomes drafts, and nothing is published', async () => {
  const csv = [
    'QN;Title;Level;TQT;GLH;Credits;Operational Start;Operational End;Colour',
    '500/6771/0;IMI Level 3 Award in Automotive Refrigerant Handling (EC 842-2006);Level 3;20;15;2;01/09/2026;;red',
    '603/1111/4;Level 1 Award in Polishing;1;30;20;3;2026-09-01;2030-08-31;',
    '12;Odd;1;;;;;;',
    '603/1112/6;Level 1 Award in Waxing;9;;;;31/02/2026;;',
  ].join('\n');
  const form = new FormData();
  form.append('extract', new Blob([csv], { type: 'text/csv' }), 'extract.csv');
  const preview = await officer.postFiles('/products/editing/import', form);
  assert.equal(preview.status, 200);
  assert.match(preview.text, /Columns passed over: Colour/);
  assert.match(preview.text, /no qualification number/);
  assert.match(preview.text, /cannot be read as a level.*cannot be read as a date/s);
  const rows = (/name="rows" value="([^"]+)"/.exec(preview.text)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&');
  const made = await officer.post('/products/editing/import/drafts', { rows });
  assert.equal(made.location, '/products/editing?state=draft');
  assert.match((await officer.get('/products/editing?q=polishing')).text, /Q603-1111-4/);
  assert.equal((await coordinator.get('/products/Q603-1111-4')).status, 404);
  const none = await officer.postFiles('/products/editing/import', new FormData());
  assert.equal(none.status, 422);
});

it('the list narrows, sorts and exports; nobody else opens it', async () => {
  const drafts = await officer.get('/products/editing?state=draft&sort=saved&order=desc');
  assert.match(drafts.text, /Light Vehicle Maintenance and Repair Principles/);
  assert.match((await officer.get('/products/editing?q=zzz')).text, /No products match these filters/);
  assert.match((await officer.get('/products/editing/export?q=tyre')).text, /TYR/);
  for (const person of ['coordinator', 'quality', 'candidate'])
    assert.equal((await (await app.logIn(person)).get('/products/editing')).status, 403, person);
});
