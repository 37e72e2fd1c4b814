import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { confirmShown, takeIn } from '#test/intake-files.ts';
import { registerImports } from '../register-import/register-imports.ts';
import { forgetRows, ROW_DAYS } from './forget-rows.ts';

const clock = new SetClock(new Date('2026-11-25T10:00:00Z'));
let app: TestApplication;
let coordinator: PlainBrowser;
let common: Record<string, string>;
before(async () => {
  app = await startTestApplication({ clock, env: { SECOND_FACTOR: 'offered' } });
  coordinator = await app.logIn('coordinator');
  const product = await app.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('products.products').select('id').where('code', '=', 'ARH').executeTakeFirstOrThrow(),
  );
  common = {
    product: product.id,
    assessmentLanguage: 'en',
    ulnAbsentReason: 'Requested',
    'programmeStart-day': '20',
    'programmeStart-month': '11',
    'programmeStart-year': '2026',
  };
});
after(() => app.close());

const fileOf = (family: string) =>
  `First name,Surname,DOB,ULN\n${['a', 'b'].map((one, at) => `Tolly${one},${family}${one},${at + 3}/4/1991,`).join('\n')}`;
const rowsOf = (address: string) =>
  app.services.database.read(SYSTEM, async ({ db }) => {
    const id = address.split('/')[3]?.split('?')[0] as string;
    const rows = await db
      .selectFrom('web_portal.import_rows')
      .select('row_number')
      .where('import_id', '=', id)
      .execute();
    const { state } = await db
      .selectFrom('web_portal.imports')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return `${state}: ${rows.length} rows`;
  });

test('rows go 90 days after the file ended, or was left lying; the file and the registrations stay', async () => {
  const done = await takeIn(coordinator, 'done.csv', fileOf('Quellin'), common);
  assert.equal((await confirmShown(coordinator, done)).status, 303);
  await registerImports(app.services);
  const lying = await takeIn(coordinator, 'lying.csv', fileOf('Rosewarne'), common);
  const rows = async () => [await rowsOf(done), await rowsOf(lying)];
  assert.deepEqual(await rows(), ['registered: 2 rows', 'checked: 2 rows']);
  clock.advance((ROW_DAYS - 1) * 86_400_000);
  await forgetRows(app.services);
  assert.deepEqual(await rows(), ['registered: 2 rows', 'checked: 2 rows'], 'a day too early');
  clock.advance(2 * 86_400_000);
  await forgetRows(app.services);
  assert.deepEqual(await rows(), ['registered: 0 rows', 'discarded: 0 rows']);
  coordinator = await app.logIn('coordinator');
  const page = await coordinator.get(done);
  assert.equal(page.status, 200);
  assert.match(page.text, /done\.csv/);
  assert.match((await coordinator.get('/web-portal/candidates?q=Quellin')).text, /2 candidates/);
});
