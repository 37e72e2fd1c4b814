/** A form from the officer's first word to a centre's submission: designed, previewed, published, filled in, signed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { lookAt, pageOf } from '#test/journey.ts';

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

async function addQuestion(page: Page, label: string, type: string, fill: () => Promise<void> = async () => {}) {
  await page.getByRole('link', { name: 'Add a question to The loan' }).click();
  await page.getByLabel('Question', { exact: true }).fill(label);
  await page.getByLabel('Type of answer').selectOption({ label: type });
  await fill();
  await page.getByRole('button', { name: 'Add the question' }).click();
  await page.getByText('The draft is saved.').waitFor();
}

test('an officer designs a form, and a coordinator fills it in and signs it', async () => {
  const officer = await pageOf(app, browser, 'officer');
  await officer.goto(`${app.url}/centres-hub/centres`);
  await officer.getByRole('link', { name: 'Forms', exact: true }).click();
  await officer.getByRole('link', { name: 'New form' }).click();
  await officer.getByLabel('Title').fill('Loan of equipment');
  await officer.getByRole('button', { name: 'Begin the form' }).click();
  await officer.getByLabel('What it is for').fill('To borrow a training board.');
  await officer.getByRole('group', { name: 'Who fills it in?' }).getByLabel('Centre coordinator').check();
  await officer.getByRole('group', { name: 'Is it signed?' }).getByLabel('Yes').check();
  await officer.getByLabel('The statement that is signed').fill('We bring it back whole.');
  await officer.getByRole('group', { name: 'Who signs?' }).getByLabel('Centre coordinator').check();
  await officer.getByRole('group', { name: 'Who decides?' }).getByLabel('Awarding officer').check();
  await officer.getByRole('button', { name: 'Save the facts' }).click();
  await officer.getByRole('link', { name: 'Add a section' }).click();
  await officer.getByLabel('Title of the section').fill('The loan');
  await officer.getByRole('button', { name: 'Add the section' }).click();
  await addQuestion(officer, 'Is a vehicle needed?', 'Yes or no');
  await addQuestion(officer, 'Which vehicle?', 'One line of text', async () => {
    await officer.getByRole('group', { name: 'Only if "Is a vehicle needed?" is' }).getByLabel('Yes').check();
  });
  await addQuestion(officer, 'Inventory', 'Files');
  await lookAt(officer);
  await officer.getByRole('link', { name: 'Preview' }).click();
  const tried = officer.getByLabel('Which vehicle?');
  assert.equal(await tried.isVisible(), false);
  await officer.getByRole('group', { name: 'Is a vehicle needed?' }).getByLabel('Yes').check();
  await tried.waitFor();
  await officer.getByRole('link', { name: 'Back to the form' }).click();
  await officer.getByRole('link', { name: 'Publish', exact: true }).click();
  await officer.getByLabel('Reason').fill('Centres ask for it by telephone');
  await lookAt(officer);
  await officer.getByRole('button', { name: 'Publish the form' }).click();
  await officer.getByText('It is published.').waitFor();

  const centre = await pageOf(app, browser, 'coordinator');
  await centre.goto(`${app.url}/centres-hub/requests/new`);
  await centre.getByRole('link', { name: 'Loan of equipment' }).click();
  await centre.getByRole('button', { name: 'Begin' }).click();
  const vehicle = centre.getByLabel('Which vehicle?');
  assert.equal(await vehicle.isVisible(), false);
  await centre.getByRole('group', { name: 'Is a vehicle needed?' }).getByLabel('Yes').check();
  await vehicle.fill('A van');
  await centre.getByText(/^Saved at \d\d:\d\d$/).waitFor();
  await centre.getByRole('link', { name: 'Attach a file to "Inventory"' }).waitFor();
  await lookAt(centre);
  const address = centre.url();

  // Without a connection the page says so, keeps what is typed, and saves it when the connection is back.
  await centre.context().setOffline(true);
  await vehicle.fill('A van with a lift');
  await centre.getByText('Not saved: no connection, will try again').waitFor();
  await centre.context().setOffline(false);
  await centre.getByText(/^Saved at \d\d:\d\d$/).waitFor();
  await centre.reload();
  assert.equal(await centre.getByLabel('Which vehicle?').inputValue(), 'A van with a lift');

  await centre.getByRole('button', { name: /^Add files.*Inventory$/ }).click();
  await centre
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 list') });
  await centre.getByRole('button', { name: 'Add', exact: true }).click();
  await centre.getByRole('link', { name: 'list.pdf' }).waitFor();
  await centre.getByRole('link', { name: 'Back to the form' }).click();
  await centre.getByRole('button', { name: 'Submit' }).click();
  await centre.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await lookAt(centre);
  await centre.getByLabel('Your name').fill('Marguerite Holloway-Finch');
  await centre.getByRole('button', { name: 'Submit' }).click();
  await centre.waitForURL(/\/centres-hub\/requests\/[0-9a-f-]{36}\?done=submitted$/);
  await centre.goto(address.replace(/\/fill-in.*/, '/form'));
  await centre.getByText('A van with a lift').waitFor();
  await centre.getByText('We bring it back whole.').waitFor();
  await lookAt(centre);
});
