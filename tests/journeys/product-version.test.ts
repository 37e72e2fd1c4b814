/** A version of a product by the officer's pages alone: a draft, a tree that nobody can meet, mended, published; who was registered before keeps the version. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';

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

async function pageOf(username: string): Promise<Page> {
  const person = await app.logIn(username);
  const context = await browser.newContext();
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
  return context.newPage();
}

/** axe at both widths, and no sideways scroll. */
async function look(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${page.url()} at ${width}`);
  }
}

async function addUnit(page: Page, code: string, title: string, outcomes: string): Promise<void> {
  await page.getByRole('link', { name: 'Add a unit' }).click();
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('Level', { exact: true }).fill('3');
  await page.getByLabel('Credits (optional)').fill('1');
  await page.getByRole('group', { name: 'Assessed by' }).getByLabel('Portfolio').check();
  await page.getByLabel('Learning outcomes and assessment criteria').fill(outcomes);
  await page.getByRole('button', { name: 'Save the unit' }).click();
  await page.getByText('The draft is saved.').waitFor();
}

test('an officer publishes a version with a tree, and earlier registrations keep theirs', async () => {
  const { registration } = await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query(
      `select r.id as registration from web_portal.registrations r join products.products p on p.id = r.product_id
       join centres_hub.centres c on c.id = r.centre_id join accounts.organisations o on o.id = c.id
       where p.code = 'ARH' and r.state = 'active' and o.number = '04417' order by r.id limit 1`,
    );
    return rows[0] as { registration: string };
  });

  const officer = await pageOf('officer');
  await officer.goto(`${app.url}/products/ARH`);
  await officer.getByRole('link', { name: 'Edit', exact: true }).click();
  await officer.getByRole('button', { name: 'Begin a draft of the next version' }).click();
  await addUnit(officer, 'ARH-2', 'Leak testing', '1 Find leaks\n1.1 S Test a system with nitrogen');
  await addUnit(officer, 'ARH-3', 'Record keeping', '1 Keep records\n1.1 K State what is recorded');

  await officer.getByRole('link', { name: 'Edit the rule' }).click();
  await officer.getByRole('link', { name: 'Add a group to the whole rule' }).click();
  await officer.getByLabel('So many of its parts').check();
  await officer.getByLabel('How many?').fill('2');
  await officer.getByLabel('Name (optional)').fill('Optional units');
  await officer.getByRole('button', { name: 'Add the group' }).click();
  await officer.getByText('"Optional units" is empty.').waitFor();
  await officer.getByRole('link', { name: 'Add units to Optional units' }).click();
  await officer.getByLabel('ARH-2 Leak testing').check();
  await officer.getByLabel('ARH-3 Record keeping').check();
  await officer.getByRole('button', { name: 'Add the units' }).click();
  await officer.getByText('Somebody can meet this rule.').waitFor();

  // Of equal content one unit counts: now nobody can meet the rule, and the page says why.
  await officer.getByRole('link', { name: 'Equal content' }).click();
  await officer.getByLabel('A pair more: one unit').selectOption('ARH-2');
  await officer.getByLabel('The other unit').selectOption('ARH-3');
  await officer.getByRole('button', { name: 'Save the pairs' }).click();
  const reason = officer.getByText('"Optional units" asks for 1 more than there can be');
  await reason.waitFor();
  await look(officer);
  await officer.getByRole('link', { name: 'ARH', exact: true }).click();
  await officer.getByRole('link', { name: 'Publish', exact: true }).click();
  await officer.getByRole('heading', { name: 'It cannot be published yet' }).waitFor();
  assert.equal(await officer.getByRole('button', { name: /^Publish/ }).count(), 0);
  await officer.getByRole('link', { name: 'asks for 1 more than there can be' }).click();
  await officer.getByRole('link', { name: 'Change Optional units' }).click();
  await officer.getByLabel('How many?').fill('1');
  await officer.getByRole('button', { name: 'Save the group' }).click();
  await officer.getByText('Optional units: 1 of these 2.').first().waitFor();

  await officer.getByRole('link', { name: 'ARH', exact: true }).click();
  await officer.getByRole('link', { name: 'Preview' }).click();
  await officer.getByText('Test a system with nitrogen').waitFor({ state: 'attached' });
  await officer.getByRole('link', { name: 'Back' }).click();
  await officer.getByRole('link', { name: 'Publish', exact: true }).click();
  await officer.getByText(/registrations? in progress keeps? the version/).waitFor();
  await officer.getByLabel('Reason').fill('The regulations ask for leak tests');
  await look(officer);
  await officer.getByRole('button', { name: 'Publish version 2' }).click();
  await officer.getByText('It is published').waitFor();

  const centre = await pageOf('coordinator');
  await centre.goto(`${app.url}/products/ARH`);
  await centre.getByText('Leak testing', { exact: false }).first().waitFor();
  await centre.getByText('Optional units: 1 of these 2.').waitFor();
  await look(centre);
  await centre.goto(`${app.url}/web-portal/registrations/${registration}`);
  await centre.getByText('Handling of refrigerants in vehicle air conditioning systems').first().waitFor();
  assert.equal(await centre.getByText('Leak testing').count(), 0, 'an earlier registration asks for its own units');
});
