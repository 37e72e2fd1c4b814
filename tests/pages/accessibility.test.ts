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
    for (const { url, route } of pages) {
      opened.add(route);
      const page = await context.newPage();
      page.on(
        'console',
        (message) => message.type() === 'error' && problems.push(`${route}: console: ${message.text()}`),
      );
      page.on('pageerror', (error) => problems.push(`${route}: script: ${error.message}`));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(app.url + url);
        await checkPage(page).catch((error: Error) =>
          problems.push(`${route} at ${width} (${url}, as ${username}): ${error.message}`),
        );
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0)
          problems.push(`${route} at ${width} (${url}, as ${username}): scrolls sideways by ${overflow} pixels`);
      }
      await page.close();
    }
    await context.close();
  }
  t.diagnostic(`${opened.size} routes opened at ${WIDTHS.join(' and ')} pixels`);
  assert.ok(opened.size >= 30, `only ${opened.size} routes were opened`);
  assert.deepEqual(problems, []);
});
