/** Every registered route as every kind of person: who gets in, and that nobody sees another centre (T13, S1). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import type { RouteLine } from '../../src/platform/http/server.ts';
import { capabilitiesOf, type Role } from '../../src/platform/permissions/capabilities.ts';
import { crawl, routeMatcher, type Visited } from './crawl.ts';

const PEOPLE: Record<string, readonly Role[]> = {
  coordinator: ['coordinator'],
  administrator: ['administrator'],
  invigilator: ['invigilator'],
  assessor: ['assessor'],
  iqa: ['iqa'],
  champion: ['champion'],
  candidate: ['candidate'],
  coordinator2: ['coordinator'],
  invigilator2: ['invigilator'],
  candidate2: ['candidate'],
  officer: ['officer'],
  quality: ['quality'],
  author: ['author'],
  reviewer: ['reviewer'],
  results: ['results'],
  finance: ['finance'],
  admin: ['body_administrator'],
  member: [],
};

let app: TestApplication;
let table: RouteLine[];
const browsers = new Map<string, PlainBrowser>();
before(async () => {
  app = await startTestApplication();
  // What a library answers by a protocol between programs has tests of its own (single-sign-on/refusals.test.ts).
  table = app.routeTable.filter((line) => line.capability !== 'asset' && !line.protocol);
  for (const username of Object.keys(PEOPLE)) browsers.set(username, await app.logIn(username));
});
after(() => app.close());

test('every route declares its permission, every act what it records', () => {
  assert.ok(table.length > 60, `only ${table.length} routes`);
  for (const line of table) {
    assert.ok(line.capability, line.url);
    assert.ok(line.audit, `${line.method} ${line.url} says nothing of the audit`);
  }
});

test('each GET route without parameters lets in exactly those whose roles allow it', async (t) => {
  const lines = table.filter((line) => line.method === 'GET' && !line.url.includes(':') && !line.url.includes('*'));
  const wrong: string[] = [];
  for (const { url, capability } of lines) {
    if (capability === 'seat.sit') continue;
    const anonymous = await app.browser().get(url);
    if (capability === 'public') {
      if (anonymous.status >= 400 && anonymous.status !== 404 && anonymous.status !== 410)
        wrong.push(`nobody in particular, ${url}: ${anonymous.status}`);
    } else if (anonymous.status !== 303 || !anonymous.location?.startsWith('/login'))
      wrong.push(`nobody in particular, ${url}: ${anonymous.status}, not asked to log in`);
    for (const [username, browser] of browsers) {
      const may = capability === 'public' || capabilitiesOf(PEOPLE[username] ?? []).has(capability as never);
      const { status } = await browser.get(url);
      const fine = may ? [200, 303, 404, 410].includes(status) : status === 403;
      if (!fine) wrong.push(`${username}, ${url}: ${status}, ${may ? 'may' : 'may not'} see it`);
    }
  }
  t.diagnostic(`${lines.length} routes, ${browsers.size + 1} kinds of person`);
  assert.deepEqual(wrong, []);
});

test('each POST route refuses those whose roles do not allow it, and forms from other sites', async (t) => {
  const posts = table.filter((line) => line.method === 'POST');
  const nowhere = '00000000-0000-7000-8000-000000000000';
  const wrong: string[] = [];
  for (const { url, capability } of posts) {
    const path = url.replace(/:\w+/g, nowhere);
    const foreign = await app
      .browser()
      .post(path, {}, { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' });
    if (foreign.status !== 403) wrong.push(`from another site, ${url}: ${foreign.status}`);
    if (capability === 'public') continue;
    const anonymous = await app.browser().post(path);
    if (anonymous.status !== 303 && anonymous.status !== 401)
      wrong.push(`nobody in particular, ${url}: ${anonymous.status}`);
    if (capability === 'seat.sit') continue;
    for (const [username, browser] of browsers) {
      if (capabilitiesOf(PEOPLE[username] ?? []).has(capability as never)) continue;
      const { status } = await browser.post(path);
      if (status !== 403) wrong.push(`${username}, ${url}: ${status}, may not`);
    }
  }
  t.diagnostic(`${posts.length} acts`);
  assert.deepEqual(wrong, []);
});

test('what one centre sees, the other does not: every page found by following links', async (t) => {
  const own = new Map<string, Visited[]>();
  for (const username of [
    'coordinator',
    'invigilator',
    'candidate',
    'officer',
    'author',
    'reviewer',
    'results',
  ] as const) {
    own.set(
      username,
      await crawl(browsers.get(username) as PlainBrowser, { from: ['/home', '/system-access'], table, perRoute: 12 }),
    );
  }
  const broken = [...own].flatMap(([who, pages]) =>
    pages
      .filter(({ status, route }) => status >= 400 || route === '(no route)')
      .map(({ url, status }) => `${who} follows a link to ${url}: ${status}`),
  );
  assert.deepEqual(broken, [], 'dead links');

  const canaries = await centreCanaries();
  const centrePages = [...(own.get('coordinator') ?? []), ...(own.get('invigilator') ?? [])].filter(({ route }) =>
    route.includes(':'),
  );
  const ofBoth = await userOfBothCentres();
  const leaks: string[] = [];
  for (const foreigner of ['coordinator2', 'invigilator2', 'candidate2', 'member'] as const) {
    for (const { url, route } of centrePages) {
      const answer = await (browsers.get(foreigner) as PlainBrowser).get(url);
      // Somebody who belongs to both centres is a user of each; of the other one neither name nor number is told.
      const known = url.includes(ofBoth);
      if (known && /04417|Northgate/.test(answer.text)) leaks.push(`${foreigner} at ${url} reads of centre 04417`);
      const shared =
        known ||
        table.some(
          (line) =>
            line.url === route &&
            // Whom a notice reaches is its own test's matter: some reach everybody.
            (line.capability === 'public' ||
              line.capability === 'products.view' ||
              line.url === '/notices/:id' ||
              line.url.startsWith('/centres-hub/help/') ||
              // Forms are the awarding body's, the same for every centre.
              line.url === '/centres-hub/requests/new/:code'),
        );
      if (!shared && ![403, 404].includes(answer.status)) leaks.push(`${foreigner} at ${url}: ${answer.status}`);
      for (const canary of canaries)
        if (answer.text.includes(canary)) leaks.push(`${foreigner} at ${url} reads ${canary}`);
    }
    const pages = await crawl(browsers.get(foreigner) as PlainBrowser, {
      from: ['/home', '/system-access'],
      table,
      perRoute: 6,
    });
    for (const { url, text } of pages)
      for (const canary of canaries) if (text.includes(canary)) leaks.push(`${foreigner} at ${url} reads ${canary}`);
  }
  t.diagnostic(`${centrePages.length} pages of centre 1, ${canaries.length} canaries`);
  assert.ok(centrePages.length >= 10, `only ${centrePages.length} pages with an id were found`);
  assert.deepEqual(leaks, []);

  const match = routeMatcher(table);
  const covered = new Set([...own.values()].flat().map(({ url }) => match(url)));
  const missed = table.filter(
    (line) =>
      line.method === 'GET' &&
      line.url.includes(':') &&
      line.capability !== 'public' &&
      line.capability !== 'seat.sit' &&
      !covered.has(line.url),
  );
  t.diagnostic(
    `routes with parameters that no link of these seven people leads to: ${missed.map((line) => line.url).join(', ') || 'none'}`,
  );
});

async function userOfBothCentres(): Promise<string> {
  return asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query("select person_id from accounts.credentials where username = 'several'");
    return rows[0].person_id as string;
  });
}

/** Words that only centre 1 may read: its candidates' numbers. */
async function centreCanaries(): Promise<string[]> {
  return asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query(
      "select c.candidate_number from web_portal.published_candidates c join accounts.organisations o on o.id = c.centre_id where o.number = '04417'",
    );
    assert.ok(rows.length >= 30);
    return rows.map((row) => row.candidate_number as string);
  });
}
