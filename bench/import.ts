/**
 * A file of 10,000 invented candidates from the confirmation in the page to the page that says registered, as
 * `npm start` runs the product, against a bare insert of the same rows into copies of the two tables in the same database.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { DEMO_PASSWORD, PlainBrowser } from '#test/application.ts';
import { confirmShown, takeIn } from '#test/intake-files.ts';
import { seeded } from '../tests/faults/kills.ts';
import { report } from './figure.ts';
import { removeFolder, startProduct, temporaryFolder } from './product.ts';

const SEED = 25;
const ROWS = 10_000;
const GOAL_SECONDS = 60;
const LONGEST_SECONDS = 600;
const SYLLABLES = [
  'an',
  'bel',
  'cor',
  'da',
  'el',
  'fen',
  'ga',
  'hol',
  'is',
  'jo',
  'ka',
  'lin',
  'ma',
  'no',
  'ow',
  'pri',
];

/** Rows of invented people with valid ULNs, every name and birth date drawn anew. */
function inventedFile(): string {
  const draw = seeded(SEED);
  const below = (most: number) => Math.floor(draw() * most);
  const name = () => {
    const word = [below(16), below(16), below(16)].map((at) => SYLLABLES[at]).join('');
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  const lines = ['Given names,Family name,Date of birth,ULN,Email,Centre reference'];
  let serial = 300_000_000;
  while (lines.length <= ROWS) {
    serial += 1 + below(40);
    const sum = [...String(serial)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
    const check = 10 - (sum % 11);
    if (check > 9) continue;
    const born = `${1 + below(28)}/${1 + below(12)}/${1985 + below(24)}`;
    const at = lines.length;
    lines.push(`${name()} ${name()},${name()}-${name()},${born},${serial}${check},person${at}@example.org,B-${at}`);
  }
  return lines.join('\r\n');
}

export async function measureImport(): Promise<void> {
  const folder = await temporaryFolder();
  const product = await startProduct({ dataDir: join(folder, 'data') });
  try {
    const browser = new PlainBrowser(product.url);
    await browser.post('/login', { username: 'coordinator', password: DEMO_PASSWORD });
    const admin = new pg.Client({ connectionString: await product.adminUrl() });
    await admin.connect();
    const { rows } = await admin.query("select id from products.products where code = 'ARH'");
    const today = new Date();
    const common = {
      product: rows[0].id as string,
      'programmeStart-day': String(today.getUTCDate()),
      'programmeStart-month': String(today.getUTCMonth() + 1),
      'programmeStart-year': String(today.getUTCFullYear()),
    };
    const checkFrom = performance.now();
    const address = await takeIn(browser, 'invented.csv', inventedFile(), common);
    const checked = (performance.now() - checkFrom) / 1000;
    const from = performance.now();
    const confirmed = await confirmShown(browser, address, { partly: 'yes' });
    if (confirmed.status !== 303) throw new Error(`The confirmation was refused: ${confirmed.text.slice(0, 2000)}`);
    const registered = await untilRegistered(browser, address, from);
    const { rows: made } = await admin.query('select registered_count as count from web_portal.imports where id = $1', [
      address.split('/').at(-1)?.split('?')[0],
    ]);
    const reference = await bareInsert(admin);
    await admin.end();
    const what = `s for a bare insert of the same ${made[0].count} candidates and registrations into copies of the tables`;
    const shared = { reference: { what, value: reference }, seed: SEED };
    report({
      name: 'import.registered',
      value: registered,
      unit: `s from confirmation to registered, ${made[0].count} rows`,
      goal: `${ROWS} rows within ${GOAL_SECONDS} s`,
      ...shared,
    });
    report({
      name: 'import.checked',
      value: checked,
      unit: `s from the choice of the file to its checked rows, ${ROWS} rows`,
      goal: 'none of its own',
      ...shared,
    });
  } finally {
    await product.stop();
    await removeFolder(folder);
  }
}

/** Looks as a person's page does, and returns the seconds since the confirmation. */
async function untilRegistered(browser: PlainBrowser, address: string, from: number): Promise<number> {
  for (;;) {
    const seconds = (performance.now() - from) / 1000;
    if (seconds > LONGEST_SECONDS) throw new Error(`Not registered after ${LONGEST_SECONDS} s`);
    const { text } = await browser.get(address);
    if (/Nothing was registered/.test(text)) throw new Error('The registration was refused');
    if (!/data-import="registering"/.test(text)) return seconds;
    await wait(250);
  }
}

/** The rows just made, written once more with one statement each into tables of the same form and indexes, without triggers. */
async function bareInsert(admin: pg.Client): Promise<number> {
  await admin.query(`create schema bench;
    create table bench.candidates (like web_portal.candidates including all);
    create table bench.registrations (like web_portal.registrations including all);
    create table bench.made as select r.id, r.candidate_id from web_portal.import_rows i join web_portal.registrations r on r.id = i.registration_id`);
  const from = performance.now();
  await admin.query(
    'insert into bench.candidates select c.* from web_portal.candidates c where c.id in (select candidate_id from bench.made)',
  );
  await admin.query(
    'insert into bench.registrations select r.* from web_portal.registrations r where r.id in (select id from bench.made)',
  );
  return (performance.now() - from) / 1000;
}
