/** From interest to the first registration: docs/journeys/becoming-a-centre.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { linkIn, mailsTo } from '#test/mails.ts';

const APPLICANT = 'rhoswen@carding.example';
const COORDINATOR = 'emrys.tallis@carding.example';

let app: TestApplication;
let browser: Browser;
before(async () => {
  // A new coordinator would have to set up a second factor first: tests/journeys/second-factor.test.ts.
  app = await startTestApplication({ env: { SECOND_FACTOR: 'offered' } });
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

async function fill(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(answers)) await page.getByLabel(label, { exact: true }).fill(value);
}

async function fillDate(page: Page, group: string, date: Date): Promise<void> {
  const fields = page.getByRole('group', { name: group });
  await fields.getByLabel('Day').fill(String(date.getUTCDate()));
  await fields.getByLabel('Month').fill(String(date.getUTCMonth() + 1));
  await fields.getByLabel('Year').fill(String(date.getUTCFullYear()));
}

const newestLink = async (to: string, path: string) => linkIn((await mailsTo(app, to)).at(-1), path);
const inDays = (days: number) => new Date(app.services.clock.now().getTime() + days * 86_400_000);

test('an organisation becomes a centre and registers its first candidate', async () => {
  // Interest, confirmed by the mailed link.
  const applicant = await open(390);
  await applicant.goto('/become-a-centre');
  await checkAtBothWidths(applicant);
  await fill(applicant, {
    Organisation: 'Carding Mill Motors',
    'Your name': 'Rhoswen Carding',
    'E-mail address': APPLICANT,
    Postcode: 'ZZ6 1AA',
    'Products of interest': 'Air conditioning',
  });
  await applicant.getByRole('button', { name: 'Send' }).click();
  await applicant.getByRole('heading', { name: 'Look in your mail' }).waitFor();
  await applicant.goto(await newestLink(APPLICANT, '/become-a-centre/confirm'));
  await applicant.getByRole('button', { name: 'Confirm' }).click();
  await applicant.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();

  // The awarding body finds it among what needs attention, and invites.
  const officer = await open(1280);
  await officer.goto('/login');
  await officer.locator('#username').fill('officer');
  await officer.locator('#password').fill(DEMO_PASSWORD);
  await officer.getByRole('button', { name: 'Login' }).click();
  await officer.waitForURL('**/home');
  await officer.goto('/centres-hub/applications?move=body');
  await officer.getByRole('link', { name: 'Carding Mill Motors' }).click();
  const application = officer.url();
  await officer.getByRole('link', { name: 'Invite to apply' }).click();
  await officer.getByLabel('Why the organisation is invited').fill('Fits our plan for the region');
  await officer.getByRole('button', { name: 'Send the invitation' }).click();

  // The application is saved half done, says what is missing, and is sent.
  await applicant.goto(await newestLink(APPLICANT, '/become-a-centre/application'));
  await fill(applicant, { Owner: 'Carding Mill Motors Ltd', 'Company or charity number': '09990001' });
  await applicant.getByRole('button', { name: 'Save', exact: true }).click();
  await applicant.getByText('Nothing was sent yet').waitFor();
  await applicant.getByRole('button', { name: 'Send the application' }).click();
  await applicant.getByRole('alert').getByText('Enter the name of the head of centre').waitFor();
  await checkAtBothWidths(applicant);
  await fill(applicant, {
    Address: 'The Mill\nCarding Lane',
    Town: 'Severnside',
    Postcode: 'ZZ6 1AA',
    Telephone: '01632 960431',
    'Head of centre': 'Rhoswen Carding',
    'E-mail of the head of centre': APPLICANT,
    'Given names of the centre coordinator': 'Emrys',
    'Family name of the centre coordinator': 'Tallis',
    'E-mail of the centre coordinator': COORDINATOR,
    'Assessors and internal quality assurers': 'Emrys Tallis, assessor',
    'Name of the first site': 'The Mill',
    Rooms: 'Test room',
    Insurance: 'Mutual 123, until 2027',
    'Other awarding bodies': 'None',
    'Two references': 'Two employers',
  });
  for (const policy of ['Malpractice', 'Complaints', 'Appeals', 'Equality', 'Data protection'])
    await applicant.getByRole('checkbox', { name: policy }).check();
  await applicant.getByRole('button', { name: 'Send the application' }).click();
  await applicant.getByText('We mail you as soon as it is your move again').waitFor();

  // Due diligence, a visit, a condition, the agreement.
  await officer.goto(application);
  for (const check of ['Company register', 'UKPRN', 'Insurance', 'References', 'Sanctions elsewhere']) {
    await officer.getByRole('link', { name: new RegExp(`Record.*${check}`) }).click();
    await officer.getByLabel('Done, nothing stands in the way').check();
    await officer.getByLabel('What was looked at, and what was found').fill('Looked at, all in order');
    await officer.getByRole('button', { name: 'Record the check' }).click();
  }
  await checkAtBothWidths(officer);
  await officer.getByRole('button', { name: 'Go on to the decision' }).click();
  await officer.getByRole('link', { name: 'Set a condition' }).click();
  await officer.getByRole('textbox', { name: 'Condition' }).fill('Send the certificate of the second assessor');
  await fillDate(officer, 'To be met by', inDays(40));
  await officer.getByRole('button', { name: 'Set the condition' }).click();
  await officer.getByRole('link', { name: 'Write a report' }).click();
  await officer.getByLabel('By a visit').check();
  await fillDate(officer, 'Day of the visit or decision', inDays(0));
  await officer.getByRole('textbox', { name: 'Report' }).fill('Two workshops seen, well run and safe. Approve.');
  await officer.getByRole('button', { name: 'Save the report' }).click();
  await officer.getByRole('button', { name: 'Send the agreement' }).click();
  await officer.getByText('Agreement to sign', { exact: false }).first().waitFor();
  await applicant.goto(await newestLink(APPLICANT, '/become-a-centre/application'));
  await applicant.getByLabel('Full name of the head of centre').fill('Rhoswen Carding');
  await checkAtBothWidths(applicant);
  await applicant.getByRole('button', { name: 'Sign the agreement' }).click();
  await applicant.getByText('We mail you when the centre is approved').waitFor();

  // Approved: the centre is there, and its coordinator comes in by the invitation.
  await officer.goto(application);
  await officer.getByRole('link', { name: 'Approve the centre' }).click();
  await officer.getByRole('button', { name: 'Approve the centre' }).click();
  await officer.getByRole('heading', { name: 'Carding Mill Motors' }).waitFor();
  const number = new URL(officer.url()).searchParams.get('centre');
  await officer.goto(`/centres-hub/approvals/grant?centre=${number}`);
  await officer.locator('#productId').selectOption({ label: await productLabel(officer) });
  await officer.getByLabel('Yes').check();
  await officer.getByRole('button', { name: 'Grant the approval' }).click();
  await officer.getByText('The approval is granted').waitFor();

  const coordinator = await open(1280);
  await coordinator.goto(await newestLink(COORDINATOR, '/set-up-account'));
  await coordinator.getByLabel('Username').fill('emrys.tallis');
  await coordinator.locator('#password').fill('carding lane sycamore');
  await coordinator.getByRole('button', { name: 'Set up my account' }).click();
  await coordinator.locator('summary', { hasText: 'Show my PIN' }).click();
  await coordinator.locator('#pin').fill(
    await coordinator
      .locator('.code', { hasText: /^\d{4} \d{4}$/ })
      .first()
      .innerText(),
  );
  await coordinator.getByLabel('E-mail address').fill(COORDINATOR);
  await coordinator.getByRole('button', { name: 'Activate my PIN' }).click();
  await coordinator.waitForURL('**/home');
  await coordinator.goto('/centres-hub/conditions');
  await coordinator.getByRole('rowheader', { name: /Send the certificate of the second assessor/ }).waitFor();
  await checkAtBothWidths(coordinator);

  // The first registration.
  await coordinator.goto('/web-portal/candidates/register');
  const start = inDays(-2);
  const given: Record<string, string> = {
    givenNames: 'Perran',
    familyName: 'Tregear',
    'birthDate-day': '3',
    'birthDate-month': '2',
    'birthDate-year': '2005',
    ulnAbsentReason: 'Number requested',
    'programmeStart-day': String(start.getUTCDate()),
    'programmeStart-month': String(start.getUTCMonth() + 1),
    'programmeStart-year': String(start.getUTCFullYear()),
  };
  for (const [name, value] of Object.entries(given)) await coordinator.locator(`[name="${name}"]`).fill(value);
  await coordinator.locator('#product').selectOption({ index: 1 });
  await coordinator.getByRole('button', { name: 'Register candidate' }).click();
  await coordinator.waitForURL(/\/web-portal\/candidates\/[0-9a-f-]{36}\?registered=/);
  await coordinator.getByText('Tregear').first().waitFor();
});

/** The first product that is offered. */
async function productLabel(page: Page): Promise<string> {
  const labels = await page.locator('#productId').locator('option').allInnerTexts();
  return labels.find((label) => /Refrigerant/.test(label)) as string;
}
