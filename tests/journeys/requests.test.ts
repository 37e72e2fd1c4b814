/** A request in the browser: an adjustment to a longer clock in a sitting. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { bookCandidateFor } from '#test/book-candidate.ts';
import { launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';
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

test('an adjustment, from the request to a longer clock in the sitting', async () => {
  const booked = await bookCandidateFor(app, 'LVP-K03');
  const centre = await pageOf(app, browser, 'coordinator');
  await centre.goto('/centres-hub/requests/new/reasonable-adjustment');
  await centre.getByRole('button', { name: 'Begin' }).click();
  await centre.getByLabel('Find by name or candidate number').fill(booked.candidateNumber);
  await centre.getByRole('button', { name: 'Find candidates' }).click();
  await centre.getByRole('radio', { name: new RegExp(booked.candidateNumber) }).check();
  await centre.getByRole('group', { name: 'Are supervised rest breaks needed?' }).getByLabel('No').check();
  await centre.getByRole('checkbox', { name: 'Extra time' }).check();
  await centre.getByLabel('How much extra time, in percent?').fill('50');
  await centre
    .getByLabel('How does the difficulty affect the candidate in a test?')
    .fill('Reads half as fast as others');
  await centre.getByRole('group', { name: 'Will the need last' }).getByLabel('Yes').check();
  const last = centre.getByRole('group', { name: 'Last day of the adjustment' });
  await last.getByLabel('Day').fill('30');
  await last.getByLabel('Month').fill('6');
  await last.getByLabel('Year').fill(String(new Date().getUTCFullYear() + 1));
  await centre.getByRole('button', { name: /^Add files/ }).click();
  const file = { name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 report') };
  await centre.locator('input[type=file]').setInputFiles(file);
  await centre.getByRole('button', { name: 'Add', exact: true }).click();
  await centre.getByRole('link', { name: 'Back to the form' }).click();
  await centre.getByLabel('Your name').fill('Marguerite Holloway-Finch');
  await centre.getByRole('button', { name: 'Submit' }).click();
  await centre.waitForURL(/\/centres-hub\/requests\/[0-9a-f-]{36}/);
  const address = new URL(centre.url()).pathname;
  await centre.goto(address);
  await centre.getByText('Waits for the awarding body.', { exact: false }).waitFor();
  await lookAt(centre);

  // A question stops the clock; the answer lets it go on.
  const officer = await pageOf(app, browser, 'officer');
  await officer.goto('/centres-hub/requests');
  await officer.getByRole('link', { name: 'Reasonable adjustment' }).click();
  await officer.getByLabel('Your question').fill('Does the report cover this year?');
  await officer.getByRole('button', { name: 'Ask' }).click();
  await officer.getByText('Clock stopped', { exact: false }).waitFor();
  await lookAt(officer);
  await centre.goto('/needs-attention');
  await centre.getByText('Does the report cover this year?').waitFor();
  await centre.goto(address);
  await centre.getByLabel('Your answer').fill('Yes, until the end of the programme');
  await centre.getByLabel('Files (optional)').setInputFiles({ ...file, name: 'letter.pdf' });
  await centre.getByRole('button', { name: 'Send the answer' }).click();
  await officer.goto(address);
  await officer.getByRole('link', { name: 'letter.pdf' }).waitFor();
  await officer.getByRole('link', { name: 'Decide' }).click();
  await officer.getByLabel('Granted', { exact: true }).check();
  await officer.getByLabel('Reasons').fill('The report shows the need');
  await lookAt(officer);
  await officer.getByRole('button', { name: 'Decide' }).click();
  await officer.getByText('1 booked test changed to it', { exact: false }).waitFor();
  await lookAt(officer);

  // The candidate reads the longer time before the start, and has it.
  const seat = await (await browser.newContext({ baseURL: app.url })).newPage();
  await seat.goto('/sit');
  await seat.locator('#candidateNumber').fill(booked.candidateNumber);
  await seat.locator('#code').fill(booked.code);
  await seat.getByRole('button', { name: 'Continue' }).click();
  await seat.getByText('invigilator').first().waitFor();
  await booked.confirm();
  await seat.getByRole('link', { name: 'Read the rules' }).click();
  await seat
    .getByText(/\+ 50 %/)
    .first()
    .waitFor();
  await seat.getByLabel('I have read the rules').check();
  await seat.getByRole('button', { name: 'Start the test' }).click();
  await seat.getByText(/^Question 1 of/).waitFor();
  const [clock] = (
    await asSuperuser(app.database.url, (db) =>
      db.query(
        `select s.allowed_ms::float8 / (f.base_seconds * 1000) as longer from online_assessments.sittings s
         join online_assessments.test_forms f on f.id = s.test_form_id where s.id = $1`,
        [booked.sittingId],
      ),
    )
  ).rows as { longer: number }[];
  assert.equal(clock?.longer, 1.5);
});
