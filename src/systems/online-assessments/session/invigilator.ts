/** Who acts in a session, and the fresh sign-in that weighty acts ask for. */
import { confirmByPinAndPassword, FRESH_MINUTES, isFresh, refreshConfirmation } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { NotAllowed, Refused } from '#platform/http/answers.ts';
import { whoMay } from '#platform/permissions/capabilities.ts';
import { may, type PersonPrincipal, type Principal } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

const STALE = `Enter your PIN and password: the last time was more than ${FRESH_MINUTES} minutes ago.`;

/** The invigilator of the acting centre who acts. Throws NotAllowed for anybody else. */
export function invigilatorOf(principal: Principal): PersonPrincipal & { readonly centreId: string } {
  const allowed =
    principal.kind === 'person' &&
    may(principal, 'online-assessments.invigilate') &&
    principal.acting?.kind === 'centre' &&
    principal.acting.roles.includes('invigilator');
  if (!allowed || !principal.acting) throw new NotAllowed(whoMay('online-assessments.invigilate'));
  return { ...principal, centreId: principal.acting.organisationId };
}

/** The same, signed in within the last 15 minutes. Throws Refused on the field `pin` when it is longer ago. */
export function freshInvigilatorOf(
  writer: Pick<Writer, 'principal' | 'now'>,
): PersonPrincipal & { readonly centreId: string } {
  const invigilator = invigilatorOf(writer.principal);
  if (!isFresh(invigilator, writer.now)) throw new Refused([{ field: 'pin', message: STALE }]);
  return invigilator;
}

/** Whether the page must ask for PIN and password. */
export function needsPin(principal: Principal, now: Date): boolean {
  return principal.kind !== 'person' || !isFresh(principal, now);
}

/**
 * Confirms the invigilator by own PIN (of this centre) and password, and returns the principal with the fresh
 * confirmation; call it before the act's own transaction. Throws Refused on the field `pin`.
 */
export async function confirmInvigilator(
  services: Services,
  principal: Principal,
  given: { readonly pin: string; readonly password: string; readonly address: string },
): Promise<PersonPrincipal> {
  const invigilator = invigilatorOf(principal);
  const confirmed = await confirmByPinAndPassword(services, {
    personId: invigilator.personId,
    organisationId: invigilator.centreId,
    ...given,
  });
  if (!confirmed.ok) throw new Refused([{ field: 'pin', message: confirmed.message }]);
  await refreshConfirmation(services, invigilator);
  const { centreId: _, ...person } = invigilator;
  return { ...person, confirmedAt: services.clock.now() };
}
