/** What a centre may do: a product approval refused, mended, granted; a switch that stops a registration at once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
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

async function fillDate(page: Page, name: string, date: Date): Promise<void> {
  await page.locator(`#${name}-day`).fill(String(date.getUTCDate()));
  await page.locator(`#${name}-month`).fill(String(date.getUTCMonth() + 1));
  await page.locator(`#${name}-year`).fill(String(date.getUTCFullYear()));
}

const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 paper') });

test('a product approval is refused, mended, granted, and open for registration at once', async () => {
  const [known] = (
    await asSuperuser(app.database.url, (db) =>
      db.query(
        `select p.title from products.published_products p, accounts.organisations o
         where o.number = '04426' and not exists (select from centres_hub.approvals a
           where a.centre_id = o.id and a.product_id = p.id) and exists (select from products.versions v
           where v.product_id = p.id and v.operational_start <= current_date
             and coalesce(v.operational_end, 'infinity') > current_date)
         order by p.title limit 1`,
      ),
    )
  ).rows as { title: string }[];
  assert.ok(known, 'the demonstration has a product that centre 04426 is not approved for');
  const centre = await pageOf(app, browser, 'coordinator2');
  await centre.goto('/centres-hub/requests/new/product-approval');
  await centre.getByRole('button', { name: 'Begin' }).click();
  // What is missing is said while the form is filled in.
  const missing = centre.getByRole('region', { name: /missing/i });
  await missing.getByText('Which product do you want to offer?').waitFor();
  await centre.getByLabel('Which product do you want to offer?').selectOption({ label: known.title });
  await centre.getByLabel('How many candidates do you expect').fill('12');
  const first = centre.getByRole('group', { name: 'When do you want to register' });
  const soon = new Date(app.services.clock.now().getTime() + 30 * 86_400_000);
  await first.getByLabel('Day').fill(String(soon.getUTCDate()));
  await first.getByLabel('Month').fill(String(soon.getUTCMonth() + 1));
  await first.getByLabel('Year').fill(String(soon.getUTCFullYear()));
  await centre.getByRole('group', { name: 'Do you offer a similar product' }).getByLabel('No').check();
  await centre.getByRole('group', { name: 'Who will assess' }).getByRole('checkbox').first().check();
  await centre.getByLabel('How do they keep up to date?').fill('A week in the trade each year');
  await centre.getByRole('group', { name: 'At which site' }).getByRole('radio').first().check();
  await centre.getByLabel('Which tools, vehicles').fill('Two bays and a training board');
  await centre.getByRole('group', { name: 'Do you use resources of somebody else' }).getByLabel('No').check();
  await centre.getByRole('group', { name: 'Will candidates take online tests' }).getByLabel('No').check();
  await centre.getByLabel('What is your sampling strategy?').fill('None yet');
  await centre.getByRole('checkbox', { name: 'Our policies on appeals' }).check();
  await centre.getByRole('button', { name: /^Add files.*Their qualifications/ }).click();
  await centre.locator('input[type=file]').setInputFiles(pdf('cv.pdf'));
  await centre.getByRole('button', { name: 'Add', exact: true }).click();
  await centre.getByRole('link', { name: 'Back to the form' }).click();
  assert.equal(await missing.getByText('Which product do you want to offer?').count(), 0);
  await lookAt(centre);
  const sign = async () => {
    await centre.getByLabel('Your name').fill('Gethin Morlais');
    await centre.getByRole('button', { name: 'Submit' }).click();
    await centre.waitForURL(/\/centres-hub\/requests\/[0-9a-f-]{36}\?done=submitted/);
    return new URL(centre.url()).pathname;
  };
  const address = await sign();

  const quality = await pageOf(app, browser, 'quality');
  const decide = async (path: string, outcome: string, reasons: string) => {
    await quality.goto(`${path}/decide`);
    await quality.getByLabel(outcome, { exact: true }).check();
    await quality.getByLabel('Reasons').fill(reasons);
    await quality.getByRole('button', { name: 'Decide' }).click();
    await quality.getByText('The request is decided').waitFor();
  };
  await decide(address, 'Refused', 'There is no sampling strategy');
  await centre.goto(address);
  await centre.getByText('There is no sampling strategy').first().waitFor();
  await lookAt(centre);
  await centre.goto('/web-portal/candidates/register');
  assert.equal(await centre.locator('#product option', { hasText: known.title }).count(), 0);

  // Mended: everything stands but what was wrong.
  await centre.goto(address);
  await centre.getByRole('button', { name: 'Begin again with these answers' }).click();
  const strategy = centre.getByLabel('What is your sampling strategy?');
  assert.equal(await strategy.inputValue(), 'None yet');
  await centre.getByText('cv.pdf').waitFor();
  await strategy.fill('Each assessor and each unit once a year');
  const mended = await sign();
  assert.notEqual(mended, address);
  await decide(mended, 'Granted', 'Mended');
  await centre.goto('/centres-hub/approvals');
  await centre.getByRole('link', { name: known.title }).waitFor();
  await lookAt(centre);
  await centre.goto('/web-portal/candidates/register');
  assert.equal(await centre.locator('#product option', { hasText: known.title }).count(), 1);
});

test('a switch stops a registration in the same second, and nothing that was typed is lost', async () => {
  const centre = await pageOf(app, browser, 'coordinator');
  await centre.goto('/web-portal/candidates/register');
  await centre.locator('#givenNames').fill('Tamsin');
  await centre.locator('#familyName').fill('Quillfeather');
  await fillDate(centre, 'birthDate', new Date('2006-04-09'));
  await centre.locator('[name="ulnAbsentReason"]').fill('Number requested');
  await centre.locator('#product').selectOption({ index: 1 });
  await fillDate(centre, 'programmeStart', app.services.clock.now());

  // The form is whole and open; now the awarding body stops registrations.
  const quality = await pageOf(app, browser, 'quality');
  await quality.goto('/centres-hub/approvals/switches/off?centre=04417');
  await quality.getByRole('radio', { name: 'Register candidates' }).check();
  await quality.getByLabel('For which product?').selectOption({ label: 'Every product of the centre' });
  await quality.getByLabel('Reason').fill('The visit report is late');
  await lookAt(quality);
  await quality.getByRole('button', { name: 'Stop it now' }).click();
  await quality.waitForURL(/done=stopped/);

  await centre.getByRole('button', { name: 'Register candidate' }).click();
  await centre.getByRole('alert').getByText('The visit report is late', { exact: false }).waitFor();
  assert.equal(await centre.locator('#familyName').inputValue(), 'Quillfeather');
  await lookAt(centre);
  const registered = async () =>
    (
      await asSuperuser(app.database.url, (db) =>
        db.query(`select from web_portal.candidates where family_name = 'Quillfeather'`),
      )
    ).rowCount;
  assert.equal(await registered(), 0);

  await quality
    .getByRole('link', { name: /Allow again/ })
    .first()
    .click();
  await quality.getByLabel('Why is it allowed again?').fill('The report is here');
  await quality.getByRole('button', { name: 'Allow it again' }).click();
  await quality.waitForURL(/done=allowed/);
  await centre.getByRole('button', { name: 'Register candidate' }).click();
  await centre.waitForURL(/\?registered=/);
  assert.equal(await registered(), 1);
});
