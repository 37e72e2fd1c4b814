import type { Writer } from '#platform/database/database.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { holdersOf } from '../memberships/holders.ts';
import { pinWasActivated, pinWasGuessed } from '../notifications.ts';

/** Mails the coordinators of the centres that gave this person a PIN which is not activated: it was tried wrongly. */
export async function tellCoordinators(writer: Writer, person: PersonPrincipal): Promise<void> {
  const coordinators = await writer.db
    .selectFrom('accounts.pins as n')
    .innerJoin('accounts.memberships as m', 'm.organisation_id', 'n.organisation_id')
    .innerJoin('accounts.people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.email', 'p.given_names', 'p.family_name', 'm.organisation_id'])
    .distinct()
    .where('n.person_id', '=', person.personId)
    .where('n.activated_at', 'is', null)
    .where('n.withdrawn_at', 'is', null)
    .where('m.role', '=', 'coordinator')
    .where('m.ended_at', 'is', null)
    .where('p.id', '<>', person.personId)
    .execute();
  for (const coordinator of coordinators) {
    const name = `${person.givenNames} ${person.familyName}`;
    await writer.notify({
      kind: pinWasGuessed,
      personIds: [coordinator.id],
      subject: `${name} could not activate the PIN`,
      body: `Five times in a row a wrong PIN or e-mail address was given for ${name}. Ask whether it was ${name}, and compare the e-mail address.`,
      href: `/centres-hub/users/${person.personId}`,
      organisationId: coordinator.organisation_id,
      mailed: coordinator.email !== null,
    });
    if (!coordinator.email) continue;
    await writer.mail({
      kind: 'accounts.activation-trouble',
      to: coordinator.email,
      personId: coordinator.id,
      subject: `${name} could not activate the PIN`,
      body: `Dear ${coordinator.given_names} ${coordinator.family_name}\n\nFive times in a row a wrong PIN or e-mail address was given for ${name}. You get this mail because you coordinate the centre.\n\nIf it was ${name}, compare the e-mail address in Centres Hub with the one that he or she uses; the PIN stands under My details of the account. If it was somebody else, tell ${name} to change the password, and write to ${brand.supportEmail}.\n\n${brand.name}\n`,
    });
  }
}

/** Tells the coordinators of a centre that somebody has opened its dashboard for the first time. */
export async function tellActivated(writer: Writer, personId: string, organisationId: string): Promise<void> {
  const person = await writer.db
    .selectFrom('accounts.people')
    .select(['given_names', 'family_name'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const name = `${person.given_names} ${person.family_name}`;
  await writer.notify({
    kind: pinWasActivated,
    personIds: await holdersOf(writer, organisationId, ['coordinator']),
    subject: `${name} has activated the PIN`,
    body: `${name} has opened the systems of your centre with PIN and e-mail address.`,
    href: `/centres-hub/users/${personId}`,
    organisationId,
  });
}
