/** From System Access into a supplier's system and out again, in a real browser: docs/journeys/single-sign-on.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { ownAddress, type RelyingParty, startRelyingParty } from '#test/relying-party.ts';

let app: TestApplication;
let browser: Browser;
let party: RelyingParty;
before(async () => {
  app = await startTestApplication({ env: await ownAddress() });
  party = await startRelyingParty();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await party?.close();
  await app?.close();
});

async function open(width: number): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, viewport: { width, height: 900 } });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

async function logIn(page: Page, username: string): Promise<void> {
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Login' }).click();
}

test('the administrator adds a system and reads its secret once', async () => {
  const admin = await open(1280);
  await admin.goto('/login');
  await logIn(admin, 'admin');
  await admin.goto('/system-access');
  await admin.getByRole('main').getByRole('link', { name: 'Single sign-on' }).click();
  await checkPage(admin);
  await admin.getByRole('link', { name: 'Add a system' }).first().click();
  await checkPage(admin);
  await admin.getByRole('button', { name: 'Add the system' }).click();
  await admin.getByText('Enter the name that people see').first().waitFor();
  await checkPage(admin);
  await admin.getByLabel('Name of the system').fill('Torque Time library');
  await admin.getByLabel('Supplier', { exact: true }).fill('Torque Time Ltd');
  await admin.getByLabel('What it is for').fill('Short courses to keep up with the trade');
  await admin.getByLabel('Address that System Access opens').fill(`${party.url}/launch`);
  await admin.getByLabel('All centres').check();
  await admin.getByLabel('Centre coordinator').check();
  for (const passed of ['Name', 'Email address', 'Organisation and roles'])
    await admin.getByLabel(passed, { exact: true }).check();
  await admin.getByLabel('Addresses to come back to').fill(party.redirectAddress);
  await admin.getByLabel('Addresses to go back to').fill(party.logOutAddress);
  await admin.getByRole('button', { name: 'Add the system' }).click();
  await admin.getByRole('heading', { name: 'Give this to the supplier' }).waitFor();
  await checkPage(admin);
  const cell = async (label: string) =>
    (
      await admin
        .locator('.ao-dl div', { has: admin.getByText(label, { exact: true }) })
        .locator('dd')
        .innerText()
    ).trim();
  await party.register(app, { id: await cell('Client ID'), secret: await cell('Client secret') });
  await admin.getByRole('link', { name: 'I have copied the secret' }).click();
  await admin.getByText('Nobody has entered yet').waitFor();
  await checkPage(admin);
});

test('a coordinator enters from System Access, reads once what is passed on, and next time goes straight in', async () => {
  const page = await open(390);
  await page.goto(`${party.url}/launch`);
  await page.waitForURL('**/login?next=*');
  await logIn(page, 'coordinator');
  await page.getByRole('heading', { name: 'Go on to Torque Time library' }).waitFor();
  await page.getByText('Your name').waitFor();
  await checkPage(page);
  await page.getByRole('button', { name: 'Go on to Torque Time library' }).click();
  await page.waitForURL(`${party.url}/callback*`);
  await page.getByText('Welcome,').waitFor();

  await page.goto(`${app.url}/system-access`);
  await checkPage(page);
  await page.getByRole('main').getByRole('link', { name: 'Torque Time library' }).click();
  await page.waitForURL(`${party.url}/callback*`);
  assert.equal(party.arrivals.length, 2);

  await page.goto(`${party.url}/leave`);
  await page.getByRole('heading', { name: 'Log out of IMI Connect as well?' }).waitFor();
  await checkPage(page);
  await page.getByRole('button', { name: 'Log out', exact: true }).last().click();
  await page.getByRole('link', { name: 'Back to Torque Time Ltd' }).click();
  await page.getByText('You left Torque Time').waitFor();
});

test('logging in on the way leads out to the supplier without a stop, whatever the browser thinks of forms', async () => {
  const page = await open(1280);
  await page.goto(`${party.url}/launch`);
  await page.waitForURL('**/login?next=*');
  await logIn(page, 'coordinator');
  await page.waitForURL(`${party.url}/callback*`);
  await page.getByText('Welcome,').waitFor();
});

test('whose role is not among them learns which is missing and who can give it', async () => {
  const page = await open(390);
  await page.goto('/login');
  await logIn(page, 'invigilator');
  await page.waitForURL('**/home');
  await page.goto(`${party.url}/launch`);
  await page.getByText('you need the role').waitFor();
  await checkPage(page);
  await page.getByRole('button', { name: 'Back to Torque Time Ltd' }).click();
  await page.getByText('access_denied').waitFor();
});
