import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const reason = z.string().min(1);

export const personSuspended = auditKind(
  'accounts.person-suspended',
  'The awarding body stopped the account of a person',
  z.object({ reason }),
);
export const suspensionLifted = auditKind(
  'accounts.suspension-lifted',
  'The awarding body let the account of a person go on',
  z.object({ reason }),
);
export const sessionsEnded = auditKind(
  'accounts.sessions-ended',
  'The awarding body ended all log-in sessions of a person',
  z.object({ reason, sessions: z.number() }),
);
export const bodyUserAdded = auditKind(
  'accounts.body-user-added',
  'Somebody was made a user of the awarding body',
  z.object({ email: z.string(), roles: z.array(z.string()).min(1) }),
);
export const peopleMerged = auditKind(
  'accounts.people-merged',
  'Two records of one person were made one',
  z.object({ mergedId: z.string(), reason, moved: z.array(z.string()) }),
);
export const passwordResetStarted = auditKind(
  'accounts.password-reset-started',
  'The awarding body had the link that chooses a new password mailed to a person',
  z.object({ reason }),
);
