/** From the invitation to the dashboard, and what the awarding body does for people: docs/journeys/invited-to-active.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';

const WRONG = 'elowen.pasco@northgate.exmaple.example';
const RIGHT = 'elowen.pasco@northgate.example';
const NAME = 'Elowen Pasco-Trevelyan';

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
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

async function logIn(page: Page, username: string): Promise<void> {
  await page.goto('/login');
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL('**/home');
}

/** The address of the link in the newest mail to somebody. */
async function mailedLink(page: Page, email: string): Promise<string> {
  await page.goto('/dev/mailbox');
  await page
    .getByRole('row', { name: new RegExp(email) })
    .getByRole('link')
    .first()
    .click();
  return (await page.locator('a[href*="/set-up-account"]').getAttribute('href')) as string;
}

/** Axe at a wide and at a narrow window; nothing is wider than the window. */
async function checkAtBothWidths(page: Page): Promise<void> {
  const size = page.viewportSize() as { width: number; height: number };
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0, `${page.url()} at ${width}`);
  }
  await page.setViewportSize(size);
}

test('a user comes from the mailed link to the dashboard, after the address was put right', async () => {
  const coordinator = await open(1280);
  await logIn(coordinator, 'coordinator');
  await coordinator.goto('/centres-hub/users/add');
  await coordinator.getByLabel('Given names').fill('Elowen');
  await coordinator.getByLabel('Family name').fill('Pasco-Trevelyan');
  await coordinator.getByLabel('Email').fill(WRONG);
  await coordinator.getByRole('checkbox', { name: 'Invigilator' }).check();
  await coordinator.getByRole('button', { name: 'Add the user' }).click();
  await coordinator.getByRole('link', { name: 'Change the email' }).click();
  await coordinator.getByLabel('New email').fill(RIGHT);
  await checkAtBothWidths(coordinator);
  const oldLink = await mailedLink(await open(390), WRONG);
  await coordinator.getByRole('button', { name: 'Change and send the invitation' }).click();
  await coordinator.getByText('The link at the old address no longer works').waitFor();

  const user = await open(390);
  await user.goto(oldLink);
  await user.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  const link = await mailedLink(user, RIGHT);
  await coordinator.goto(link);
  await coordinator.getByRole('heading', { name: /You are logged in as/ }).waitFor();
  await checkAtBothWidths(coordinator);

  await user.goto(link);
  await user.getByLabel('Username').fill('elowen.pasco');
  await user.locator('#password').fill('tappet lane sycamore');
  await user.getByRole('button', { name: 'Set up my account' }).click();
  await user.getByText('One step is left: your PIN').waitFor();
  await user.locator('summary', { hasText: 'Show my PIN' }).click();
  await checkAtBothWidths(user);
  await user.locator('#pin').fill(await user.locator('details .code').first().innerText());
  await user.getByLabel('E-mail address').fill(RIGHT);
  await user.getByRole('button', { name: 'Activate my PIN' }).click();
  await user.waitForURL('**/home');
  await user.getByText('Northgate Motor Training').first().waitFor();

  await coordinator.goto('/centres-hub/users/invitations');
  const row = coordinator.getByRole('row', { name: /Pasco-Trevelyan/ });
  await row.getByText('Activated', { exact: true }).waitFor();
  await checkAtBothWidths(coordinator);
  await coordinator.getByRole('link', { name: /^Activated \d/ }).click();
  await coordinator.waitForURL(/state=activated/);
  await row.waitFor();
});

test('an officer finds somebody, suspends, lifts, and merges two records', async () => {
  const officer = await open(1280);
  await logIn(officer, 'officer');
  await officer.goto('/system-access');
  await officer.locator('main').getByRole('link', { name: 'People', exact: true }).click();
  await checkAtBothWidths(officer);
  await officer.getByLabel('Name, email or username').fill('elowen');
  await officer.getByRole('button', { name: 'Show' }).click();
  await officer.getByRole('link', { name: 'Pasco-Trevelyan, Elowen' }).click();
  await officer.getByRole('heading', { name: NAME }).waitFor();
  await checkAtBothWidths(officer);

  await officer.getByRole('link', { name: 'Suspend the account' }).click();
  await officer.getByLabel('Reason').fill('The PIN was seen on a notice board');
  await checkAtBothWidths(officer);
  await officer.getByRole('button', { name: 'Suspend the account' }).click();
  await officer.getByText('All log-in sessions have ended').waitFor();
  const person = await open(390);
  await person.goto('/login');
  await person.locator('#username').fill('elowen.pasco');
  await person.locator('#password').fill('tappet lane sycamore');
  await person.getByRole('button', { name: 'Login' }).click();
  await person.getByText('do not match').first().waitFor();
  await officer.getByRole('link', { name: 'Lift the suspension' }).first().click();
  await officer.getByLabel('Reason').fill('A new PIN was given');
  await officer.getByRole('button', { name: 'Lift the suspension' }).click();
  await officer.getByText('The suspension is lifted').waitFor();

  await officer.getByRole('link', { name: 'Merge with another record' }).click();
  await officer.getByLabel('Name, email or username').fill('winifred.oakapple');
  await officer.getByRole('button', { name: 'Show' }).click();
  await checkAtBothWidths(officer);
  await officer.getByRole('link', { name: 'Oakapple, Winifred' }).click();
  await officer.getByText('Winifred Oakapple is merged into Elowen').waitFor();
  await officer.getByLabel('Reason').fill('Changed her name on marriage, certificate seen');
  await checkAtBothWidths(officer);
  await officer.getByRole('button', { name: 'Merge the records' }).click();
  await officer.getByText('The two records are one now').waitFor();
  await checkAtBothWidths(officer);
  await officer.getByRole('link', { name: 'History' }).click();
  await officer.getByRole('cell', { name: 'Two records of one person were made one' }).waitFor();
  await checkAtBothWidths(officer);
});
