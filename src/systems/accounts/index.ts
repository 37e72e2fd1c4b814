/** The door of accounts: people, credentials, organisations, memberships, PINs, invitations, sessions. */
import type { System } from '#platform/http/routes.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { routes } from './routes.ts';

export const accounts: System = { name: 'accounts', routes, demonstrate };
export { type Invitation, invite, resendInvitation } from './invitations/invitations.ts';
export { askToLogIn, keptFields } from './kept-forms/kept-forms.ts';
export { addMembership, endMembership, type MembershipToEnd, type NewMembership } from './memberships/memberships.ts';
export { ensureOrganisation } from './organisations/organisations.ts';
export { hashPassword, passwordFits, passwordProblem } from './passwords/passwords.ts';
export { ensurePerson, type NewPerson } from './people/people.ts';
export { issuePin, type PinHolder, pinOf } from './pins/pins.ts';
export { endSessions, principalOf } from './sessions/sessions.ts';
export { countWrongGuess, forgetGuesses, secondsToWait } from './throttle/throttle.ts';
