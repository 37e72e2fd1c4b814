/** What people change of their own account. */
import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const name = z.object({ givenNames: z.string(), familyName: z.string() });

export const nameChanged = auditKind(
  'accounts.name-changed',
  'A person changed the own name',
  z.object({ before: name, after: name }),
);
export const emailChangeAsked = auditKind(
  'accounts.email-change-asked',
  'A person asked for another e-mail address; links were sent to the old and the new one',
  z.object({ address: z.string(), email: z.string() }),
);
export const emailChangeConfirmed = auditKind(
  'accounts.email-change-confirmed',
  'A link that confirms a change of e-mail address was used',
  z.object({ by: z.enum(['old address', 'new address']) }),
);
export const emailChangeCancelled = auditKind(
  'accounts.email-change-cancelled',
  'A person cancelled a change of e-mail address',
  z.object({}),
);
export const emailChanged = auditKind(
  'accounts.email-changed',
  'The e-mail address of a person changed, confirmed at both addresses',
  z.object({ before: z.string().nullable(), after: z.string() }),
);
export const pinReplaced = auditKind(
  'accounts.pin-replaced',
  'A person replaced the own PIN; the old one stopped at once',
  z.object({ organisationId: z.string(), reason: z.string() }),
);
export const sessionEnded = auditKind(
  'accounts.session-ended',
  'A person logged out one of the own devices',
  z.object({ device: z.string(), address: z.string() }),
);
export const loggedOutEverywhere = auditKind(
  'accounts.logged-out-everywhere',
  'A person logged out on all devices',
  z.object({}),
);
export const ownDataTaken = auditKind(
  'accounts.own-data-taken',
  'A person downloaded what is held about him or her',
  z.object({ address: z.string() }),
);
export const ownPasswordRefused = auditKind(
  'accounts.own-password-refused',
  'A wrong password was given where it is asked for again',
  z.object({ address: z.string(), step: z.string() }),
);
