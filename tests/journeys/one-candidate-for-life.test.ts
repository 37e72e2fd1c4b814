/** One candidate for life in the browser: known at another centre, registered at once, settled by an officer. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { checkPage, launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';

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

/** axe, and no sideways scroll at either width. */
async function look(page: Page): Promise<void> {
  await checkPage(page);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${page.url()} at ${width}`);
  }
}

async function fillDate(page: Page, name: string, [day, month, year]: readonly string[]): Promise<void> {
  const group = page.getByRole('group', { name });
  await group.getByLabel('Day').fill(day as string);
  await group.getByLabel('Month').fill(month as string);
  await group.getByLabel('Year').fill(year as string);
}

test('somebody known at another centre: registered at once, made one by an officer, with one history', async () => {
  // Of the other centre, with a unit achieved.
  const known = await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query<{
      id: string;
      number: string;
      given: string;
      family: string;
      born: string;
      code: string;
    }>(`
      select c.id, c.candidate_number as number, c.given_names as given, c.family_name as family, c.birth_date::text as born, p.code
      from web_portal.candidates c join web_portal.centre_candidates j on j.candidate_id = c.id
      join accounts.organisations o on o.id = j.centre_id and o.number = '04426'
      join web_portal.registrations r on r.candidate_id = c.id join web_portal.unit_achievements a on a.registration_id = r.id
      join products.products p on p.id = r.product_id
      where not exists (select from web_portal.registrations e join products.products q on q.id = e.product_id
        where e.candidate_id = c.id and q.code = 'EVH')
      order by c.candidate_number limit 1`);
    assert.ok(rows[0], 'the other centre has a candidate with a unit');
    return rows[0];
  });

  const centre = await pageOf('coordinator');
  await centre.goto('/web-portal/candidates/register');
  await centre.getByLabel('Given names').fill(known.given);
  await centre.getByLabel('Family name').fill(known.family);
  await fillDate(centre, 'Date of birth', known.born.split('-').reverse());
  await centre.getByLabel('If there is no ULN, why?').fill('Asked for');
  const title = await centre
    .getByLabel('Product', { exact: true })
    .locator('option', { hasText: 'Electric' })
    .first()
    .textContent();
  await centre.getByLabel('Product', { exact: true }).selectOption({ label: (title as string).trim() });
  const today = app.services.clock.now();
  await fillDate(centre, 'Programme start', [
    String(today.getUTCDate()),
    String(today.getUTCMonth() + 1),
    String(today.getUTCFullYear()),
  ]);
  await centre.getByRole('button', { name: 'Register candidate' }).click();

  // What agrees, and nothing else; what was typed is kept.
  await centre.getByRole('heading', { name: 'Known to the awarding body?' }).waitFor();
  const asked = await centre.content();
  for (const word of [known.number, '04426', 'Severnside']) assert.ok(!asked.includes(word), word);
  assert.equal(await centre.getByLabel('Given names').inputValue(), known.given);
  await look(centre);
  await centre.getByRole('radio', { name: 'This is the same person' }).check();
  await centre.getByRole('button', { name: 'Register candidate' }).click();
  await centre.getByText('Identity to be settled', { exact: false }).waitFor();
  await look(centre);
  const former = new URL(centre.url()).pathname;

  const officer = await pageOf('officer');
  await officer.goto('/web-portal/identity');
  await look(officer);
  await officer.getByRole('link', { name: `${known.family}, ${known.given}` }).click();
  await officer.getByRole('heading', { name: 'Is this one person?' }).waitFor();
  await look(officer);
  await officer.getByRole('button', { name: 'Decide' }).click();
  await officer.getByRole('link', { name: 'Choose whether this is one person or two' }).waitFor();
  await officer.getByRole('radio', { name: `One person, number ${known.number} stays` }).check();
  await officer.getByLabel('Reason').fill('Both centres saw the same passport');
  await officer.getByRole('button', { name: 'Decide' }).click();
  await officer.getByText('Both centres saw the same passport').waitFor();
  await look(officer);

  // The old address leads on; what was achieved elsewhere counts here.
  await centre.goto(former);
  assert.equal(new URL(centre.url()).pathname, `/web-portal/candidates/${known.id}`);
  await centre.getByRole('heading', { name: 'Achieved elsewhere' }).waitFor();
  assert.ok(!(await centre.content()).includes('Severnside'));
  await look(centre);

  const other = await pageOf('coordinator2');
  await other.goto(`/web-portal/candidates/${known.id}`);
  await other.getByRole('heading', { level: 1, name: `${known.given} ${known.family}` }).waitFor();
  assert.doesNotMatch(await other.content(), /Northgate|04417/);
});
