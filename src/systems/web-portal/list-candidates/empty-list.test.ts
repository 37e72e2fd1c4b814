import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

test('a centre without candidates is told what will be here, with the first action', async () => {
  const app = await startTestApplication();
  try {
    await asSuperuser(app.database.url, async (client) => {
      const { rows } = await client.query(
        "insert into accounts.organisations (kind, number, name) values ('centre', '04499', 'Fresh Start Garage') returning id",
      );
      const centreId = rows[0].id as string;
      await client.query(
        "insert into centres_hub.centres (id, town, postcode, approved_on) values ($1, 'Newtown', 'ZZ1 1ZZ', '2026-01-05')",
        [centreId],
      );
      for (const table of ['accounts.memberships', 'accounts.pins']) {
        await client.query(
          `update ${table} set organisation_id = $1 where person_id = (select person_id from accounts.credentials where username = 'coordinator2')`,
          [centreId],
        );
      }
    });
    const browser = await app.logIn('coordinator2');
    const { text } = await browser.get('/web-portal/candidates');
    assert.match(text, /No candidates yet/);
    assert.match(text, /href="\/web-portal\/candidates\/register"/);
    assert.doesNotMatch(text, /<table/);
    const form = await browser.get('/web-portal/candidates/register');
    assert.match(form.text, /not approved for any product yet/);
    assert.doesNotMatch(form.text, /name="givenNames"/);
  } finally {
    await app.close();
  }
});
