import type { Reader } from '#platform/database/database.ts';
import { claimsOf } from '../claim-facts/claim-facts.ts';
import { isCurrent } from '../claim-state/claim-state.ts';

/** Pathway and units of a registration can be changed until a certificate is claimed, and again when the claim is returned. */
export async function choiceFixedByClaim(reader: Reader, registrationId: string): Promise<string | null> {
  const claims = await claimsOf(reader, registrationId);
  return claims.some(({ state }) => isCurrent(state))
    ? 'A certificate is claimed for the registration, so its pathway and units stay as they are. Ask the awarding body if they are wrong'
    : null;
}
