import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import type { Services } from '#platform/services.ts';
import { claimReturned } from '../audit.ts';
import { type Claimable, lockClaims, readClaimable } from '../claim-facts/claim-facts.ts';
import { type ClaimState, claimTransition } from '../claim-state/claim-state.ts';
import { type ClaimDecision, type ClaimKind, decideClaim } from '../eligibility/eligibility.ts';
import { type Issued, issueCertificate } from '../issue-certificate/issue-certificate.ts';
import { tellReturned } from '../notifications.ts';

export interface ClaimToDecide {
  readonly id: string;
  readonly registrationId: string;
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  readonly claimedAt: Date;
  readonly claimedBy: string | null;
  readonly reason: string | null;
}

/** A claim with all that bears on it, judged by the rule as if it were made today; null out of scope. */
export async function claimToDecide(
  reader: Pick<Reader, 'db' | 'rows' | 'now'>,
  claimId: string,
): Promise<{ claim: ClaimToDecide; claimable: Claimable; decision: ClaimDecision } | null> {
  const [claim] = await reader.rows(sql<ClaimToDecide>`
    select c.id, c.registration_id as "registrationId", c.kind, c.state, c.claimed_at as "claimedAt", c.reason,
      (select given_names || ' ' || family_name from accounts.published_people where id = c.claimed_by) as "claimedBy"
    from certificates.claims c where c.id = ${claimId}`);
  if (!claim) return null;
  const claimable = await readClaimable(reader, claim.registrationId, null);
  if (!claimable) return null;
  // The claim in question must not stand in its own way.
  const claims = claimable.facts.claims.filter((one) => one.id !== claim.id);
  return { claim, claimable, decision: decideClaim({ ...claimable.facts, claims }) };
}

/** Issues the certificate of a claim that waits. Throws NotFound, and Refused when it was decided or the rule says no. */
export async function issueClaim(
  writer: Writer,
  services: Pick<Services, 'keys' | 'settings'>,
  claimId: string,
): Promise<Issued> {
  const { claim, claimable, decision } = await undecided(writer, claimId, 'issue');
  if (decision.outcome === 'blocked') {
    throw new Refused(decision.obstacles.map(({ sentence }) => ({ field: '', message: sentence })));
  }
  if (decision.kind !== claim.kind) {
    throw new Refused('The registration has changed since the claim. Return it, so that the centre claims anew');
  }
  return issueCertificate(writer, services, { claimId, kind: claim.kind, claimable });
}

/** Returns a claim that waits to its centre, with the reason. */
export async function returnClaim(writer: Writer, claimId: string, reason: string): Promise<void> {
  const { claim, claimable } = await undecided(writer, claimId, 'return');
  const { centreId } = claimable.registration;
  await writer.db
    .updateTable('certificates.claims')
    .set({ state: 'returned', decided_at: writer.now, decided_by: writer.identity.personId, reason })
    .where('id', '=', claimId)
    .execute();
  await writer.audit(
    claimReturned,
    { kind: 'registration', id: claim.registrationId },
    { registrationId: claim.registrationId, kind: claim.kind, reason },
    centreId,
  );
  await tellReturned(writer, claimable, reason);
}

async function undecided(writer: Writer, claimId: string, act: 'issue' | 'return') {
  const [named] = await writer.rows(sql<{ registrationId: string }>`
    select registration_id as "registrationId" from certificates.claims where id = ${claimId}`);
  if (!named) throw new NotFound();
  await lockClaims(writer, named.registrationId);
  const found = await claimToDecide(writer, claimId);
  if (!found) throw new NotFound();
  const moved = claimTransition(found.claim.state, act);
  if (!moved.ok) throw new Refused(moved.message);
  return found;
}
