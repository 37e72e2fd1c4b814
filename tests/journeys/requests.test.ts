/** Requests in the browser: an adjustment to a longer clock in a sitting; an approval refused, mended, granted. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { bookCandidateFor } from '#test/book-candidate.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';
import { submittedRequest } from '#test/submitted-request.ts';

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

async function pageOf(username: string): Promise<Page> {
  const person = await app.logIn(username);
  const context = await browser.newContext({ baseURL: app.url });
  context.setDefaultTimeout(20_000);
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: app.url })));
  return context.newPage();
}

/** axe at both widths, and no sideways scroll. */
async function look(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await checkPage(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${page.url()} at ${width}`);
  }
}

test('an adjustment, from the request to a longer clock in the sitting', async () => {
  const booked = await bookCandidateFor(app, 'LVP-K03');
  const centre = await pageOf('coordinator');
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
  await look(centre);

  // A question stops the clock; the answer lets it go on.
  const officer = await pageOf('officer');
  await officer.goto('/centres-hub/requests');
  await officer.getByRole('link', { name: 'Reasonable adjustment' }).click();
  await officer.getByLabel('Your question').fill('Does the report cover this year?');
  await officer.getByRole('button', { name: 'Ask' }).click();
  await officer.getByText('Clock stopped', { exact: false }).waitFor();
  await look(officer);
  await centre.goto('/needs-attention');
  await centre.getByText('Does the report cover this year?').waitFor();
  await centre.goto(address);
  await centre.getByLabel('Your answer').fill('Yes, until the end of the programme');
  await centre.getByRole('button', { name: 'Send the answer' }).click();
  await officer.goto(address);
  await officer.getByRole('link', { name: 'Decide' }).click();
  await officer.getByLabel('Granted', { exact: true }).check();
  await officer.getByLabel('Reasons').fill('The report shows the need');
  await look(officer);
  await officer.getByRole('button', { name: 'Decide' }).click();
  await officer.getByText('1 booked test changed to it', { exact: false }).waitFor();
  await look(officer);

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

test('a product approval is refused, mended, granted, and open for registration at once', async () => {
  const [known] = (
    await asSuperuser(app.database.url, (db) =>
      db.query(
        `select p.id as product, p.title, (select s.id from centres_hub.sites s where s.centre_id = o.id limit 1) as site,
           (select person_id from accounts.credentials where username = 'coordinator2') as person
         from products.published_products p, accounts.organisations o
         where o.number = '04426' and not exists (select from centres_hub.approvals a
           where a.centre_id = o.id and a.product_id = p.id) and exists (select from products.versions v
           where v.product_id = p.id and v.operational_start <= current_date
             and coalesce(v.operational_end, 'infinity') > current_date)
         order by p.title limit 1`,
      ),
    )
  ).rows as { product: string; title: string; site: string; person: string }[];
  assert.ok(known, 'the demonstration has a product that centre 04426 is not approved for');
  const answers = { product: known.product, staff: [known.person], site: known.site, resources: 'Two bays' };
  const ask = (samplingStrategy: string) =>
    submittedRequest(app, {
      form: 'product-approval',
      by: 'coordinator2',
      centre: '04426',
      answers: { ...answers, samplingStrategy },
    });
  const officer = await pageOf('quality');
  const decide = async (id: string, outcome: string, reasons: string) => {
    await officer.goto(`/centres-hub/requests/${id}/decide`);
    await officer.getByLabel(outcome, { exact: true }).check();
    await officer.getByLabel('Reasons').fill(reasons);
    await officer.getByRole('button', { name: 'Decide' }).click();
    await officer.getByText('The request is decided').waitFor();
  };
  const first = await ask('None yet');
  await decide(first.id, 'Refused', 'There is no sampling strategy');
  const centre = await pageOf('coordinator2');
  await centre.goto(`/centres-hub/requests/${first.id}`);
  await centre.getByText('There is no sampling strategy').first().waitFor();
  await look(centre);
  await centre.goto('/web-portal/candidates/register');
  assert.equal(await centre.locator('#product option', { hasText: known.title }).count(), 0);

  const second = await ask('Each assessor and each unit once a year');
  await decide(second.id, 'Granted', 'Mended');
  await centre.goto('/centres-hub/approvals');
  await centre.getByRole('link', { name: known.title }).waitFor();
  await look(centre);
  await centre.goto('/web-portal/candidates/register');
  assert.equal(await centre.locator('#product option', { hasText: known.title }).count(), 1);
});
