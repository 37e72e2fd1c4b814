import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const claim = z.object({ registrationId: z.string(), kind: z.enum(['full', 'partial']) });

export const certificateClaimed = auditKind(
  'certificates.claimed',
  'A centre claimed a certificate',
  claim.extend({ direct: z.boolean() }),
);
export const certificateIssued = auditKind(
  'certificates.issued',
  'A certificate was issued',
  claim.extend({ claimId: z.string(), serial: z.string(), contentSha256: z.string() }),
);
export const claimReturned = auditKind(
  'certificates.claim-returned',
  'The awarding body returned a claim',
  claim.extend({ reason: z.string() }),
);
export const certificateRevoked = auditKind(
  'certificates.revoked',
  'The awarding body revoked a certificate',
  z.object({ serial: z.string(), reason: z.string(), mayBeClaimedAgain: z.boolean() }),
);

export const expiriesExtended = auditKind(
  'certificates.expiries-extended',
  'The awarding body extended many awards by one rule',
  z.object({
    name: z.string(),
    reason: z.string(),
    months: z.number(),
    mostTimes: z.number(),
    extended: z.number(),
    leftOut: z.record(z.string(), z.number()),
  }),
);
export const awardExtended = auditKind(
  'certificates.award-extended',
  'The expiry of an award was moved',
  z.object({ serial: z.string(), extension: z.string(), from: z.string(), to: z.string() }),
);
