/** A file of candidates, from its choice over a correction in the page to the registrations and their undoing. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';

const FILE = [
  'Forename;Surname;DOB;ULN;Learner ref',
  'Marigold;Ashcombe;12/04/2006;;A-1',
  'Fergus;Trelawney;31/02/2006;;A-2',
  'Ondine;Vaughan-Price;7 March 2005;;A-3',
].join('\r\n');
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

/** axe at both widths. */
async function look(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
  }
}

test('an intake is registered by a file, a row corrected in the page, and undone within the day', async () => {
  const person = await app.logIn('coordinator');
  const context = await browser.newContext();
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
  const page = await context.newPage();
  await page.goto(`${app.url}/web-portal/candidates`);
  await page.getByRole('link', { name: 'Register many' }).click();
  await page
    .getByLabel('File with candidates')
    .setInputFiles({ name: 'intake.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'What the columns are' }).waitFor();
  assert.equal(await page.getByLabel('What the column Forename is').inputValue(), 'givenNames');
  await page.getByLabel('Product', { exact: true }).selectOption({ index: 1 });
  const today = app.services.clock.now();
  await page.getByLabel('Day').fill(String(today.getUTCDate()));
  await page.getByLabel('Month').fill(String(today.getUTCMonth() + 1));
  await page.getByLabel('Year').fill(String(today.getUTCFullYear()));
  await page.getByLabel('If a row has no ULN, why?').fill('Requested');
  await look(page);
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByText('2 ready, 1 to correct').waitFor();
  await look(page);
  await page.getByLabel('Date of birth').fill('28/02/2006');
  await page.getByRole('button', { name: 'Save row 3' }).click();
  await page.getByText('3 ready', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Register 3 candidates' }).click();
  await page.getByRole('heading', { name: '3 candidates registered' }).waitFor();
  await look(page);
  await page.getByRole('link', { name: 'Undo' }).click();
  await page.getByLabel('Why?').fill('Registered for the wrong product');
  await look(page);
  await page.getByRole('button', { name: 'Make all of them void' }).click();
  await page.getByText('Undone: Registered for the wrong product').waitFor();
  await page.getByRole('link', { name: 'Imports' }).first().click();
  await page.getByRole('link', { name: 'intake.csv', exact: true }).waitFor();
  await look(page);
});
