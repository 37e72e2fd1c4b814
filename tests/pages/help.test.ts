/** Help is on every page, and leads from each staff page to the section of the Operating Manual that governs it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { helpFor } from '#operating-manual';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { CAPABILITIES, type Capability } from '../../src/platform/permissions/capabilities.ts';
import { crawl } from './crawl.ts';

/** Pages of people who are logged in that no section governs, and why. */
const GENERAL_HELP: Readonly<Record<string, string>> = {
  '/products': 'no section of the manual that is known speaks of the catalogue',
  '/products/export': 'the same list as a file',
  '/products/:code': 'no section of the manual that is known speaks of the catalogue',
  '/my-tests/:sitting': "a candidate's own result: the manual is for centres",
  '/my/certificates': "a candidate's own certificates: the manual is for centres",
  '/my/certificates/:certificateId/pdf': 'a document',
  '/accredited-centre-fees': 'not open yet, and no section is known',
  '/webinars': 'not open yet, and no section is known',
  '/community': 'not open yet, and no section is known',
  '/eportfolio': 'not open yet, and no section is known',
  '/assessment-reports': 'not open yet, and no section is known',
};

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

test('every page of people who are logged in has a section, or a reason', () => {
  const pages = app.routeTable.filter(({ method, capability }) => {
    if (method !== 'GET' || capability === 'asset') return false;
    return ['acting', 'own'].includes(CAPABILITIES[capability as Capability].scope);
  });
  assert.ok(pages.length > 40, `only ${pages.length} pages`);
  const withoutSection = pages.map(({ url }) => url).filter((url) => helpFor(url.replace(/:\w+/g, 'x')) === '/help');
  assert.deepEqual(withoutSection.sort(), Object.keys(GENERAL_HELP).sort());
});

test('each section has its page, and leads to pages that are there', async () => {
  const contents = await app.browser().get('/operating-manual');
  const sections = [...contents.text.matchAll(/href="(\/operating-manual\/[\d.]+)"/g)].map(
    ([, href]) => href as string,
  );
  assert.equal(sections.length, 8);
  const coordinator = await app.logIn('coordinator');
  const author = await app.logIn('author');
  const officer = await app.logIn('officer');
  for (const href of sections) {
    const { status, text } = await app.browser().get(href);
    assert.equal(status, 200, href);
    assert.match(text, /not written here yet/, href);
    const card = /<h2 id="pages">.*?<\/section>/s.exec(text)?.[0] ?? '';
    for (const [, path = ''] of card.matchAll(/href="([^"]+)"/g)) {
      const answers = await Promise.all([coordinator, author, officer].map((person) => person.get(path)));
      assert.ok(
        answers.some((answer) => [200, 303].includes(answer.status)),
        `${href} leads to ${path}: ${answers.map((answer) => answer.status)}`,
      );
    }
  }
  assert.equal((await app.browser().get('/operating-manual/9.9')).status, 404);
});

test('Help is on every page but the seat, from which nothing leads away', async () => {
  const wrong: string[] = [];
  const look = async (browser: PlainBrowser, from: readonly string[]) => {
    const pages = await crawl(browser, { from, table: app.routeTable, perRoute: 1 });
    for (const { url, text, status } of pages) {
      if (status !== 200 || !text.startsWith('<!doctype html>')) continue;
      const help = /<a href="([^"]+)">Help<\/a>/.exec(text)?.[1];
      const seat = /<body class="ao-exam/.test(text);
      if (seat !== (help === undefined)) wrong.push(`${url}: ${help ?? 'no Help'}`);
      else if (!seat && help !== helpFor(url)) wrong.push(`${url}: Help leads to ${help}, not to ${helpFor(url)}`);
    }
    return pages.length;
  };
  const looked =
    (await look(await app.logIn('coordinator'), ['/home', '/system-access', '/my-details', '/search'])) +
    (await look(await app.logIn('candidate'), ['/home', '/search'])) +
    (await look(app.browser(), ['/', '/login', '/sit']));
  assert.ok(looked > 50, `only ${looked} pages`);
  assert.deepEqual(wrong, []);
});
