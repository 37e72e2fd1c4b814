import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { availability } from '../availability/availability.ts';
import { readAvailability } from '../availability/read-availability.ts';
import { assertNoConflict } from '../open-session/open-session.ts';
import { invigilatorOf } from '../session/invigilator.ts';
import { sessionById } from '../session/sessions.ts';
import { changeSitting, lockSitting } from '../sitting/change-sitting.ts';

/** Kinds of document that prove who sits at the seat. */
export const IDENTITY_DOCUMENTS = {
  passport: 'Passport',
  driving_licence: 'Driving licence',
  identity_card: 'National identity card',
  citizen_card: 'Proof of age or citizen card',
  employer_or_college_card: 'Employer or college card with photo',
  known_to_centre: 'Known in person to the invigilator',
} as const;
export type IdentityDocument = keyof typeof IDENTITY_DOCUMENTS;

/**
 * The invigilator has looked at the person at the seat and at a document: the candidate may read the rules and start.
 * What was checked at booking is checked again. Throws Refused with sentences.
 */
export async function confirmIdentity(
  writer: Writer,
  { sittingId, document }: { readonly sittingId: string; readonly document: IdentityDocument },
): Promise<void> {
  const invigilator = invigilatorOf(writer.principal);
  const sitting = await lockSitting(writer, sittingId);
  const session = await sessionById(writer, sitting.sessionId);
  if (session.state !== 'open') throw new Refused('The session is not open. Open it first.');
  if (!sitting.seatTokenHash)
    throw new Refused(
      'Nobody has arrived at this seat. Let the candidate enter the candidate number and the session code first.',
    );
  await assertNoConflict(writer, session, invigilator.personId);
  const unit = await readAvailability(writer, sitting, sitting.id);
  const answer = availability(unit.facts, writer.now);
  if (!answer.available) throw new Refused(answer.obstacles.map(({ message }) => ({ field: '', message })));
  await changeSitting(writer, sitting, {
    kind: 'confirm_identity',
    reason: `Identity seen: ${IDENTITY_DOCUMENTS[document].toLowerCase()}`,
    document,
  });
}
