import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';

const LIST = '/web-portal/candidates';
let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
});
after(() => app.close());

const headingsOf = (text: string) =>
  [...text.matchAll(/<th[^>]*scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)/g)].map(([, label]) => (label as string).trim());
const viewsIn = (text: string) =>
  [...text.matchAll(/<a class="ao-chip" href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href, label]) => [label, href]);

test('columns are chosen in the address, stay while the list is narrowed, and say what a file holds', async () => {
  const { text } = await coordinator.get(`${LIST}?columns=status&columns=cohort&columns=nonsense&columns=number`);
  assert.deepEqual(headingsOf(text), ['Candidate', 'Number', 'Cohort', 'Status']);
  assert.match(text, /name="columns" value="number,cohort,status"/, 'the filter form passes them on');
  assert.match(text, new RegExp(`${LIST}/export\\?columns=number%2Ccohort%2Cstatus`));
  const file = (await coordinator.get(`${LIST}/export?columns=number,status`)).text;
  assert.deepEqual(parse(file, { bom: true, to: 1 })[0], ['Family name', 'Given names', 'Number', 'Status']);
  assert.ok(parse(file, { bom: true }).length > 40);
  assert.deepEqual(headingsOf((await coordinator.get(`${LIST}?columns=nonsense`)).text).length, 7, 'the usual ones');
  assert.ok(!headingsOf((await coordinator.get(`${LIST}?columns=centre`)).text).includes('Centre'));
});

test('a view is saved under a name, shown to its owner alone, replaced by the same name, and removed', async () => {
  const saved = await coordinator.post(`${LIST}/views`, {
    name: 'Late ones',
    query: 'status=late&columns=days,number&page=3&evil=%3Cscript%3E',
  });
  assert.equal(saved.location, `${LIST}?status=late&columns=number%2Cdays`, 'only what the list knows, and no page');
  assert.deepEqual(
    viewsIn((await coordinator.get(LIST)).text).filter(([label]) => label === 'Late ones'),
    [['Late ones', `${LIST}?status=late&amp;columns=number%2Cdays`]],
  );
  for (const other of ['administrator', 'coordinator2', 'officer']) {
    const browser = await app.logIn(other);
    assert.doesNotMatch((await browser.get(LIST)).text, /Late ones/, other);
    assert.doesNotMatch((await browser.get(`${LIST}/views`)).text, /Late ones/, other);
  }
  assert.equal((await coordinator.post(`${LIST}/views`, { name: ' ', query: '' })).status, 422);
  await coordinator.post(`${LIST}/views`, { name: 'Late ones', query: 'status=ready' });
  const page = (await coordinator.get(`${LIST}/views`)).text;
  assert.match(page, /href="\/web-portal\/candidates\?status=ready">Late ones/);
  const [, remove] = /action="([^"]*\/remove)"/.exec(page) ?? [];
  const stranger = await app.logIn('administrator');
  assert.equal((await stranger.post(remove as string, {})).status, 404);
  assert.equal((await coordinator.post(remove as string, {})).location, `${LIST}/views`);
  assert.match((await coordinator.get(`${LIST}/views`)).text, /No views yet/);
});

test('the awarding body keeps views too', async () => {
  const officer = await app.logIn('officer');
  const saved = await officer.post(`${LIST}/views`, { name: 'Northgate', query: 'centre=04417' });
  assert.equal(saved.location, `${LIST}?centre=04417`);
  assert.match((await officer.get(LIST)).text, />Northgate</);
});
