/** A registration moves between two centres that both agree: what each sees before, while the other thinks, and after. */
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

interface Moving {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly birth: string;
  readonly product: string;
}

/** Somebody of the first centre with units achieved, for a product that the second is approved for. */
async function moving(): Promise<Moving> {
  const { rows } = await asSuperuser(app.database.url, (db) =>
    db.query(
      `select r.id, c.candidate_number as number, c.given_names || ' ' || c.family_name as name, c.birth_date::text as birth, p.title as product
       from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
       join accounts.organisations o on o.id = r.centre_id and o.number = '04417'
       join products.products p on p.id = r.product_id
       where r.state = 'active' and r.units_achieved > 0
         and exists (select from centres_hub.approvals a join accounts.organisations s on s.id = a.centre_id and s.number = '04426'
           where a.product_id = r.product_id and a.ended_at is null)
         and not exists (select from web_portal.prior_learning l where l.registration_id = r.id)
         and not exists (select from certificates.claims k where k.registration_id = r.id)
         and not exists (select from online_assessments.sittings s where s.registration_id = r.id)
       order by r.registered_at desc limit 1`,
    ),
  );
  assert.ok(rows[0]);
  return rows[0] as Moving;
}

test('the new centre asks, the old one accepts, the work goes on with its units', async () => {
  const one = await moving();
  const [year = '', month = '', day = ''] = one.birth.split('-');

  const newCentre = await pageOf(app, browser, 'coordinator2');
  await newCentre.goto('/web-portal/transfers');
  await newCentre.getByText('No transfers').waitFor();
  await newCentre.getByRole('link', { name: 'Ask for a transfer' }).click();
  await newCentre.getByLabel('Candidate number').fill(one.number);
  await newCentre.getByLabel('Day', { exact: true }).fill(day);
  await newCentre.getByLabel('Month', { exact: true }).fill(month);
  await newCentre.getByLabel('Year', { exact: true }).fill('1950');
  await newCentre.getByLabel('Product').selectOption({ label: one.product });
  await newCentre.getByLabel('Reason').fill('The candidate has moved to our town');
  await newCentre.getByRole('button', { name: 'Ask for it' }).click();
  await newCentre.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await lookAt(newCentre);
  assert.equal(await newCentre.getByLabel('Reason').inputValue(), 'The candidate has moved to our town');
  await newCentre.getByLabel('Year', { exact: true }).fill(year);
  await newCentre.getByRole('button', { name: 'Ask for it' }).click();
  await newCentre.getByText('It is sent.').waitFor();
  const address = new URL(newCentre.url()).pathname;
  assert.equal(await newCentre.getByText(one.name).count(), 0, 'the name is not told before it is accepted');
  await lookAt(newCentre);

  const oldCentre = await pageOf(app, browser, 'coordinator');
  await oldCentre.goto('/needs-attention');
  await oldCentre.getByText('1 transfer to answer').waitFor();
  await oldCentre.goto(address);
  await oldCentre.getByRole('heading', { name: one.name }).waitFor();
  await oldCentre.getByText('sees nothing of what comes after', { exact: false }).waitFor();
  await lookAt(oldCentre);
  await oldCentre.getByRole('radio', { name: 'Accept it' }).check();
  await oldCentre.getByRole('button', { name: 'Do it' }).click();
  await oldCentre.getByText('Done. Both centres are told.').waitFor();
  await oldCentre.getByRole('link', { name: 'As it was there' }).click();
  await oldCentre.getByText(/Moved to/).waitFor();
  await lookAt(oldCentre);

  await newCentre.reload();
  await newCentre.getByRole('link', { name: 'The registration here' }).click();
  await newCentre.getByText(/Moved here from/).waitFor();
  await newCentre
    .getByText(/moved with the registration/)
    .first()
    .waitFor();
  await lookAt(newCentre);
  const there = new URL(newCentre.url()).pathname;
  assert.equal((await oldCentre.goto(there))?.status(), 404);
});
