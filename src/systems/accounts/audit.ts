import { z } from 'zod';
import { auditKind } from '#platform/audit/audit.ts';

const atOrganisation = z.object({ organisationId: z.string() });

export const loggedIn = auditKind(
  'accounts.logged-in',
  'A person logged in',
  z.object({ address: z.string(), device: z.string().optional() }),
);
export const logInRefused = auditKind(
  'accounts.log-in-refused',
  'A wrong password or username was given',
  // Only a username that exists: in the place of another one people type their password.
  z.object({ address: z.string(), username: z.string().nullable() }),
);
export const loggedOut = auditKind('accounts.logged-out', 'A person logged out', z.object({}));
export const loggedOutElsewhere = auditKind(
  'accounts.logged-out-elsewhere',
  'A person ended all own sessions but one',
  z.object({}),
);
export const actedFor = auditKind(
  'accounts.acted-for',
  'A person chose the organisation to act for, or none',
  z.object({ organisationId: z.string().nullable() }),
);
export const membershipStarted = auditKind(
  'accounts.membership-started',
  'A person was given a role',
  z.object({ organisationId: z.string(), role: z.string() }),
);
export const membershipEnded = auditKind(
  'accounts.membership-ended',
  'A role of a person ended',
  z.object({ organisationId: z.string(), role: z.string(), reason: z.string() }),
);
export const pinIssued = auditKind('accounts.pin-issued', 'A person was given a PIN', atOrganisation);
export const pinWithdrawn = auditKind('accounts.pin-withdrawn', 'A PIN was withdrawn', atOrganisation);
export const pinActivated = auditKind(
  'accounts.pin-activated',
  "A person opened a centre's dashboard with PIN and e-mail",
  atOrganisation,
);
export const pinRefused = auditKind(
  'accounts.pin-refused',
  'A PIN did not match what was given with it',
  z.object({ address: z.string(), step: z.enum(['activation', 'confirmation']) }),
);
export const invited = auditKind(
  'accounts.invited',
  'A person was sent a link to set up an account',
  z.object({ organisationId: z.string(), email: z.string() }),
);
export const accountSetUp = auditKind(
  'accounts.account-set-up',
  'A person chose username and password by a mailed link',
  z.object({ username: z.string() }),
);
export const emailConfirmed = auditKind(
  'accounts.email-confirmed',
  'A person used a link that was mailed to the address',
  z.object({ email: z.string() }),
);
export const mailRequested = auditKind(
  'accounts.mail-requested',
  'A visitor asked for a username, a new password or a free account',
  // Not what was typed: nobody is named before the job has looked.
  z.object({ kind: z.enum(['username', 'password', 'account']), address: z.string() }),
);
export const usernamesMailed = auditKind(
  'accounts.usernames-mailed',
  'A person was mailed the username, on request',
  z.object({}),
);
export const resetLinkMailed = auditKind(
  'accounts.reset-link-mailed',
  'A person was mailed a link to choose a new password, on request',
  z.object({}),
);
export const passwordReset = auditKind(
  'accounts.password-reset',
  'A person chose a new password by a mailed link',
  z.object({}),
);
export const freeAccountMade = auditKind(
  'accounts.free-account-made',
  'A visitor made a free account by a mailed link',
  z.object({ username: z.string() }),
);
export const passwordChanged = auditKind('accounts.password-changed', 'A person changed the password', z.object({}));
export const passwordChangeRefused = auditKind(
  'accounts.password-change-refused',
  'A change of password was tried with a wrong password',
  z.object({ address: z.string() }),
);
export const firstAdministratorMade = auditKind(
  'accounts.first-administrator-made',
  "The operator's link made the first administrator of the awarding body",
  z.object({ username: z.string() }),
);
export const invitationOpened = auditKind(
  'accounts.invitation-opened',
  'The link of an invitation was opened for the first time',
  atOrganisation,
);
export const invitationWithdrawn = auditKind(
  'accounts.invitation-withdrawn',
  'An invitation was withdrawn',
  z.object({ organisationId: z.string(), reason: z.string() }),
);
