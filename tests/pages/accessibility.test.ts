/** One page of every route, opened in a browser at two widths: no axe violation, no sideways scroll, no error in the console (S13). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { crawl } from './crawl.ts';

const WIDTHS = [1280, 320];
/** Whose links lead to which part of the site; a route is opened by the first who finds it. */
const PEOPLE = [
  'coordinator',
  'invigilator',
  'candidate',
  'officer',
  'author',
  'reviewer',
  'results',
  'admin',
  'member',
  null,
] as const;

let app: TestApplication;
let browser: Browser;
before(async () => {
  app = await startTestApplication();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app.close();
});

test('every page is accessible at both widths', async (t) => {
  const opened = new Set<string>();
  const problems: string[] = [];
  for (const username of PEOPLE) {
    const person = username ? await app.logIn(username) : app.browser();
    const found = await crawl(person, {
      from: username ? ['/home', '/system-access', '/my-details'] : ['/', '/login', '/sit'],
      table: app.routeTable,
      perRoute: 1,
    });
    const pages = found.filter(
      ({ route, status, text }) => status === 200 && text.startsWith('<!doctype html>') && !opened.has(route),
    );
    const context = await browser.newContext();
    await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
    const page = await context.newPage();
    let at = '';
    page.on('console', (message) => message.type() === 'error' && problems.push(`${at}: console: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`${at}: script: ${error.message}`));
    for (const { url, route } of pages) {
      opened.add(route);
      at = `${route} (${url}, as ${username})`;
      // Opened wide, then made narrow: what depends on the width is said in the style sheet alone.
      await page.setViewportSize({ width: WIDTHS[0] as number, height: 900 });
      await page.goto(app.url + url);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await checkPage(page).catch((error: Error) => problems.push(`${at} at ${width}: ${error.message}`));
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) problems.push(`${at} at ${width}: scrolls sideways by ${overflow} pixels`);
      }
    }
    await context.close();
  }
  for (const problem of problems) t.diagnostic(problem);
  t.diagnostic(`${opened.size} routes opened at ${WIDTHS.join(' and ')} pixels`);
  assert.ok(opened.size >= 30, `only ${opened.size} routes were opened`);
  assert.deepEqual(problems, []);
});
