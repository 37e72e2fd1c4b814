/** A competence that runs out: put down, proved, approved, seen coming by person and coordinator, ended, renewed. */
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { lookAt, pageOf } from '#test/journey.ts';
import { remindOfExpiries } from '../../src/systems/centres-hub/competence/remind.ts';

const DAY = 86_400_000;
const clock = new SetClock('2027-01-11T10:00:00Z');
const PRODUCT = 'IMI Accreditation in Electric and Hybrid Vehicle Hazard Awareness';
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

async function fillDay(
  page: Page,
  group: string,
  [day, month, year]: readonly [number, number, number],
): Promise<void> {
  const date = page.getByRole('group', { name: group });
  await date.getByLabel('Day').fill(String(day));
  await date.getByLabel('Month').fill(String(month));
  await date.getByLabel('Year').fill(String(year));
}

async function addRecord(page: Page, link: string, fill: () => Promise<void>): Promise<void> {
  await page.goto(`${app.url}/centres-hub/competence/own`);
  await page.getByRole('link', { name: link }).click();
  await fill();
  await page.getByRole('button', { name: 'Add the record' }).click();
  await page.getByText('The record is added.').waitFor();
}

test('a licence that runs out ends the right to assess, seen coming by the person and the coordinator', async () => {
  const coordinator = await pageOf(app, browser, 'coordinator');
  await coordinator.goto(`${app.url}/centres-hub/who-does-what`);
  await coordinator.getByRole('link', { name: 'Put somebody down' }).click();
  await coordinator
    .getByLabel('Who', { exact: true })
    .selectOption({ label: 'Thakkarwala, Rajan (ePortfolio champion)' });
  await coordinator.getByLabel('Assessor', { exact: true }).check();
  await coordinator.getByLabel('Product', { exact: true }).selectOption({ label: PRODUCT });
  await coordinator.getByRole('button', { name: 'Put down' }).click();
  await coordinator.getByText('It is put down.').waitFor();

  const person = await pageOf(app, browser, 'champion');
  await addRecord(person, 'Add a licence', async () => {
    await person.getByRole('button', { name: 'Add the record' }).click();
    await person.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await lookAt(person);
    await person.getByLabel('Name of the licence').fill('High-voltage systems');
    await person.getByLabel('Issued by').fill('Marlpit Awards');
    await fillDay(person, 'Issued on', [1, 4, 2024]);
    await fillDay(person, 'Last day of the licence', [30, 4, 2027]);
    await person.getByLabel('Needed for').selectOption({ label: PRODUCT });
    await person
      .getByLabel('Evidence (optional)')
      .setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') });
  });
  await person.getByRole('link', { name: 'licence.pdf' }).waitFor();
  await lookAt(person);

  const quality = await pageOf(app, browser, 'quality');
  await quality.goto(`${app.url}/centres-hub/competence-queue`);
  await lookAt(quality);
  await quality.getByRole('link', { name: `Decide about Rajan Thakkarwala, ${PRODUCT}` }).click();
  await quality.getByLabel('Approved', { exact: true }).check();
  await quality.getByLabel('Reasons').fill('Qualified, and licensed for high-voltage systems');
  await quality.getByRole('button', { name: 'Record the decision' }).click();
  await quality.getByText('The decision is recorded').waitFor();

  const row = (page: Page) =>
    page.getByRole('region', { name: 'Rights by product' }).getByRole('row', { name: PRODUCT });
  await person.goto(`${app.url}/centres-hub/competence/own`);
  await row(person).getByText('Until 30 April 2027').waitFor();

  clock.advance(85 * DAY);
  await remindOfExpiries(app.services);
  const later = await pageOf(app, browser, 'champion');
  await later.goto(`${app.url}/needs-attention`);
  await later.getByRole('row', { name: 'The licence "High-voltage systems" runs out' }).waitFor();
  await later.goto(`${app.url}/notifications`);
  await later
    .getByText('The licence "High-voltage systems" of Rajan Thakkarwala runs out in 24 days')
    .first()
    .waitFor();
  const office = await pageOf(app, browser, 'coordinator');
  await office.goto(`${app.url}/notifications`);
  await office
    .getByText('The licence "High-voltage systems" of Rajan Thakkarwala runs out in 24 days')
    .first()
    .waitFor();

  clock.advance(25 * DAY);
  await remindOfExpiries(app.services);
  const ended = await pageOf(app, browser, 'champion');
  await ended.goto(`${app.url}/centres-hub/competence/own`);
  await row(ended).getByText('The licence "High-voltage systems" ran out on 30 April 2027.').waitFor();
  await row(ended).getByText('Waits for the person.').waitFor();
  await ended.getByText('ran out on 30 April 2027. The right has ended.').waitFor();
  await lookAt(ended);
  await ended.getByRole('link', { name: 'Correct High-voltage systems' }).click();
  await fillDay(ended, 'Last day of the licence', [30, 4, 2030]);
  await ended.getByRole('button', { name: 'Correct the record' }).click();
  await row(ended).getByText('Allowed', { exact: true }).waitFor();
});
