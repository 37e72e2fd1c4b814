/** Audit kinds of the centre's profile, of becoming a centre, of conditions and withdrawals. */
import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const reason = z.string().min(1);
const date = z.iso.date();

export const applicationMoved = auditKind(
  'centres-hub.application-moved',
  'An application to become a centre went a step further',
  z.object({ act: z.string(), to: z.string(), words: z.string().nullable() }),
);
export const applicationSaved = auditKind(
  'centres-hub.application-saved',
  'An application to become a centre was saved',
  z.object({ revision: z.number() }),
);
export const applicationChecked = auditKind(
  'centres-hub.application-checked',
  'A check of an application was done',
  z.object({ check: z.string(), outcome: z.enum(['done', 'failed']), words: z.string() }),
);
export const applicationReported = auditKind(
  'centres-hub.application-reported',
  'A visit or desk decision about an application was reported',
  z.object({ manner: z.enum(['visit', 'desk']), heldOn: date }),
);
export const conditionSet = auditKind(
  'centres-hub.condition-set',
  'A condition of an approval was set',
  z.object({ words: z.string(), dueOn: date, approvalId: z.uuid().nullable(), applicationId: z.uuid().nullable() }),
);
export const conditionMet = auditKind(
  'centres-hub.condition-met',
  'A condition of an approval was met',
  z.object({ words: z.string() }),
);
export const centreMade = auditKind(
  'centres-hub.centre-made',
  'An organisation became a centre',
  z.object({ number: z.string(), name: z.string(), applicationId: z.uuid() }),
);
export const profileChanged = auditKind(
  'centres-hub.profile-changed',
  'The profile of a centre was changed',
  z.object({
    changes: z
      .array(z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
      .min(1),
  }),
);
export const changeGranted = auditKind(
  'centres-hub.change-granted',
  'A change of weight was granted to a centre',
  z.object({ what: z.string(), wording: z.string(), takesEffectOn: date }),
);
export const roomChecked = auditKind(
  'centres-hub.room-checked',
  'A room was checked for tests',
  z.object({ site: z.string(), room: z.string(), seats: z.number(), fitForTests: z.boolean(), checkedOn: date }),
);
export const documentRecorded = auditKind(
  'centres-hub.document-recorded',
  'Insurance or a policy of a centre was recorded',
  z.object({ kind: z.string(), reference: z.string(), expiresOn: date.nullable(), sha256: z.string() }),
);
export const documentEnded = auditKind(
  'centres-hub.document-ended',
  'Insurance or a policy of a centre no longer counts',
  z.object({ kind: z.string(), reference: z.string(), reason }),
);
export const agreementPublished = auditKind(
  'centres-hub.agreement-published',
  'A version of the centre agreement was published',
  z.object({ number: z.number(), title: z.string(), signBy: date }),
);
export const agreementSigned = auditKind(
  'centres-hub.agreement-signed',
  'A centre signed the agreement',
  z.object({ number: z.number(), signedName: z.string() }),
);
export const withdrawalMovedOn = auditKind(
  'centres-hub.withdrawal-moved',
  'A withdrawal was asked for, decided, refused or taken back',
  z.object({
    state: z.string(),
    productId: z.uuid().nullable(),
    lastRegistrationOn: date,
    lastCertificationOn: date,
    words: z.string().nullable(),
  }),
);
