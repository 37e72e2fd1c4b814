import type { Writer } from '#platform/database/database.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';

/** Mails the coordinators of the centres that gave this person a PIN which is not activated: it was tried wrongly. */
export async function tellCoordinators(writer: Writer, person: PersonPrincipal): Promise<void> {
  const coordinators = await writer.db
    .selectFrom('accounts.pins as n')
    .innerJoin('accounts.memberships as m', 'm.organisation_id', 'n.organisation_id')
    .innerJoin('accounts.people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.email', 'p.given_names', 'p.family_name'])
    .distinct()
    .where('n.person_id', '=', person.personId)
    .where('n.activated_at', 'is', null)
    .where('n.withdrawn_at', 'is', null)
    .where('m.role', '=', 'coordinator')
    .where('m.ended_at', 'is', null)
    .where('p.id', '<>', person.personId)
    .execute();
  for (const coordinator of coordinators) {
    if (!coordinator.email) continue;
    const name = `${person.givenNames} ${person.familyName}`;
    await writer.mail({
      kind: 'accounts.activation-trouble',
      to: coordinator.email,
      personId: coordinator.id,
      subject: `${name} could not activate the PIN`,
      body: `Dear ${coordinator.given_names} ${coordinator.family_name}\n\nFive times in a row a wrong PIN or e-mail address was given for ${name}. You get this mail because you coordinate the centre.\n\nIf it was ${name}, compare the e-mail address in Centres Hub with the one that he or she uses; the PIN stands under My details of the account. If it was somebody else, tell ${name} to change the password, and write to ${brand.supportEmail}.\n\n${brand.name}\n`,
    });
  }
}
