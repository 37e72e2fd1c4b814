/** From the mail at the registration to the own results: docs/journeys/candidate-account.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { lookAt, pageOf } from '#test/journey.ts';
import { linkIn, mailsTo } from '#test/mails.ts';
import { inviteNewCandidates } from '../../src/systems/web-portal/candidate-account/invitations.ts';

const EMAIL = 'kerensa.polglaze@candidate.example';
let app: TestApplication;
let browser: Browser;
before(async () => {
  app = await startTestApplication({ env: { SECOND_FACTOR: 'offered' } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app.close();
});

async function fillDate(
  page: Page,
  group: string,
  [day, month, year]: readonly [string, string, string],
): Promise<void> {
  const parts = page.getByRole('group', { name: group });
  await parts.getByLabel('Day').fill(day);
  await parts.getByLabel('Month').fill(month);
  await parts.getByLabel('Year').fill(year);
}

/** The newest mail to the candidate, when the work in the background was done. */
async function invitation(): Promise<string> {
  await inviteNewCandidates(app.services);
  return linkIn((await mailsTo(app, EMAIL)).at(-1), '/link-record');
}

test('a candidate is invited at the registration, makes an account and sees the own registration', async () => {
  const centre = await pageOf(app, browser, 'coordinator');
  await centre.goto('/web-portal/candidates/register');
  await centre.getByLabel('Given names').fill('Kerensa');
  await centre.getByLabel('Family name').fill('Polglaze');
  await fillDate(centre, 'Date of birth', ['27', '3', '2006']);
  await centre.getByLabel('If there is no ULN, why?').fill('Number requested');
  await centre.getByLabel('E-mail address (optional)').fill(EMAIL);
  await centre.getByLabel('Product', { exact: true }).selectOption({ index: 1 });
  const now = app.services.clock.now();
  await fillDate(centre, 'Programme start', [
    String(now.getUTCDate()),
    String(now.getUTCMonth() + 1),
    String(now.getUTCFullYear()),
  ]);
  await centre.getByRole('button', { name: /^Register/ }).click();
  await centre.getByText('Registered.').waitFor();

  const link = await invitation();
  const context = await browser.newContext({ baseURL: app.url });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading', { name: 'See your own results' }).waitFor();
  await fillDate(page, 'Your date of birth', ['28', '3', '2006']);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('link', { name: /4 tries are left/ }).waitFor();
  await lookAt(page);
  await fillDate(page, 'Your date of birth', ['27', '3', '2006']);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Choose your account' }).waitFor();
  await lookAt(page);
  await page.getByRole('button', { name: 'Create a FREE account' }).click();
  await page.getByLabel('Username').fill('kerensa.polglaze');
  await page.getByLabel('Password', { exact: true }).fill('tappet lane sycamore');
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.getByText('Kerensa Polglaze, candidate of').waitFor();
  await lookAt(page);
  await page.getByRole('button', { name: 'Link my record' }).click();
  await page.getByRole('heading', { name: 'What you are registered for' }).waitFor();
  await lookAt(page);
  await page.goBack();
  await page.reload();
  await page.getByText('Your record is linked').waitFor();

  await centre.reload();
  await centre.getByText('Own account since').waitFor();
  await lookAt(centre);

  // The way without a mail: a free account that knows no number yet.
  const member = await pageOf(app, browser, 'member');
  await member.goto('/home');
  await member.getByRole('link', { name: 'Link your candidate record' }).click();
  await member.getByRole('button', { name: 'Mail me a code' }).click();
  await member.getByRole('link', { name: 'Enter your candidate number' }).waitFor();
  await lookAt(member);
  const { number } = await app.services.database.read({ kind: 'system' }, ({ db }) =>
    db
      .selectFrom('web_portal.candidates')
      .select('candidate_number as number')
      .where('email', '=', EMAIL)
      .executeTakeFirstOrThrow(),
  );
  await member.getByLabel('Candidate number').fill(number);
  await fillDate(member, 'Your date of birth', ['27', '3', '2006']);
  await member.getByRole('button', { name: 'Mail me a code' }).click();
  await member.getByRole('heading', { name: 'Enter the code' }).waitFor();
  await lookAt(member);
  assert.match((await mailsTo(app, EMAIL)).at(-1)?.subject ?? '', /has an account already/);

  const officer = await pageOf(app, browser, 'officer');
  await officer.goto(new URL(centre.url()).pathname);
  await officer.getByRole('link', { name: 'End the link with the account' }).click();
  await lookAt(officer);
  await officer.getByLabel('Reason').fill('The candidate asked for it: the account is to be closed');
  await officer.getByRole('button', { name: 'End the link' }).click();
  await officer.getByText(/^None: invited/).waitFor();
});
