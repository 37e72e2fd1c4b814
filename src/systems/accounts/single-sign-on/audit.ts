import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const settings = z.object({
  name: z.string(),
  supplier: z.string(),
  launchAddress: z.string(),
  redirectAddresses: z.array(z.string()),
  logOutAddresses: z.array(z.string()),
  audience: z.string(),
  centres: z.array(z.string()),
  roles: z.array(z.string()),
  passesOn: z.array(z.string()),
});

export const clientAdded = auditKind('accounts.client-added', "A supplier's system was added", settings);
export const clientChanged = auditKind(
  'accounts.client-changed',
  "The settings of a supplier's system were changed",
  settings,
);
export const clientSecretReplaced = auditKind(
  'accounts.client-secret-replaced',
  "The secret of a supplier's system was replaced",
  z.object({}),
);
export const clientSwitchedOff = auditKind(
  'accounts.client-switched-off',
  "A supplier's system was switched off",
  z.object({ reason: z.string() }),
);
export const clientSwitchedOn = auditKind(
  'accounts.client-switched-on',
  "A supplier's system was switched on",
  z.object({ reason: z.string() }),
);
export const clientSecretRefused = auditKind(
  'accounts.client-secret-refused',
  "A wrong secret was given for a supplier's system",
  z.object({ address: z.string() }),
);
export const clientEntered = auditKind(
  'accounts.client-entered',
  "A person was let into a supplier's system",
  z.object({ clientId: z.string(), name: z.string(), organisationId: z.string() }),
);
export const clientTold = auditKind(
  'accounts.client-told',
  "A supplier's system was told who the person is",
  z.object({ clientId: z.string(), name: z.string(), passed: z.array(z.string()) }),
);
