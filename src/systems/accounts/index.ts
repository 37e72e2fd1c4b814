/** The door of accounts: people, credentials, organisations, memberships, PINs, invitations, sessions. */
import type { System } from '#platform/http/routes.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { routes } from './routes.ts';

export const accounts: System = { name: 'accounts', routes, demonstrate };
export { whoCanLogIn } from './first-administrator/who-can-log-in.ts';
export { type Invitation, invite, resendInvitation } from './invitations/invitations.ts';
export { askToLogIn, keptFields } from './kept-forms/kept-forms.ts';
export { type InvitationState, type Member, membersOf } from './memberships/members.ts';
export { addMembership, endMembership, type MembershipToEnd, type NewMembership } from './memberships/memberships.ts';
export { addFeature } from './organisations/features.ts';
export { ensureOrganisation, type NewOrganisation } from './organisations/organisations.ts';
export { ensurePerson, type NewPerson } from './people/people.ts';
export { type Confirmation, confirmByPinAndPassword, type PinAndPassword } from './pins/confirm.ts';
export { issuePin, type PinHolder, pinOf } from './pins/pins.ts';
export { FRESH_MINUTES, isFresh, refreshConfirmation } from './sessions/confirmation.ts';
export { endSessionsOf } from './sessions/open-session.ts';
export { keepSessionAwake, principalOf } from './sessions/sessions.ts';
