import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { registrationAmended } from '../notifications.ts';
import type { AmendedRegistration } from './look.ts';
import { registrationHref } from './parts.ts';

/** The office of the centre learns what became of a registration, but for who did it. */
export async function tellOffice(
  writer: Writer,
  registration: AmendedRegistration,
  how: string,
  words: string,
): Promise<void> {
  const office = await holdersOf(writer, registration.centreId, ['coordinator', 'administrator']);
  await writer.notify({
    kind: registrationAmended,
    personIds: office.filter((personId) => personId !== writer.identity.personId),
    subject: `${how}: ${registration.candidateName}, ${registration.productTitle}`,
    body: words,
    href: registrationHref(registration),
    organisationId: registration.centreId,
  });
}
