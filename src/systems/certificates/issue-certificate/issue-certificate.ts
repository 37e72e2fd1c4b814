import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { completeRegistration } from '#web-portal';
import { certificateIssued } from '../audit.ts';
import { type Claimable, draftOf } from '../claim-facts/claim-facts.ts';
import { canonicalJson } from '../content/canonical.ts';
import type { ClaimKind } from '../eligibility/eligibility.ts';
import { tellIssued } from '../notifications.ts';
import { certificatePdf } from '../printing/certificate-pdf.ts';
import { checkCodeOf, familyNameKey, sealContent } from '../seal/seal.ts';
import { newSerial } from '../serial/serial.ts';

export interface Issued {
  readonly certificateId: string;
  readonly serial: string;
}

/**
 * Issues the certificate of a submitted claim, in the transaction of the writer: content as registered, seal, document,
 * entry in the register, and the registration completed. The caller has asked the rule and holds the lock. Only the
 * owner's function enters certificates, and it checks claim, centre and approval once more.
 */
export async function issueCertificate(
  writer: Writer,
  services: Pick<Services, 'keys' | 'settings'>,
  { claimId, kind, claimable }: { claimId: string; kind: ClaimKind; claimable: Claimable },
): Promise<Issued> {
  const { registration } = claimable;
  const serial = newSerial();
  const awardedOn = dayInLondon(writer.now);
  const content = draftOf(claimable, { serial, awardedOn, publicUrl: services.settings.publicUrl, kind });
  const seal = sealContent(services.keys.certificates, content);
  const pdf = await certificatePdf(content, seal.signature);
  const [entered] = await writer.rows(sql<{ id: string }>`
    select certificates.issue(${claimId}, ${serial}, ${canonicalJson(content)}::jsonb, ${seal.contentSha256}, ${seal.signature},
      ${seal.keyId}, ${familyNameKey(registration.candidate.familyName)}, ${checkCodeOf(seal.signature)}, ${pdf},
      ${awardedOn}::date, ${writer.now}) as id`);
  const certificateId = (entered as { id: string }).id;
  if (kind === 'full')
    await completeRegistration(writer, { registrationId: registration.id, reason: 'Certificate issued' });
  await writer.audit(
    certificateIssued,
    { kind: 'certificate', id: certificateId },
    { registrationId: registration.id, kind, claimId, serial, contentSha256: seal.contentSha256.toString('hex') },
    registration.centreId,
  );
  await tellIssued(writer, claimable, { certificateId, serial, title: content.title });
  return { certificateId, serial };
}
