import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

export const loggedIn = auditKind('accounts.logged-in', 'A person logged in', z.object({ address: z.string() }));
export const logInRefused = auditKind(
  'accounts.log-in-refused',
  'A wrong password or username was given',
  z.object({ address: z.string(), username: z.string() }),
);
export const loggedOut = auditKind('accounts.logged-out', 'A person logged out', z.object({}));
