/** Prior learning by three people: proposed with evidence, confirmed by another, granted; the unit is achieved at once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
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

test('an assessor proposes, a quality assurer confirms, the awarding body grants', async () => {
  const [open] = (
    await asSuperuser(app.database.url, (db) =>
      db.query(
        `select r.id from web_portal.registrations r join accounts.organisations o on o.id = r.centre_id and o.number = '04417'
         where r.state = 'active' and r.units_achieved = 0 and r.units_needed > 3
           and not exists (select from web_portal.prior_learning p where p.registration_id = r.id)
         order by r.registered_at limit 1`,
      ),
    )
  ).rows as { id: string }[];
  assert.ok(open);
  const assessor = await pageOf(app, browser, 'assessor');
  await assessor.goto(`/web-portal/registrations/${open.id}`);
  await assessor.getByRole('link', { name: 'Claim prior learning' }).click();
  await assessor.getByLabel('Unit', { exact: true }).selectOption({ index: 1 });
  await assessor.getByRole('radio', { name: 'Recognition of prior learning' }).check();
  await assessor.getByLabel('Grounds').fill('Too short');
  await assessor.getByRole('button', { name: 'Propose it' }).click();
  await assessor.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await lookAt(assessor);
  await assessor
    .getByLabel('Grounds')
    .fill('Four years of the same work; the reference names each task, the pictures show it from start to end.');
  await assessor
    .locator('input[type=file]')
    .setInputFiles({ name: 'reference.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 reference') });
  await assessor.getByRole('button', { name: 'Propose it' }).click();
  await assessor.getByText('It is proposed.').waitFor();
  const address = new URL(assessor.url()).pathname;

  const iqa = await pageOf(app, browser, 'iqa');
  await iqa.goto('/web-portal/prior-learning?state=proposed');
  await lookAt(iqa);
  await iqa.goto(address);
  await iqa.getByRole('link', { name: 'reference.pdf' }).waitFor();
  await iqa.getByRole('radio', { name: 'Confirm it' }).check();
  await iqa.getByRole('button', { name: 'Do it' }).click();
  await iqa.getByText('Waits for the awarding body.').waitFor();

  const quality = await pageOf(app, browser, 'quality');
  await quality.goto('/needs-attention');
  await quality.getByText(/of prior learning to decide/).waitFor();
  await quality.goto(address);
  await lookAt(quality);
  await quality.getByRole('radio', { name: 'Grant it' }).check();
  await quality.getByLabel('Reason').fill('The evidence shows every outcome');
  await quality.getByRole('button', { name: 'Do it' }).click();
  await quality.getByText('The unit stands on the record', { exact: false }).waitFor();

  await assessor.goto(`/web-portal/registrations/${open.id}`);
  await assessor
    .getByText(/recognition of prior learning/)
    .first()
    .waitFor();
  await lookAt(assessor);
});
