import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { accounts, candidates, centres, severalRoles } from '../../../../content/demonstration/people.ts';
import { addMembership } from '../memberships/memberships.ts';
import { AWARDING_BODY_NUMBER, ensureOrganisation } from '../organisations/organisations.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { ensurePerson } from '../people/people.ts';
import { issuePin } from '../pins/pins.ts';

/** The password of everybody in the demonstration, printed at the start. */
const DEMONSTRATION_PASSWORD = 'Motor-Trade-Demo-2026';

/** The centre that has been set up for ePortfolio; the other one shows what is there without it. */
const WITH_EPORTFOLIO = 'northgate';

/** Organisations, people who log in, their roles and activated PINs. Other people belong to the systems that list them. */
export async function demonstrate(services: Services): Promise<void> {
  const people = [
    ...accounts.map(({ role, organisation, ...one }) => ({
      ...one,
      roles: role && organisation ? [{ role, organisation }] : [],
    })),
    severalRoles,
    ...candidates.flatMap(({ username, centre, ...person }) =>
      username ? [{ ...person, username, roles: [{ organisation: centre, role: 'candidate' as const }] }] : [],
    ),
  ];
  // Hashing is what takes time here; it runs beside the event loop.
  const hashes = await Promise.all(people.map(() => hashPassword(DEMONSTRATION_PASSWORD)));
  await services.database.write(SYSTEM, async (writer) => {
    const { db, now } = writer;
    const ids = new Map<string, string>();
    for (const { key, number, name } of centres) {
      const features = key === WITH_EPORTFOLIO ? ['eportfolio'] : [];
      ids.set(key, await ensureOrganisation(writer, { kind: 'centre', number, name, features }));
    }
    ids.set(
      'awarding',
      await ensureOrganisation(writer, {
        kind: 'awarding_body',
        number: AWARDING_BODY_NUMBER,
        name: brand.awardingBody,
      }),
    );
    for (const [index, person] of people.entries()) {
      const personId = await ensurePerson(writer, person);
      await db
        .updateTable('accounts.people')
        .set({ second_factor_exempt: true, ...(person.email && { email_confirmed_at: now }) })
        .where('id', '=', personId)
        .execute();
      await db
        .insertInto('accounts.credentials')
        .values({
          person_id: personId,
          username: person.username,
          password_hash: hashes[index] as string,
          changed_at: now,
        })
        .execute();
      for (const { organisation, role } of person.roles) {
        const organisationId = ids.get(organisation) as string;
        await addMembership(writer, { personId, organisationId, role });
        if (organisation === 'awarding' || role === 'candidate') continue;
        await issuePin(writer, services, { personId, organisationId });
      }
    }
    await db.updateTable('accounts.pins').set({ activated_at: now }).execute();
  });
}

/** Who can log in, for the operator; empty when this is no demonstration. */
export async function demonstrationAccounts(services: Services): Promise<readonly string[]> {
  const names = [
    ...accounts.map((one) => one.username),
    ...candidates.flatMap((one) => one.username ?? []),
    severalRoles.username,
  ];
  const found = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.credentials').select('username').where('username', 'in', names).execute(),
  );
  const there = new Set(found.map((one) => one.username));
  const line = (label: string, organisation: string | null, more: readonly string[] = []) => {
    const users = [...accounts.filter((one) => one.organisation === organisation).map((one) => one.username), ...more];
    const shown = users.filter((username) => there.has(username));
    return shown.length > 0 ? [`  ${label}: ${shown.join(', ')}`] : [];
  };
  const lines = [
    ...centres.flatMap(({ key, name, number }) =>
      line(
        `${name} (${number})`,
        key,
        candidates.filter((one) => one.centre === key).flatMap((one) => one.username ?? []),
      ),
    ),
    ...line(brand.awardingBody, 'awarding'),
    ...line('Member of the public', null),
    ...(there.has(severalRoles.username) ? [`  Roles at both centres: ${severalRoles.username}`] : []),
  ];
  return lines.length > 0
    ? [`This is a demonstration. Log in with the password ${DEMONSTRATION_PASSWORD} as:`, ...lines]
    : [];
}
