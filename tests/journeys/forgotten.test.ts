/** Back into an account, and to a free one, in the browser: docs/journeys/forgotten.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { allAnswered } from '#test/mails.ts';

const OWNER = { username: 'assessor', email: 'idris.penhallow@northgate.example', password: 'kestrel otter gravel' };
const NEW = { given: 'Elowen', family: "O'Tremaine", email: 'elowen@public.example', username: 'elowen.t' };

let app: TestApplication;
let browser: Browser;
before(async () => {
  app = await startTestApplication();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app?.close();
});

async function open(width: number): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, viewport: { width, height: 900 } });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** Opens the newest mail of this subject to the address in the mailbox. */
async function openMail(page: Page, subject: string, to: string): Promise<void> {
  await allAnswered(app);
  await page.goto('/dev/mailbox');
  await page.getByRole('row', { name: to }).getByRole('link', { name: subject }).first().click();
  await page.getByRole('heading', { name: subject, level: 1 }).waitFor();
}

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username or e-mail address').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

test('a forgotten username comes by mail', async () => {
  const page = await open(390);
  await page.goto('/login');
  await page.getByRole('link', { name: "I've forgotten my username or password" }).click();
  await checkPage(page);
  const form = page.getByRole('form', { name: 'Forgotten username' });
  await form.getByRole('button', { name: 'Mail me my username' }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /Enter the e-mail address/ })
    .click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'email');
  await checkPage(page);
  await page.getByLabel('E-mail address', { exact: true }).fill(OWNER.email);
  await page.getByRole('button', { name: 'Mail me my username' }).click();
  await page.getByRole('heading', { name: 'Look in your mail', level: 1 }).waitFor();
  await checkPage(page);
  await openMail(page, 'Your IMI Connect username', OWNER.email);
  assert.match(await page.locator('main').innerText(), /Your username is:\s+assessor/);
});

test('a forgotten password: a link, a new one, and the log-in with it', async () => {
  const page = await open(1280);
  await page.goto('/forgotten');
  await checkPage(page);
  await page.getByLabel('Username or e-mail address').fill(OWNER.email);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('heading', { name: 'Look in your mail', level: 1 }).waitFor();
  await openMail(page, 'Choose a new IMI Connect password', OWNER.email);
  await page.getByRole('link', { name: /reset-password/ }).click();
  await checkPage(page);
  await page.getByLabel('New password').fill('Motor-Trade-2026');
  await page.getByRole('button', { name: 'Change my password' }).click();
  await page.getByRole('alert').getByText('among the first that attackers try').waitFor();
  await checkPage(page);
  await page.getByLabel('New password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Change my password' }).click();
  await page.getByText('Your password is changed').waitFor();
  await checkPage(page);
  await logIn(page, OWNER.email, OWNER.password);
  await page.waitForURL('**/home');
  await page.goBack();
  await openMail(page, 'Your IMI Connect password was changed', OWNER.email);
});

test('a free account, from the page over the mailbox to home', async () => {
  const page = await open(1280);
  await page.goto('/login');
  await page.getByRole('link', { name: 'Create a FREE account' }).click();
  await page.getByRole('heading', { name: 'Create a FREE IMI Connect account' }).waitFor();
  await checkPage(page);
  await page.getByLabel('Given names').fill(NEW.given);
  await page.getByLabel('Family name').fill(NEW.family);
  await page.getByLabel('E-mail address').fill(NEW.email);
  await page.getByRole('button', { name: 'Mail me the link' }).click();
  await page.getByRole('heading', { name: 'Look in your mail', level: 1 }).waitFor();
  await checkPage(page);
  await openMail(page, 'Your free IMI Connect account', NEW.email);
  await page.getByRole('link', { name: /new-account/ }).click();
  assert.equal(await page.getByLabel('Family name').inputValue(), NEW.family);
  await page.getByLabel('Username').fill(NEW.username);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await checkPage(page);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.waitForURL('**/home');
  assert.match(await page.getByRole('banner').innerText(), /Elowen/);
});
