import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Context } from '#platform/http/context.ts';
import { capabilitiesOf, type Role } from '#platform/permissions/capabilities.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { attention, candidateSections, claimStep, ownCertificatesCard } from './contributions.ts';

let app: TestApplication;
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

const rowsOf = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (client) => (await client.query(text, [...values])).rows as Row[]);

/** A person of the demonstration as the server would know them, acting for an organisation by its number. */
async function principalOf(username: string, number: string | null, roles: readonly Role[]): Promise<PersonPrincipal> {
  const [person] = await rowsOf<{ person_id: string }>(
    'select person_id from accounts.credentials where username = $1',
    [username],
  );
  const [organisation] = await rowsOf<{ id: string; kind: 'centre' | 'awarding_body'; name: string }>(
    'select id, kind, name from accounts.organisations where number = $1',
    [number],
  );
  return {
    kind: 'person',
    sessionEnd: { at: new Date('2100-01-01T00:00:00Z'), final: false },
    personId: person?.person_id as string,
    sessionHash: Buffer.alloc(32),
    givenNames: 'Test',
    familyName: 'Person',
    username,
    email: null,
    confirmedAt: app.services.clock.now(),
    organisations: [],
    acting: organisation
      ? {
          ...organisation,
          organisationId: organisation.id,
          number: number as string,
          roles,
          features: [],
          activated: true,
        }
      : null,
    secondFactor: { setUp: false, given: false, required: false },
    capabilities: capabilitiesOf(roles),
  };
}
const contextOf = (principal: PersonPrincipal) =>
  ({ principal, services: app.services, now: app.services.clock.now() }) as unknown as Context;

test('home: a centre hears of claims that came back, the awarding body of claims that wait', async () => {
  const centre = await attention(contextOf(await principalOf('coordinator', '04417', ['coordinator'])));
  assert.equal(centre.length, 1);
  assert.equal(centre[0]?.title, '1 claim returned by the awarding body');
  assert.match(String(centre[0]?.why), /internal quality assurer/);
  assert.deepEqual(await attention(contextOf(await principalOf('coordinator2', '04426', ['coordinator']))), []);
  assert.deepEqual(await attention(contextOf(await principalOf('assessor', '04417', ['assessor']))), []);
  const [body] = await rowsOf<{ number: string }>(
    "select number from accounts.organisations where kind = 'awarding_body'",
  );
  const officer = await attention(contextOf(await principalOf('officer', body?.number as string, ['officer'])));
  assert.equal(officer[0]?.title, '1 claim to decide');
});

test('own home: a card for candidates, nothing for others', async () => {
  const candidate = await ownCertificatesCard(contextOf(await principalOf('candidate', null, [])));
  assert.deepEqual(candidate?.rows, []);
  assert.match(candidate?.empty ?? '', /None yet/);
  assert.equal(await ownCertificatesCard(contextOf(await principalOf('member', null, []))), null);
  // With a certificate of their own.
  const [holder] = await rowsOf<{ candidate_id: string }>(
    "select f.candidate_id from certificates.certificates f join certificates.claims c on c.id = f.claim_id where c.state = 'revoked'",
  );
  const principal = await principalOf('candidate', null, []);
  await rowsOf('update web_portal.candidates set person_id = $1 where id = $2', [
    principal.personId,
    holder?.candidate_id,
  ]);
  const card = await ownCertificatesCard(contextOf(principal));
  assert.equal(card?.rows.length, 1);
  assert.match(card?.rows[0]?.detail ?? '', /^[0-9A-Z-]{14}, awarded .*, revoked$/);
});

test('a candidate’s page lists certificates of the own centre, and a ready registration says where to claim', async () => {
  const coordinator = await principalOf('coordinator', '04417', ['coordinator']);
  const other = await principalOf('coordinator2', '04426', ['coordinator']);
  const scope = { capability: 'web-portal.view' } as const;
  const [holder] = await rowsOf<{ candidate_id: string; serial: string }>(
    "select candidate_id, serial from certificates.certificates where centre_id = (select id from accounts.organisations where number = '04417') limit 1",
  );
  const sections = await app.services.database.read(
    coordinator,
    (reader) => candidateSections(reader, holder?.candidate_id as string),
    scope,
  );
  assert.equal(sections[0]?.title, 'Certificates');
  assert.ok(sections[0]?.body.text.includes(holder?.serial.slice(0, 4) as string));
  assert.deepEqual(
    await app.services.database.read(
      other,
      (reader) => candidateSections(reader, holder?.candidate_id as string),
      scope,
    ),
    [],
  );

  const facts = await rowsOf<{ id: string; state: string }>(
    `select r.id, coalesce((select c.state from certificates.claims c where c.registration_id = r.id order by c.claimed_at desc limit 1), 'none') as state
     from web_portal.registrations r where r.requirements_met_at is not null and r.centre_id = (select id from accounts.organisations where number = '04417')
       and (r.state = 'active' or exists (select from certificates.claims c where c.registration_id = r.id))`,
  );
  const stepFor = async (state: string, principal = coordinator) => {
    const id = facts.find((one) => one.state === state)?.id as string;
    const registration = { id, centreId: '', candidateId: '', productId: '', versionId: '', registeredAt: new Date(0) };
    return (
      (await app.services.database.read(principal, (reader) => claimStep(reader, registration), scope))?.text ?? ''
    );
  };
  assert.match(await stepFor('none'), /Claim the certificate/);
  assert.match(await stepFor('submitted'), /The awarding body decides/);
  assert.match(await stepFor('returned'), /returned: read why, then claim again/);
  assert.match(await stepFor('issued'), /The certificate is issued/);
  const assessor = await principalOf('assessor', '04417', ['assessor']);
  assert.match(await stepFor('none', assessor), /coordinator or administrator can claim/);
});
