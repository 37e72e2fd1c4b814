import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { startTestApplication } from '#test/application.ts';

test('a centre without candidates is told what will be here, with the first action', async () => {
  const app = await startTestApplication();
  try {
    await app.services.database.write(SYSTEM, async ({ db }) => {
      const fresh = await db
        .insertInto('accounts.organisations')
        .values({ kind: 'centre', number: '04499', name: 'Fresh Start Garage' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('centres_hub.centres')
        .values({ id: fresh.id, town: 'Newtown', postcode: 'ZZ1 1ZZ', approved_on: '2026-01-05' })
        .execute();
      const person = await db
        .selectFrom('accounts.credentials')
        .select('person_id')
        .where('username', '=', 'coordinator2')
        .executeTakeFirstOrThrow();
      await db
        .updateTable('accounts.memberships')
        .set({ organisation_id: fresh.id })
        .where('person_id', '=', person.person_id)
        .execute();
      await db
        .updateTable('accounts.pins')
        .set({ organisation_id: fresh.id })
        .where('person_id', '=', person.person_id)
        .execute();
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
