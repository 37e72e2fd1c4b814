import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import {
  addMembership,
  endMembership,
  ensurePerson,
  invite,
  issuePin,
  membersOf,
  principalOf,
  resendInvitation,
} from './index.ts';

// What the door does in a coordinator's own database role, with the policies of the tables as the second wall.

let application: TestApplication;
let coordinator: PersonPrincipal;
let otherCentre: string;
const CAPABILITY = { capability: 'centres-hub.manage-users' } as const;

async function principalFor(username: string): Promise<PersonPrincipal> {
  const browser = await application.logIn(username);
  const request = { cookies: Object.fromEntries(browser.cookies) } as unknown as FastifyRequest;
  const principal = await principalOf(application.services, request);
  assert.equal(principal.kind, 'person');
  return principal as PersonPrincipal;
}

before(async () => {
  application = await startTestApplication();
  coordinator = await principalFor('coordinator');
  otherCentre = (await principalFor('coordinator2')).acting?.organisationId as string;
});
after(() => application.close());

const own = () => coordinator.acting?.organisationId as string;
const write = <T>(work: (writer: Writer) => Promise<T>) =>
  application.services.database.write(coordinator, work, CAPABILITY);
const read = <T>(work: (reader: Reader) => Promise<T>) =>
  application.services.database.read(coordinator, work, CAPABILITY);

test('a coordinator makes, invites again and ends a user of the own centre', async () => {
  const { services } = application;
  const email = 'New.User@northgate.example';
  const personId = await write(async (writer) => {
    const id = await ensurePerson(writer, { givenNames: 'Sioned', familyName: 'Aberthaw', email });
    assert.equal(
      await ensurePerson(writer, { givenNames: 'X', familyName: 'Y', email: ' new.user@NORTHGATE.example ' }),
      id,
    );
    const first = await addMembership(writer, { personId: id, organisationId: own(), role: 'assessor' });
    assert.equal(await addMembership(writer, { personId: id, organisationId: own(), role: 'assessor' }), first);
    await addMembership(writer, { personId: id, organisationId: own(), role: 'iqa' });
    await issuePin(writer, services, { personId: id, organisationId: own() });
    await issuePin(writer, services, { personId: id, organisationId: own() });
    await invite(writer, services, { personId: id, organisationId: own(), email });
    return id;
  });
  const find = async () => (await read((reader) => membersOf(reader, own()))).find((one) => one.personId === personId);
  const member = await find();
  assert.deepEqual(
    {
      name: member?.familyName,
      roles: member?.roles.map(({ role }) => role),
      pin: member?.pin,
      state: member?.invitation.state,
      seen: member?.lastSeenAt,
    },
    { name: 'Aberthaw', roles: ['assessor', 'iqa'], pin: 'issued', state: 'sent', seen: null },
  );
  await write((writer) => resendInvitation(writer, services, { personId, organisationId: own() }));
  await write((writer) =>
    endMembership(writer, { personId, organisationId: own(), role: 'iqa', reason: 'Changed duties' }),
  );
  assert.equal((await find())?.pin, 'issued', 'the PIN stays while a role does');
  const membershipId = (await find())?.roles[0]?.membershipId as string;
  await write((writer) => endMembership(writer, { membershipId, organisationId: own(), reason: 'Left' }));
  assert.equal(await find(), undefined);
  const left = await application.services.database.read(SYSTEM, async ({ db }) => ({
    pins: await db.selectFrom('accounts.pins').selectAll().where('person_id', '=', personId).execute(),
    open: await db
      .selectFrom('accounts.invitations')
      .select('id')
      .where('person_id', '=', personId)
      .where('withdrawn_at', 'is', null)
      .execute(),
  }));
  assert.equal(left.pins.length, 1);
  assert.ok(left.pins[0]?.withdrawn_at);
  assert.deepEqual(left.open, []);
});

test('a centre gives no role of the awarding body, and nothing at another centre', async () => {
  const person = { personId: coordinator.personId };
  await assert.rejects(
    write((writer) => addMembership(writer, { ...person, organisationId: own(), role: 'officer' })),
    Refused,
  );
  await assert.rejects(
    write((writer) => addMembership(writer, { ...person, organisationId: otherCentre, role: 'iqa' })),
    NotFound,
  );
  for (const [organisationId, role] of [
    [own(), 'officer'],
    [otherCentre, 'iqa'],
  ]) {
    await assert.rejects(
      write((writer) =>
        sql`insert into accounts.memberships (person_id, organisation_id, role) values (${coordinator.personId}, ${organisationId}, ${role})`.execute(
          writer.db,
        ),
      ),
      /row-level security/,
    );
  }
});

test('a centre sees its own members alone, and of nobody the PIN', async () => {
  const members = await read((reader) => membersOf(reader, own()));
  assert.equal(members.find(({ personId }) => personId === coordinator.personId)?.pin, 'activated');
  assert.ok(members.find(({ personId }) => personId === coordinator.personId)?.lastSeenAt);
  assert.ok(
    members.every(({ roles }) => roles.length > 0 && roles.every(({ role }) => role !== ('candidate' as string))),
  );
  assert.deepEqual(await read((reader) => membersOf(reader, otherCentre)), []);
  const all = await read((reader) => reader.db.selectFrom('accounts.people').select('email').execute());
  assert.ok(all.length >= 6);
  // One of them belongs to the other centre as well.
  const several = 'rosamund.zennor@assessing.example';
  assert.ok(all.every(({ email }) => email?.endsWith('@northgate.example') || email === several));
  for (const column of ['ciphertext', 'lookup']) {
    await assert.rejects(
      read((reader) => reader.rows(sql`select ${sql.ref(column)} from accounts.pins`)),
      /permission denied/,
    );
  }
  await assert.rejects(
    read((reader) => reader.rows(sql`select token_hash from accounts.sessions`)),
    /permission denied/,
  );
  await assert.rejects(
    read((reader) => reader.rows(sql`select * from accounts.credentials`)),
    /permission denied/,
  );
});

test('an address that was typed but never confirmed does not lead to the account that typed it', async () => {
  const email = 'claimed@northgate.example';
  await application.services.database.write(SYSTEM, async (writer) => {
    const squatter = await ensurePerson(writer, { givenNames: 'S', familyName: 'Quatter', email });
    await writer.db
      .insertInto('accounts.credentials')
      .values({ person_id: squatter, username: 'squatter', password_hash: 'none' })
      .execute();
    const real = await ensurePerson(writer, { givenNames: 'R', familyName: 'Eal', email });
    assert.notEqual(real, squatter);
  });
});
