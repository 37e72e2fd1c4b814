/** Find a candidate from the top bar by keyboard, on a phone and without script; Help leads to the section (docs/journeys/search.md). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';

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

async function pageOf(username: string, width: number, javaScriptEnabled = true): Promise<Page> {
  const person = await app.logIn(username);
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
  const page = await context.newPage();
  await page.goto(`${app.url}/home`);
  return page;
}

test('type, arrow, Enter: the candidate', async () => {
  const page = await pageOf('coordinator', 1280);
  const box = page.getByRole('combobox', { name: 'Search everything' });
  await page.keyboard.press('/');
  assert.ok(await box.evaluate((element) => element === document.activeElement), '"/" goes to the box');
  await page.keyboard.type('giol cia');
  const option = page.getByRole('option', { name: 'Mac Giolla Bhuí, Ciarán' });
  await option.waitFor();
  assert.equal(await box.getAttribute('aria-expanded'), 'true');
  assert.deepEqual(await option.locator('.t mark').allTextContents(), ['Giol', 'Cia']);
  assert.match(await page.locator('form[data-search] [role=status]').innerText(), /^\d+ results?/);
  await page.keyboard.press('ArrowDown');
  assert.equal(await option.getAttribute('aria-selected'), 'true');
  assert.equal(await box.getAttribute('aria-activedescendant'), await option.getAttribute('id'));
  await checkPage(page);

  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('listbox').count(), 0, 'Escape closes');
  assert.equal(await box.inputValue(), 'giol cia', 'and keeps what was typed');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/web-portal/candidates/*');
  await page.getByRole('heading', { name: 'Ciarán Mac Giolla Bhuí' }).first().waitFor();

  await page.getByRole('link', { name: 'Help', exact: true }).click();
  await page.waitForURL('**/operating-manual/4.1');
  await page.getByRole('heading', { name: '4.1 Registration' }).waitFor();
  await checkPage(page);
  await page.context().close();
});

test('nothing found is said, and Enter leads to the page that says what to do', async () => {
  const page = await pageOf('coordinator', 1280);
  const box = page.getByRole('combobox', { name: 'Search everything' });
  await box.pressSequentially('zzqx');
  await page.getByRole('status').getByText('Nothing found').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Nothing found for "zzqx"').waitFor();
  await checkPage(page);
  // "/" while somebody types is a letter.
  await page.getByRole('searchbox', { name: 'Words or numbers' }).fill('');
  await page.keyboard.type('600/2806/3');
  assert.equal(await page.getByRole('searchbox', { name: 'Words or numbers' }).inputValue(), '600/2806/3');
  await page.context().close();
});

test('on a phone an icon leads to the search, and nothing scrolls sideways', async () => {
  const page = await pageOf('coordinator', 390);
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Words or numbers' }).fill('holloway');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Marguerite Holloway-Finch' }).last().waitFor();
  await checkPage(page);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      0,
    );
  }
  await page.context().close();
});

test('without script the box is a form', async () => {
  const page = await pageOf('coordinator', 1280, false);
  await page.getByRole('searchbox', { name: 'Search everything' }).fill('giolla');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=giolla');
  await page.getByRole('link', { name: 'Mac Giolla Bhuí, Ciarán' }).first().click();
  await page.waitForURL('**/web-portal/candidates/*');
  await page.context().close();
});
