/** A registration is typed, the browser is closed, somebody goes on elsewhere, chooses units and language, and registers. */
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

async function typeDate(page: Page, group: RegExp, date: Date): Promise<void> {
  const field = page.getByRole('group', { name: group });
  await field.getByLabel('Day').fill(String(date.getUTCDate()));
  await field.getByLabel('Month').fill(String(date.getUTCMonth() + 1));
  await field.getByLabel('Year').fill(String(date.getUTCFullYear()));
}

test('typed here, gone on with there, registered with planned units', async () => {
  const first = await pageOf(app, browser, 'coordinator');
  await first.goto('/web-portal/candidates/register');
  await first.getByLabel('Given names').fill('Ottoline');
  await first.getByLabel('Family name').fill('Brackenbury');
  await typeDate(first, /Programme start/, new Date(app.services.clock.now().getTime() - 85 * 86_400_000));
  await first.getByText(/^Saved at \d\d:\d\d$/).waitFor();
  await first.getByText(/8[456] days used of 90/).waitFor();
  // Nothing is pressed: the browser is closed.
  await first.context().close();

  const second = await pageOf(app, browser, 'administrator');
  await second.goto('/needs-attention');
  await second.getByText(/half-made registrations? with 14 days left or fewer/).waitFor();
  await second.goto('/web-portal/drafts');
  await lookAt(second);
  await second.getByRole('link', { name: 'Brackenbury, Ottoline' }).click();
  assert.equal(await second.getByLabel('Given names').inputValue(), 'Ottoline');
  await typeDate(second, /Date of birth/, new Date(Date.UTC(2006, 5, 14)));
  await second.getByLabel('If there is no ULN, why?').fill('Asked for');
  await second.getByLabel('Product', { exact: true }).selectOption({
    label: 'IMI Level 3 Diploma in Light Vehicle Maintenance and Repair Principles',
  });
  await second.getByRole('button', { name: 'Save draft and show those of the product' }).click();
  await second.getByRole('group', { name: /Optional topics/ }).waitFor();
  await second.getByLabel(/^LVP-K11 /).check();
  await second.getByLabel(/^LVP-K12 /).check();
  await second.getByText(/LVP-K11 .* have equal content, and one of them counts/).waitFor();
  await second.getByLabel(/^LVP-K12 /).uncheck();
  await second.getByLabel(/^LVP-S11 /).check();
  await second.getByLabel(/^LVP-K15 /).check();
  await second.getByText('With these the rule of combination is met.').waitFor();
  await lookAt(second);
  await second.getByLabel('Welsh').check();
  await second.getByRole('button', { name: 'Register candidate' }).click();
  await second.getByRole('link', { name: /is assessed in English, not in Welsh/ }).waitFor();
  await lookAt(second);
  assert.ok(await second.getByLabel(/^LVP-K15 /).isChecked());
  await second.getByLabel('English').check();
  await second.getByRole('button', { name: 'Register candidate' }).click();
  await second.waitForURL(/candidates\/[0-9a-f-]{36}\?registered=/);
  await second
    .getByRole('link', { name: /Light Vehicle Maintenance and Repair Principles/ })
    .first()
    .click();
  await second.getByRole('heading', { name: 'Pathway and optional units' }).waitFor();
  await lookAt(second);
  await second.goto('/web-portal/drafts?q=brackenbury');
  await second.getByText('No drafts match these filters').waitFor();
});
