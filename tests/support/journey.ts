/** What every journey in the browser needs: a person's page, and a close look at it. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { TestApplication } from './application.ts';
import { checkPage } from './browser.ts';

/** A page of somebody of the demonstration who is logged in, in a browser context of its own. */
export async function pageOf(app: TestApplication, browser: Browser, username: string): Promise<Page> {
  const person = await app.logIn(username);
  const context = await browser.newContext({ baseURL: app.url });
  context.setDefaultTimeout(20_000);
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
  return context.newPage();
}

/** As wide as a phone and as a desktop: no axe violation, no sideways scroll. */
export async function lookAt(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${page.url()} at ${width}`);
  }
}
