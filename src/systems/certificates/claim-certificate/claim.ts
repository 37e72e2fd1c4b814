import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import type { Services } from '#platform/services.ts';
import { lockRegistrations } from '#web-portal';
import { certificateClaimed } from '../audit.ts';
import { lockClaims, readClaimable } from '../claim-facts/claim-facts.ts';
import { decideClaim } from '../eligibility/eligibility.ts';
import { type Issued, issueCertificate } from '../issue-certificate/issue-certificate.ts';

export interface Claimed {
  readonly claimId: string;
  /** Null while the claim waits for the awarding body. */
  readonly issued: Issued | null;
}

/**
 * Claims the certificate of a registration in the scope of its centre: issued in this transaction where the approval
 * allows direct claims, else handed to the awarding body. Throws NotFound for a registration of another centre, and
 * Refused with every reason when the rule says no.
 */
export async function claimCertificate(
  writer: Writer,
  services: Pick<Services, 'keys' | 'settings'>,
  { registrationId, centreId, personId }: { registrationId: string; centreId: string; personId: string },
): Promise<Claimed> {
  await lockClaims(writer, registrationId);
  // A change of pathway or state of this moment comes before and is seen, or finds the claim.
  await lockRegistrations(writer, centreId, [registrationId]);
  const claimable = await readClaimable(writer, registrationId, centreId);
  if (!claimable) throw new NotFound();
  const decision = decideClaim(claimable.facts);
  if (decision.outcome === 'blocked') {
    throw new Refused(
      decision.obstacles.map(({ sentence, wayOn }) => ({ field: '', message: `${sentence} ${wayOn}` })),
    );
  }
  const { kind, direct } = decision;
  const claim = await writer.db
    .insertInto('certificates.claims')
    .values({
      centre_id: centreId,
      registration_id: registrationId,
      kind,
      state: 'submitted',
      claimed_at: writer.now,
      claimed_by: personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.audit(
    certificateClaimed,
    { kind: 'registration', id: registrationId },
    { registrationId, kind, direct },
    centreId,
  );
  const issued = direct ? await issueCertificate(writer, services, { claimId: claim.id, kind, claimable }) : null;
  return { claimId: claim.id, issued };
}
