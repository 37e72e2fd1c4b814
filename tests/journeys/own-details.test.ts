/** My Details, switching and the warning before the end of a log-in session, in a browser; key pages at two widths. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';

const MINUTE = 60_000;
let app: TestApplication;
let browser: Browser;
const clock = new SetClock(new Date());
before(async () => {
  app = await startTestApplication({ clock });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app.close();
});

async function logIn(username: string, width = 1280): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${app.url}/login`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL('**/home');
  return { context, page };
}

async function checkAtBothWidths(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
  }
}

async function newestLinks(): Promise<string[]> {
  const rows = await asSuperuser(app.database.url, async (client) => {
    const found = await client.query(
      "select body from platform.mails where kind = 'accounts.email-change' order by written_at desc, id desc limit 2",
    );
    return found.rows as { body: string }[];
  });
  return rows.map(({ body }) => /\/confirm-e-mail\?token=[\w-]+/.exec(body)?.[0] ?? 'no link');
}

test('a change of e-mail address over both mails', async () => {
  const { context, page } = await logIn('champion', 390);
  await page.goto(`${app.url}/my-details`);
  await checkPage(page);
  await page.getByRole('link', { name: 'Change my e-mail address' }).click();
  await page.getByLabel('New e-mail address').fill('champion@new.example');
  await page.getByRole('button', { name: 'Send both links' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Enter your password' }).waitFor();
  await checkPage(page);
  assert.equal(await page.getByLabel('New e-mail address').inputValue(), 'champion@new.example');
  await page.getByLabel('Your password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Send both links' }).click();
  await page.getByText('Your e-mail address is to change').waitFor();
  await checkPage(page);
  for (const link of await newestLinks()) {
    await page.goto(app.url + link);
    await checkPage(page);
    await page.getByRole('button', { name: /^Confirm by the/ }).click();
  }
  await page.getByText('Your e-mail address is changed.').waitFor();
  await page.getByText('champion@new.example', { exact: true }).waitFor();
  await context.close();
});

test('a new PIN; one device logged out, then all', async () => {
  const { context, page } = await logIn('invigilator');
  const other = await logIn('invigilator', 390);
  await page.goto(`${app.url}/my-details`);
  await page.getByText(/^Show my PIN for/).click();
  const old = await page.locator('#pin-04417').textContent();
  await page.getByRole('link', { name: /^Get a new PIN/ }).click();
  await checkPage(page);
  await page.getByLabel('Why do you need a new PIN?').fill('Somebody saw it over my shoulder');
  await page.getByLabel('Your password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Replace my PIN' }).click();
  await page.getByText('You have a new PIN').waitFor();
  assert.notEqual(await page.locator('#pin-04417').textContent(), old);
  await checkPage(page);
  await page
    .getByRole('button', { name: /^Log out .*last used/ })
    .first()
    .click();
  await page.getByText('That device is logged out.').waitFor();
  await other.page.goto(`${app.url}/my-details`);
  assert.match(other.page.url(), /\/login/);
  await page.getByRole('link', { name: 'All events' }).click();
  await page.getByText('You replaced your PIN for').waitFor();
  await checkPage(page);
  await page.goBack();
  await page.getByRole('button', { name: 'Log out everywhere', exact: true }).click();
  await page.waitForURL('**/login');
  await context.close();
  await other.context.close();
});

test('a switch by keyboard, and a form of the other tab', async () => {
  const { context, page } = await logIn('several');
  const strip = page.getByRole('region', { name: 'For whom you act' });
  assert.match((await strip.textContent()) ?? '', /Northgate Motor Training.*Centre administrator/);
  const register = await context.newPage();
  await register.goto(`${app.url}/web-portal/transfers/ask`);
  await register.getByLabel('Candidate number').fill('Half Typed');

  await page.goto(`${app.url}/home`);
  await strip.locator('summary').focus();
  await page.keyboard.press('Enter');
  await checkAtBothWidths(page);
  await strip.getByRole('button', { name: /Severnside Vehicle Academy/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
  assert.match((await strip.textContent()) ?? '', /Severnside Vehicle Academy.*Invigilator/);

  await register.locator('main form[method=post] [type=submit]').first().click();
  await register.getByRole('heading', { name: 'This form was made for Northgate Motor Training' }).waitFor();
  await checkAtBothWidths(register);
  const back = register.getByRole('button', { name: 'Act for Northgate Motor Training again and go on' });
  await back.click();
  assert.equal(await register.getByLabel('Candidate number').inputValue(), 'Half Typed');
  await strip.locator('summary').click();
  await strip.getByRole('button', { name: /^Myself/ }).click();
  await page.waitForURL('**/home');
  assert.match((await strip.textContent()) ?? '', /Myself.*Your own records only/);
  await checkAtBothWidths(page);
  await context.close();
});

test('the warning before the end of a session keeps what is typed', async () => {
  const { context, page } = await logIn('administrator');
  await page.clock.install();
  const pass = async (minutes: number) => {
    clock.advance(minutes * MINUTE);
    await page.clock.runFor(minutes * MINUTE);
  };
  await page.goto(`${app.url}/web-portal/transfers/ask`);
  await page.getByLabel('Candidate number').fill('Half Typed');
  await pass(12.5);
  assert.equal(await page.getByRole('dialog').isVisible(), false);
  await pass(1);
  await page.getByRole('dialog', { name: 'You will be logged out soon' }).waitFor();
  await checkAtBothWidths(page);
  await page.getByRole('button', { name: 'Stay logged in' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('Candidate number').inputValue(), 'Half Typed');

  // Typing is use: no warning, and the session lasts on.
  await pass(12);
  await page.getByLabel('Candidate number').fill('Half Typed Still');
  const stayed = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await pass(1.5);
  await (await stayed).finished();
  assert.equal(await page.getByRole('dialog').isVisible(), false);

  await pass(16);
  await page.getByText('You have been logged out.').waitFor();
  await checkAtBothWidths(page);
  assert.equal(await page.getByLabel('Candidate number').inputValue(), 'Half Typed Still');

  // Sent nevertheless: the log-in leads back to the form, with the text.
  await page.locator('main form[method=post] [type=submit]').first().click();
  await page.waitForURL('**/login**');
  await page.getByLabel('Username').fill('administrator');
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL('**/web-portal/transfers/ask**');
  assert.equal(await page.getByLabel('Candidate number').inputValue(), 'Half Typed Still');
  await context.close();
});
