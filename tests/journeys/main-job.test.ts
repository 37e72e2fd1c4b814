/** The awarding body's main job, by four people in four browsers: docs/journeys/main-job.md. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD, startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';
import { rightAnswers } from '#test/right-answers.ts';

const INVIGILATOR = {
  given: 'Rhian',
  family: 'Prosser',
  email: 'rhian.prosser@northgate.example',
  username: 'rhian.prosser',
  password: 'sump-plug-washer-17',
};
const CANDIDATE = { given: 'Siôn', family: "O'Rourke-Davies", number: '', code: '' };

let app: TestApplication;
let browser: Browser;
let coordinator: Page;
let invigilator: Page;
let candidate: Page;
let member: Page;
before(async () => {
  app = await startTestApplication();
  browser = await launchBrowser();
  const open = async (width: number) => {
    const context = await browser.newContext({ baseURL: app.url, viewport: { width, height: 900 } });
    context.setDefaultTimeout(10_000);
    return context.newPage();
  };
  [coordinator, invigilator, candidate, member] = (await Promise.all([
    open(1280),
    open(1280),
    open(1280),
    open(390),
  ])) as [Page, Page, Page, Page];
});
after(async () => {
  await browser?.close();
  await app?.close();
});

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL('**/home');
}

async function fillDate(
  page: Page,
  name: string,
  [day, month, year]: readonly [string, string, string],
): Promise<void> {
  await page.locator(`[name="${name}-day"]`).fill(day);
  await page.locator(`[name="${name}-month"]`).fill(month);
  await page.locator(`[name="${name}-year"]`).fill(year);
}

test('1. the coordinator adds a user, who has a PIN at once', async () => {
  await logIn(coordinator, 'coordinator', DEMO_PASSWORD);
  for (const tile of [
    'IMI Systems Access',
    'Products & Documents',
    'Operating Manual',
    'Fees & Charges',
    'Accredited Centre Fees',
    'Webinars',
  ]) {
    await coordinator.locator('main').getByRole('link', { name: tile, exact: true }).waitFor();
  }
  await checkPage(coordinator);
  await coordinator.goto('/centres-hub/users/add');
  await coordinator.locator('#givenNames').fill(INVIGILATOR.given);
  await coordinator.locator('#familyName').fill(INVIGILATOR.family);
  await coordinator.locator('#email').fill(INVIGILATOR.email);
  await coordinator.getByRole('checkbox', { name: 'Invigilator' }).check();
  await checkPage(coordinator);
  await coordinator.getByRole('button', { name: 'Add the user' }).click();
  await coordinator.getByText(INVIGILATOR.family).first().waitFor();
  await checkPage(coordinator);
  const { rows } = await asSuperuser(app.database.url, (client) =>
    client.query(
      'select n.activated_at from accounts.pins n join accounts.people p on p.id = n.person_id where p.email = $1',
      [INVIGILATOR.email],
    ),
  );
  assert.deepEqual(rows, [{ activated_at: null }]);
});

test('2. the new user follows the mailed link, sees the PIN and opens the dashboard with it', async () => {
  await invigilator.goto('/dev/mailbox');
  await invigilator
    .getByRole('row', { name: new RegExp(INVIGILATOR.email) })
    .getByRole('link')
    .first()
    .click();
  await invigilator.locator('a[href*="/set-up-account"]').click();
  await invigilator.locator('#username').fill(INVIGILATOR.username);
  for (const field of await invigilator.locator('input[type=password]').all()) await field.fill(INVIGILATOR.password);
  await checkPage(invigilator);
  await invigilator.getByRole('button', { name: 'Set up my account' }).click();
  await invigilator.goto('/my-details');
  await invigilator.locator('summary', { hasText: 'PIN' }).click();
  const pin =
    /\b(\d{4}) ?(\d{4})\b/
      .exec(await invigilator.locator('main').innerText())
      ?.slice(1)
      .join('') ?? '';
  assert.match(pin, /^\d{8}$/);
  await checkPage(invigilator);
  await invigilator.goto('/activate');
  await invigilator.locator('#pin').fill(pin);
  await invigilator.locator('#email').fill(INVIGILATOR.email);
  await checkPage(invigilator);
  await invigilator.getByRole('button', { name: 'Activate my PIN' }).click();
  await invigilator.goto('/system-access');
  await invigilator.getByRole('link', { name: 'Online Assessments', exact: true }).first().waitFor();
  assert.equal(
    await invigilator.getByRole('link', { name: 'ePortfolio', exact: true }).count(),
    0,
    'an invigilator has no ePortfolio',
  );
});

test('3. the coordinator registers a candidate, who has a number at once', async () => {
  const today = app.services.clock.now();
  await coordinator.goto('/web-portal/candidates/register');
  await coordinator.locator('#givenNames').fill(CANDIDATE.given);
  await coordinator.locator('#familyName').fill(CANDIDATE.family);
  await fillDate(coordinator, 'birthDate', ['27', '3', '2007']);
  await coordinator.locator('#uln').fill('1000000601');
  await coordinator
    .locator('#product')
    .selectOption({ label: 'IMI Level 3 Award in Automotive Refrigerant Handling (EC 842-2006)' });
  await fillDate(coordinator, 'programmeStart', [
    String(today.getUTCDate()),
    String(today.getUTCMonth() + 1),
    String(today.getUTCFullYear()),
  ]);
  await coordinator.getByRole('button', { name: 'Register candidate' }).click();
  await coordinator.getByRole('alert').getByText('do not fit together').waitFor();
  assert.equal(await coordinator.locator('#familyName').inputValue(), CANDIDATE.family, 'what was typed is kept');
  await checkPage(coordinator);
  await coordinator.locator('#uln').fill('1000000604');
  await coordinator.getByRole('button', { name: 'Register candidate' }).click();
  await coordinator.waitForURL(/\/web-portal\/(candidates|registrations)\/[0-9a-f-]{36}/);
  CANDIDATE.number = /\b\d{8}\b/.exec(await coordinator.locator('main').innerText())?.[0] ?? '';
  assert.match(CANDIDATE.number, /^\d{8}$/);
  await checkPage(coordinator);
});

test('4. the invigilator plans a session, books the candidate and opens the room', async () => {
  await invigilator.goto('/online-assessments/sessions/plan');
  await checkPage(invigilator);
  await invigilator.locator('#room').selectOption({ index: 1 });
  await invigilator.getByRole('button', { name: 'Plan the session' }).click();
  await invigilator.waitForURL(/\/online-assessments\/sessions\/[0-9a-f-]{36}\/book/);
  await invigilator.locator('main input[name=q]').fill(CANDIDATE.number);
  await invigilator.locator('main input[name=q]').press('Enter');
  await invigilator.getByRole('checkbox', { name: new RegExp(CANDIDATE.family) }).check();
  await checkPage(invigilator);
  await invigilator.getByRole('button', { name: 'Book the ticked candidates' }).click();
  await invigilator.getByText(CANDIDATE.number).first().waitFor();
  await checkPage(invigilator);
  await invigilator.getByRole('link', { name: 'Open the session' }).first().click();
  await checkPage(invigilator);
  await invigilator.getByRole('button', { name: /open/i }).first().click();
  await invigilator.waitForURL(/\/board/);
  CANDIDATE.code = /\b[A-HJ-NP-Z2-9]{3}-[2-9]{3}\b/.exec(await invigilator.locator('main').innerText())?.[0] ?? '';
  assert.notEqual(CANDIDATE.code, '');
  await checkPage(invigilator);
});

test('5. the candidate is admitted, starts, answers and hands in', async () => {
  await candidate.goto('/sit');
  await checkPage(candidate);
  await candidate.locator('#candidateNumber').fill(CANDIDATE.number);
  await candidate.locator('#code').fill(CANDIDATE.code);
  await candidate.getByRole('button', { name: 'Continue' }).click();
  await candidate.getByText(CANDIDATE.family).first().waitFor();
  await checkPage(candidate);

  await invigilator.getByRole('link', { name: 'Check identity' }).first().click();
  await invigilator.getByRole('radio', { name: 'Passport' }).check();
  await checkPage(invigilator);
  await invigilator.getByRole('button', { name: /confirm/i }).click();
  await invigilator.waitForURL(/\/board/);

  await candidate.getByRole('link', { name: 'Read the rules' }).click();
  await candidate.getByLabel('I have read the rules').check();
  await checkPage(candidate);
  await candidate.getByRole('button', { name: 'Start the test' }).click();
  await candidate.getByText(/^Question 1 of/).waitFor();
  await checkPage(candidate);
  const answers = await rightAnswers(app.database, await sittingId());
  for (const [index, letters] of answers.entries()) {
    await candidate.getByText(`Question ${index + 1} of ${answers.length}`, { exact: true }).waitFor();
    for (const letter of letters) {
      const option = candidate.locator(`[data-question] label:has(input[value="${letter}"])`);
      await option.click();
      await option.locator('input:checked').waitFor({ state: 'attached' });
    }
    if (index + 1 < answers.length) await candidate.getByRole('button', { name: 'Next' }).click();
  }
  await candidate.getByText('Review and finish', { exact: true }).first().click();
  await candidate.getByRole('button', { name: 'Hand in', exact: true }).waitFor();
  await checkPage(candidate);
  await candidate.getByRole('button', { name: 'Hand in', exact: true }).click();
  await candidate.getByRole('button', { name: 'Hand in now' }).click();
  await candidate.getByText('Nothing of your test is left on this computer').waitFor();
  await checkPage(candidate);
  await candidate.getByRole('button', { name: /result/i }).click();
  await candidate.waitForURL('**/sit/result');
  await candidate.getByRole('heading', { name: /pass/i }).first().waitFor();
  await checkPage(candidate);
});

async function sittingId(): Promise<string> {
  const { rows } = await asSuperuser(app.database.url, (client) =>
    client.query(
      'select s.id from online_assessments.sittings s join web_portal.candidates c on c.id = s.candidate_id where c.candidate_number = $1',
      [CANDIDATE.number],
    ),
  );
  return rows[0].id;
}

test('6. the result stands on the live board and in the Web Portal', async () => {
  // The board renews itself every 5 seconds.
  await invigilator.locator('main').getByText(/pass/i).first().waitFor({ timeout: 15_000 });
  await checkPage(invigilator);
  await coordinator.goto(`/web-portal/candidates?q=${CANDIDATE.number}`);
  await coordinator
    .getByRole('link', { name: new RegExp(CANDIDATE.family) })
    .first()
    .click();
  await coordinator.getByText(/pass/i).first().waitFor();
  await checkPage(coordinator);
});

let serial = '';
test('7. the coordinator claims the certificate', async () => {
  await coordinator.getByRole('link', { name: /claim/i }).first().click();
  await checkPage(coordinator);
  await coordinator.getByRole('button', { name: /claim/i }).click();
  await coordinator.getByText(CANDIDATE.family).first().waitFor();
  await checkPage(coordinator);
  const { rows } = await asSuperuser(app.database.url, (client) =>
    client.query(
      'select c.serial from certificates.certificates c join web_portal.candidates d on d.id = c.candidate_id where d.candidate_number = $1',
      [CANDIDATE.number],
    ),
  );
  assert.equal(rows.length, 1);
  serial = rows[0].serial;
  const pdf = await coordinator.locator('a[href$="/pdf"]').first().getAttribute('href');
  const answer = await coordinator.request.get(`${app.url}${pdf}`);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
});

test('8. a member of the public checks it', async () => {
  await member.goto('/');
  await checkPage(member);
  await member.locator('#serial').fill(serial);
  await member.locator('#familyName').fill('o’rourke davies');
  await member.getByRole('button', { name: 'Check certificate' }).click();
  await member.getByText('Automotive Refrigerant Handling').first().waitFor();
  await member
    .getByText(/genuine/i)
    .first()
    .waitFor();
  await checkPage(member);
  await member.goto(`/verify?serial=${encodeURIComponent(serial)}&familyName=Smith`);
  assert.equal(await member.getByText(CANDIDATE.family).count(), 0);
});
