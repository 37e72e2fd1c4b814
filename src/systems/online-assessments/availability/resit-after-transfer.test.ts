/** The wait after a test that was not passed, across a transfer through the pages of both centres. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { bookCandidates, planSession, readAvailability } from '#online-assessments';
import { Refused } from '#platform/http/answers.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { centreOf, principalAt, startSitting } from '#test/sitting.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

const rows = async <Row>(statement: string, values: unknown[]) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];
const invigilate = { capability: 'online-assessments.invigilate' } as const;

/** What the centre is told when it books the unit for the registration now; null when it is booked. */
async function refusalAt(centreNumber: string, registrationId: string, unitId: string): Promise<string | null> {
  const principal = await principalAt(app, await centreOf(app, centreNumber), 'invigilator');
  try {
    await app.services.database.write(
      principal,
      async (writer) => {
        const session = await planSession(writer, { room: 'Room 9', startsAt: writer.now });
        await bookCandidates(writer, { sessionId: session.id, bookings: [{ registrationId, unitId }] });
      },
      invigilate,
    );
    return null;
  } catch (error) {
    assert.ok(error instanceof Refused, String(error));
    return error.errors.map(({ message }) => message).join(' ');
  }
}

/** Moves a registration from 04417 to 04426, asked for and accepted. */
async function transfer(registrationId: string): Promise<string> {
  const [asked] = await rows<{ number: string; product: string }>(
    `select c.candidate_number as number, r.product_id as product from web_portal.registrations r
     join web_portal.candidates c on c.id = r.candidate_id where r.id = $1`,
    [registrationId],
  );
  assert.ok(asked);
  const receiver = await app.logIn('coordinator2');
  const sent = await receiver.post('/web-portal/transfers/ask', {
    candidateNumber: asked.number,
    'birthDate-day': '5',
    'birthDate-month': '5',
    'birthDate-year': '2005',
    product: asked.product,
    reason: 'The candidate has moved to our town',
  });
  assert.equal(sent.status, 303, sent.text);
  const address = String(sent.location).replace(/\?.*/, '');
  const giver = await app.logIn('coordinator');
  const seen = /name="seen" value="([^"]+)"/.exec((await giver.get(address)).text)?.[1] ?? '';
  const accepted = await giver.post(address, { act: 'accept', words: 'Agreed with the candidate today', seen });
  assert.equal(accepted.status, 303, accepted.text);
  const [moved] = await rows<{ id: string }>('select id from web_portal.registrations where transferred_from = $1', [
    registrationId,
  ]);
  return (moved as { id: string }).id;
}

test('a transfer neither ends the wait nor shows the sittings of the first centre', async () => {
  const { registrationId, unitId, client, productId, sittingId } = await startSitting(app);
  await rows(
    `insert into centres_hub.approvals (centre_id, product_id, approved_from, direct_claims)
     select (select id from accounts.organisations where number = '04426'), a.product_id, a.approved_from, a.direct_claims
     from centres_hub.approvals a join accounts.organisations o on o.id = a.centre_id and o.number = '04417'
     where a.product_id = $1 and a.ended_at is null and not exists (select from centres_hub.approvals b
       join accounts.organisations p on p.id = b.centre_id and p.number = '04426' where b.product_id = $1 and b.ended_at is null)`,
    [productId],
  );
  assert.equal((await client.handIn()).status, 200);
  const before = await refusalAt('04417', registrationId, unitId);
  assert.match(String(before), /^The next sitting is allowed 48 hours after one that was not passed: from /);

  const movedId = await transfer(registrationId);
  assert.equal(await refusalAt('04426', movedId, unitId), before, 'the same sentence with the same time');

  const there = await principalAt(app, await centreOf(app, '04426'), 'invigilator');
  const seen = await app.services.database.read(
    there,
    async (reader) => ({
      sittings: await reader.rows(sql`select id from online_assessments.sittings where id = ${sittingId}`),
      // The registration that ended is another centre's: nothing is told of it.
      asked: await reader.rows(
        sql<{ sat: number }>`select sat from online_assessments.sat_before_transfer(${registrationId}, ${unitId})`,
      ),
      moved: await readAvailability(reader, { registrationId: movedId, unitId }),
    }),
    invigilate,
  );
  assert.deepEqual(seen.sittings, []);
  assert.deepEqual(
    seen.asked.map(({ sat }) => sat),
    [0],
  );
  assert.deepEqual(seen.moved.facts.sittings, []);
  assert.equal(seen.moved.facts.beforeTransfer.sat, 1);

  // Two days later it may.
  await rows(`update online_assessments.sittings set ended_at = ended_at - interval '48 hours' where id = $1`, [
    sittingId,
  ]);
  assert.equal(await refusalAt('04426', movedId, unitId), null);
});

test('the centre that gave it is told nothing of what is sat elsewhere', async () => {
  const { registrationId, unitId, client } = await startSitting(app);
  assert.equal((await client.handIn()).status, 200);
  const movedId = await transfer(registrationId);
  await rows(
    `insert into online_assessments.sessions (id, centre_id, room, starts_at, code, state, created_at)
     select $1, centre_id, 'Room 9', now(), 'ABC-234', 'closed', now() from web_portal.registrations where id = $1`,
    [movedId],
  );
  await rows(
    `insert into online_assessments.sittings (centre_id, session_id, registration_id, candidate_id, unit_id, test_form_id, seat, state,
       state_changed_at, booked_at, ended_at)
     select r.centre_id, r.id, r.id, r.candidate_id, s.unit_id, s.test_form_id, 1, 'released', now(), now(), now()
     from web_portal.registrations r join online_assessments.sittings s on s.registration_id = r.transferred_from where r.id = $1`,
    [movedId],
  );
  const there = await principalAt(app, await centreOf(app, '04417'), 'invigilator');
  const told = await app.services.database.read(
    there,
    (reader) =>
      reader.rows(
        sql<{ sat: number }>`select sat from online_assessments.sat_before_transfer(${registrationId}, ${unitId})`,
      ),
    invigilate,
  );
  assert.equal(told[0]?.sat, 0);
});
