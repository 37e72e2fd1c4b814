/** The second factor in a browser, from setting it up to being without a phone: docs/journeys/second-factor.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { codeAt, endExemption } from '#test/second-factor.ts';

let app: TestApplication;
let browser: Browser;
/** Passkeys belong to names: the site under its own. */
let site: string;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock });
  site = app.url.replace('127.0.0.1', 'localhost');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app?.close();
});

async function open(width: number, more: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: site, viewport: { width, height: 900 }, ...more });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** At both widths: accessible, and nothing to scroll sideways for. */
async function check(page: Page): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${page.url()} at ${width}`);
  }
}

async function givePassword(page: Page, username: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Login', exact: true }).click();
}

async function secretOn(page: Page): Promise<string> {
  await page.getByText("I can't scan it").click();
  return (await page.locator('.ao-secret').innerText()).replaceAll(' ', '');
}

async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

let secret = '';
let codes: string[] = [];

test('1. a coordinator without a second factor is led to set one up: an authenticator app', async () => {
  await endExemption(app, 'coordinator');
  const page = await open(1280);
  await givePassword(page, 'coordinator');
  await page.getByRole('heading', { name: /^One step is left/ }).waitFor();
  await check(page);
  await page.goto('/web-portal/candidates');
  await page.getByRole('link', { name: 'Set up your second factor' }).click();
  await page.getByText('Your role requires one').waitFor();
  await check(page);
  await page.getByRole('link', { name: 'Add an authenticator app' }).click();
  secret = await secretOn(page);
  await check(page);
  await page.getByLabel('Code from the app').fill('12345');
  await page.getByRole('button', { name: 'Add the app' }).click();
  await page.getByRole('alert').getByText('Enter the 6 digits').waitFor();
  await check(page);
  await page.getByLabel('Code from the app').fill(codeAt(secret, clock.now()));
  await page.getByRole('button', { name: 'Add the app' }).click();
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  codes = await page.locator('.ao-codes li').allInnerTexts();
  assert.equal(codes.length, 10);
  await check(page);
  await page.getByRole('button', { name: 'I have kept my codes' }).click();
  await check(page);
  await page.getByRole('link', { name: 'Go to your home page' }).click();
  await page.getByRole('heading', { name: 'Needs attention today' }).waitFor();
  await page.context().close();
});

test('2. password and code, without script; the device is remembered', async () => {
  const page = await open(390, { javaScriptEnabled: false });
  clock.advance(60_000);
  await givePassword(page, 'coordinator');
  await page.getByLabel('Code from your app').fill(codeAt(secret, clock.now()));
  await page.getByLabel('Remember this device for 30 days').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/home');
  await page.goto('/my-details/second-factors');
  await page.getByRole('heading', { name: 'Remembered devices' }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).first().click();
  await givePassword(page, 'coordinator');
  await page.waitForURL('**/home');
  await page.context().close();
});

test('3. a passkey is added, and logs in without username and password', async () => {
  const page = await open(1280);
  await withAuthenticator(page.context(), page);
  clock.advance(60_000);
  await givePassword(page, 'coordinator');
  await page.getByLabel('Code from your app').waitFor();
  await check(page);
  await page.getByLabel('Code from your app').fill(codeAt(secret, clock.now()));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/home');
  await page.goto('/my-details/second-factors/add-passkey');
  await page.getByLabel('Name of the passkey').fill('Workshop laptop');
  await check(page);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByText('Your passkey is added').waitFor();
  await page.getByRole('rowheader', { name: /Workshop laptop/ }).waitFor();
  await check(page);
  await page.getByRole('button', { name: 'Log out' }).first().click();
  await page.waitForURL('**/login');
  await check(page);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.getByRole('heading', { name: 'Needs attention today' }).waitFor();
  clock.advance(14 * 60_000);
  await page.goto('/my-details');
  clock.advance(2 * 60_000);
  await page.goto('/my-details/second-factors');
  await page.getByRole('link', { name: 'Remove Workshop laptop' }).click();
  await page.getByRole('heading', { name: "Confirm that it's you" }).waitFor();
  await check(page);
  await page.getByRole('button', { name: 'Use a passkey instead' }).click();
  await page.getByRole('heading', { name: 'Remove the passkey "Workshop laptop"?' }).waitFor();
  await check(page);
  await page.getByRole('button', { name: 'Remove the passkey' }).click();
  await page.getByText('It is removed').waitFor();
  await page.context().close();
});

test('4. without the phone: a recovery code, once', async () => {
  const page = await open(390);
  await givePassword(page, 'coordinator');
  await page.getByRole('link', { name: /use a recovery code/ }).click();
  await check(page);
  await page.getByLabel('Recovery code').fill(String(codes[0]));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/home');
  await page.goto('/my-details/second-factors');
  await page.getByText('9 of 10 left').waitFor();
  await page.context().close();
});
