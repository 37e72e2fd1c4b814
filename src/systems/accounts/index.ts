/** The door of accounts: people, credentials, organisations, memberships, PINs, invitations, sessions. */
import type { System } from '#platform/http/routes.ts';
import { startBackgroundWork } from './background-work.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { governedBy } from './governed-by.ts';
import { routes } from './routes.ts';

export const accounts: System = { name: 'accounts', routes, governedBy, demonstrate, start: startBackgroundWork };
export { askToConfirm } from './confirm-it-is-you/confirm-it-is-you.ts';
export { whoCanLogIn } from './first-administrator/who-can-log-in.ts';
export {
  changeInvitedAddress,
  type Invitation,
  invite,
  resendInvitation,
  withdrawInvitations,
} from './invitations/invitations.ts';
export { askToLogIn, keepForm, keptFields } from './kept-forms/kept-forms.ts';
export { mailableEmail } from './mail-requests/typed-email.ts';
export { holdersOf } from './memberships/holders.ts';
export { type InvitationState, type Member, membersOf } from './memberships/members.ts';
export { addMembership, endMembership, type MembershipToEnd, type NewMembership } from './memberships/memberships.ts';
export { joinPersonMergers, type Merge, type MergeLine, type PersonMerger } from './merge-people/merger.ts';
export { newAccountLink } from './open-account/new-account-links.ts';
export { addFeature } from './organisations/features.ts';
export { ensureOrganisation, type NewOrganisation, renameOrganisation } from './organisations/organisations.ts';
export { ownAccountData } from './own-data/account-data.ts';
export { joinOwnData, type OwnData, type OwnDataOf } from './own-data/contribution.ts';
export { ensurePerson, type NewPerson } from './people/people.ts';
export { emailField, personFields, reasonField } from './people/person-fields.ts';
export { type Confirmation, confirmByPinAndPassword, type PinAndPassword } from './pins/confirm.ts';
export { issuePin, type PinHolder, pinOf } from './pins/pins.ts';
export { removeSecondFactors } from './second-factors/remove.ts';
export { FRESH_MINUTES, isFresh, refreshConfirmation } from './sessions/confirmation.ts';
export { endSessionsOf } from './sessions/open-session.ts';
export { renewWhereRolesChanged } from './sessions/roles-changed.ts';
export { keepSessionAwake, principalOf } from './sessions/sessions.ts';
export { clientLinks } from './single-sign-on/clients/system-links.ts';
export { networkOf } from './throttle/network.ts';
export { waitInWords } from './throttle/throttle.ts';
export { hashToken, newToken } from './tokens/token.ts';
