import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { addCandidate } from '../candidates/candidates.ts';
import { REGISTRATION_STATES } from '../registration-state/registration-state.ts';
import { register } from '../registrations/register.ts';
import { shortTitle } from './short-title.ts';

const LIST = '/web-portal/candidates';
let app: TestApplication;
let coordinator: PlainBrowser;

before(async () => {
  app = await startTestApplication();
  coordinator = await app.logIn('coordinator');
});
after(() => app.close());

const rowsOf = (text: string) =>
  [...text.matchAll(/<a class="name" href="[^"]*">([^<]*)<\/a>/g)].map(([, name]) => name as string);
const chipOf = (text: string, label: string) => Number(new RegExp(`>${label} <b>(\\d+)</b>`).exec(text)?.[1]);
const list = async (search = '', browser = coordinator) => (await browser.get(`${LIST}${search}`)).text;

test('the portal opens with the candidates of the own centre, newest registration first', async () => {
  const answer = await coordinator.get('/web-portal');
  assert.deepEqual([answer.status, answer.location], [303, LIST]);
  const text = await list();
  assert.match(text, /44 candidates, \d+ registrations/);
  const dates = [...text.matchAll(/<td class="hide-s nw">([^<]+)<\/td>/g)].map(([, date]) =>
    Date.parse(date as string),
  );
  assert.ok(dates.length > 40);
  assert.deepEqual(
    dates,
    [...dates].sort((a, b) => b - a),
  );
});

test('the second centre sees none of the first, and the first none of the second', async () => {
  const coordinator2 = await app.logIn('coordinator2');
  const other = await list('', coordinator2);
  assert.match(other, /16 candidates/);
  assert.doesNotMatch(other, /Thornbury|Iyengar/);
  assert.doesNotMatch(await list(), /Cwmllan|Winterbourne/);
  assert.deepEqual(rowsOf(await list('?q=Thornbury', coordinator2)), []);
  const csv = (await coordinator2.get(`${LIST}/export`)).text;
  assert.match(csv, /Cwmllan/);
  assert.doesNotMatch(csv, /Thornbury/);
  // Naming the centre in the address gives a centre's person nothing.
  assert.match(await list('?centre=04417', coordinator2), /16 candidates/);
});

test('the awarding body sees all centres, and one of them by its number', async () => {
  const officer = await app.logIn('officer');
  const all = await list('?sort=name', officer);
  assert.match(all, /All centres/);
  assert.equal(rowsOf(all).length, 50);
  assert.match(all, /rel="next"/);
  assert.ok(rowsOf(await list('?sort=name&page=2', officer)).length > 0);
  const one = await list('?centre=04426', officer);
  assert.match(one, /16 candidates/);
  assert.doesNotMatch(one, /Register a candidate/);
  assert.deepEqual(rowsOf(await list('?centre=99999', officer)), []);
});

test('search finds names without accents, parts in any order, numbers, ULN, reference and e-mail', async () => {
  for (const typed of ['nguyen', 'NGUYỄN duc', 'đức', '9990001617 rahimi', 'NG-011', 'rahimi mohammed yusuf']) {
    const found = new Set(rowsOf(await list(`?q=${encodeURIComponent(typed)}`)));
    assert.equal(found.size, 1, `${typed}: ${[...found]}`);
  }
  assert.deepEqual([...new Set(rowsOf(await list('?q=amelia.okonkwo-reid%40northgate')))], ['Okonkwo-Reid, Amelia']);
  const text = await list('?q=%25_%27');
  assert.match(text, /No registrations match these filters/);
  assert.match(text, /Clear filters/);
});

test('chips count what they show, and every state of a registration is there', async () => {
  const text = await list();
  const words = {
    progress: 'In progress',
    ready: 'All units achieved',
    late: 'Registered late',
    completed: 'Completed',
    withdrawn: 'Withdrawn',
    ended: 'Ended otherwise',
  };
  let sum = 0;
  for (const [status, label] of Object.entries(words)) {
    const count = chipOf(text, label);
    assert.ok(count > 0, label);
    assert.equal(rowsOf(await list(`?status=${status}`)).length, count, label);
    if (status !== 'late') sum += count;
  }
  assert.equal(sum, chipOf(text, 'All'));
  assert.ok((await list('?status=late')).includes('of 90, late'));
  assert.ok(rowsOf(await list('?status=no_uln')).some((name) => name.includes('Nguyễn')));
  const states = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('web_portal.registrations').select('state').distinct().execute(),
  );
  assert.deepEqual(states.map(({ state }) => state).sort(), [...REGISTRATION_STATES].sort());
});

test('sorting by name both ways; the product narrows; nonsense in the address is passed over', async () => {
  const names = rowsOf(await list('?sort=name'));
  assert.deepEqual(rowsOf(await list('?sort=name&order=desc')), [...names].reverse());
  const product = /<option value="([0-9a-f-]{36})">L3 Award in Automotive Refrigerant/.exec(await list())?.[1];
  const narrowed = await list(`?product=${product}`);
  assert.ok(rowsOf(narrowed).length > 0);
  assert.doesNotMatch(narrowed.split('<tbody>')[1] as string, /Diploma/);
  assert.equal((await coordinator.get(`${LIST}?page=-1&sort=x&status=y&product=z&order=up`)).status, 200);
});

test('pages of 50, with the filters kept in the links', async () => {
  const { services } = app;
  await services.database.write(SYSTEM, async (writer) => {
    const centre = await writer.db
      .selectFrom('accounts.organisations')
      .select('id')
      .where('number', '=', '04426')
      .executeTakeFirstOrThrow();
    const product = await writer.db
      .selectFrom('products.products')
      .select('id')
      .where('code', '=', 'ARH')
      .executeTakeFirstOrThrow();
    for (let i = 0; i < 60; i++) {
      const person = {
        givenNames: `Paget ${i}`,
        familyName: i === 0 ? '=HYPERLINK("x")' : 'Manyfold',
        birthDate: '2004-05-06',
        uln: null,
        ulnAbsentReason: 'Requested',
        postcode: null,
        email: null,
        centreReference: i === 1 ? '+44' : null,
      };
      const candidate = await addCandidate(writer, centre.id, person);
      await register(
        writer,
        { ...candidate, centreId: centre.id, name: 'x' },
        {
          productId: product.id,
          siteId: null,
          programmeStart: '2026-11-01',
          assessmentLanguage: 'en',
          orderReference: null,
        },
      );
    }
  });
  const coordinator2 = await app.logIn('coordinator2');
  const first = await list('?q=paget&sort=number', coordinator2);
  assert.equal(rowsOf(first).length, 50);
  assert.match(first, /1 to 50 of 60/);
  assert.match(first, /href="\/web-portal\/candidates\?q=paget&amp;sort=number&amp;page=2"/);
  const second = await list('?q=paget&sort=number&page=2', coordinator2);
  assert.equal(rowsOf(second).length, 10);
  assert.equal(new Set([...rowsOf(first), ...rowsOf(second)]).size, 60);
});

test('the export holds the list as asked, and no cell that a spreadsheet would run', async () => {
  const coordinator2 = await app.logIn('coordinator2');
  const answer = await coordinator2.get(`${LIST}/export?q=paget&sort=number`);
  assert.match(answer.headers.get('content-type') ?? '', /text\/csv/);
  assert.match(answer.headers.get('content-disposition') ?? '', /attachment.*candidates-04426-\d{4}-\d\d-\d\d\.csv/);
  const rows = parse(answer.text, { bom: true, columns: true }) as Record<string, string>[];
  assert.equal(rows.length, 60);
  assert.equal(rows[0]?.['Family name'], `'=HYPERLINK("x")`);
  assert.equal(rows[1]?.['Your reference'], "'+44");
  for (const row of rows) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  assert.ok(!('ULN' in (rows[0] as object)) && !JSON.stringify(rows).includes('2004-05-06'));
});

test('titles in lists are short', () => {
  assert.equal(
    shortTitle('IMI Level 3 Award in Automotive Refrigerant Handling (EC 842-2006)'),
    'L3 Award in Automotive Refrigerant Handling (EC 842-2006)',
  );
  assert.equal(shortTitle('IMI Accreditation in Welding'), 'Accreditation in Welding');
  assert.equal(shortTitle('Another title'), 'Another title');
});
