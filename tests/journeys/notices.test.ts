/** A notice to confirm, from the officer who writes it to the figures; a daily digest, from the preference to the page behind its link. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { lookAt, pageOf } from '#test/journey.ts';
import { mailDigests } from '../../src/systems/connect/deliver-notifications/deliver.ts';

const clock = new SetClock(new Date());
const TITLE = 'Workshop safety: one new rule';
const WORDS = 'I have told everybody who works in our workshops.';
let app: TestApplication;
let browser: Browser;
before(async () => {
  app = await startTestApplication({ clock });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app.close();
});

test('a notice for one product is confirmed by whom it reaches, unseen by others, and counted', async () => {
  const officer = await pageOf(app, browser, 'officer');
  await officer.goto(`${app.url}/notices/written`);
  await officer.getByRole('link', { name: 'Write a notice' }).click();
  await officer.getByLabel('Title').fill(TITLE);
  await officer
    .getByLabel('Text', { exact: true })
    .fill('From now on:\n- eye protection at each bench\n\nMore at https://safety.example/rules.');
  await officer.getByLabel('Centres approved for a product').check();
  await officer
    .getByLabel('Product (only')
    .selectOption({ label: 'IMI Level 1 Certificate in Automotive Body Repair' });
  await officer.getByLabel('Yes', { exact: true }).check();
  await officer.getByRole('button', { name: 'Save and preview' }).click();
  await officer.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await lookAt(officer);
  assert.equal(await officer.getByLabel('Title').inputValue(), TITLE);
  await officer.getByLabel('The sentence they confirm').fill(WORDS);
  await officer.getByRole('button', { name: 'Save and preview' }).click();
  await officer.getByRole('heading', { name: 'The draft as its readers will see it' }).waitFor();
  await lookAt(officer);
  await officer.getByRole('button', { name: 'Publish the notice' }).click();
  await officer.getByText('It is published.').waitFor();
  const written = officer.url().split('?')[0] as string;

  const inside = await pageOf(app, browser, 'coordinator');
  await inside.goto(`${app.url}/needs-attention?system=Notices`);
  await lookAt(inside);
  const row = inside.getByRole('row', { name: TITLE });
  await row.getByRole('link', { name: 'Read and confirm' }).click();
  await inside.getByRole('link', { name: 'https://safety.example/rules' }).waitFor();
  await lookAt(inside);
  const address = inside.url();
  await inside.getByLabel(WORDS).check();
  await inside.getByRole('button', { name: 'Confirm the notice' }).click();
  await inside.getByText('You have confirmed this notice.').waitFor();
  await inside.goto(`${app.url}/notices`);
  await lookAt(inside);

  const outside = await pageOf(app, browser, 'coordinator2');
  await outside.goto(`${app.url}/notices`);
  assert.equal(await outside.getByText(TITLE).count(), 0);
  assert.equal((await outside.goto(address))?.status(), 404);

  await officer.goto(written);
  await lookAt(officer);
  const confirmed = officer.getByRole('progressbar', { name: 'Confirmed at Northgate Motor Training' });
  assert.equal(await confirmed.textContent(), '1 of 7');
  assert.equal(await officer.getByText('Severnside').count(), 0);
  await officer.getByRole('link', { name: 'See the 6 who have not' }).click();
  await officer.getByRole('row', { name: /Achterberg/ }).waitFor();
  await lookAt(officer);
});

test('one mail a day: chosen, written in the morning, its link leads through the log-in', async () => {
  const officer = await app.logIn('officer');
  const page = await pageOf(app, browser, 'coordinator2');
  await page.goto(`${app.url}/notifications/preferences`);
  await lookAt(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByLabel('The awarding body stops something at your centre: One mail a day').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('It holds for what happens from now on.').waitFor();
  await officer.post('/centres-hub/approvals/switches/off?centre=04426', {
    capability: 'claim',
    productId: 'all',
    reason: 'Two records are missing',
  });
  await page.goto(`${app.url}/notifications`);
  await page.getByText('Two records are missing').waitFor();
  await lookAt(page);
  clock.advance(24 * 3_600_000);
  await mailDigests(app.services);

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${app.url}/dev/mailbox`);
  await stranger
    .getByRole('row', { name: /gethin\.morlais/ })
    .getByRole('link', { name: /notification/ })
    .first()
    .click();
  await stranger.getByText('You get this mail because you chose').waitFor();
  // Of several things in the mail, the link of this one.
  const told = /Two records are missing[\s\S]*?(\/notifications\/[0-9a-f-]{36})/;
  const href = told.exec(await stranger.locator('main').innerText())?.[1];
  await stranger.goto(app.url + href);
  await stranger.getByLabel('Username').fill('coordinator2');
  await stranger.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await stranger
    .getByRole('main')
    .getByRole('button', { name: /^Log ?in$/ })
    .click();
  await stranger.getByRole('heading', { name: 'Approvals' }).waitFor();
});
