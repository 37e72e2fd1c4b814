import { get, post } from '#platform/http/routes.ts';
import { sendAddRoles, showAddRoles } from './add-roles/add-roles.ts';
import { sendAddUser, showAddUser } from './add-user/add-user.ts';
import { applicationRoutes } from './applications/routes.ts';
import { approvalRoutes } from './approvals/routes.ts';
import * as audit from './audit.ts';
import { sendChangeEmail, showChangeEmail } from './change-email/change-email.ts';
import { competenceRoutes } from './competence/routes.ts';
import { sendEndApproval, showEndApproval } from './end-approval/end-approval.ts';
import { sendEndRole, showEndRole } from './end-role/end-role.ts';
import { exportInvitations, followInvitations } from './follow-invitations/follow-invitations.ts';
import { formRoutes } from './forms/routes.ts';
import { sendGrant, showGrant } from './grant-approval/grant-approval.ts';
import { helpRoutes } from './help/routes.ts';
import { exportApprovals, listApprovals } from './list-approvals/list-approvals.ts';
import { exportCentres, listCentres } from './list-centres/list-centres.ts';
import { exportUsers, listUsers } from './list-users/list-users.ts';
import { viewProfile } from './profile/profile.ts';
import { profileRoutes } from './profile/routes.ts';
import { requestRoutes } from './requests/routes.ts';
import { sendSetUpEportfolio, showSetUpEportfolio } from './set-up-eportfolio/set-up-eportfolio.ts';
import { listSites, sendAddSite, sendRooms, showAddSite, showRooms } from './sites/sites.ts';
import { sendAddStaff, showAddStaff } from './staff/add-staff-member.ts';
import { sendEndStaff, showEndStaff } from './staff/end-staff-member.ts';
import { exportStaff, listStaff } from './staff/list-staff.ts';
import { sendSwitchOff, showSwitchOff } from './switches/switch-off.ts';
import { sendSwitchOn, showSwitchOn } from './switches/switch-on.ts';
import { inviteAgain, viewUser } from './view-user/view-user.ts';
import { sendWithdrawInvitation, showWithdrawInvitation } from './withdraw-invitation/withdraw-invitation.ts';

const VIEW = 'centres-hub.view';
const MANAGE = 'centres-hub.manage-users';
const DECIDE = 'centres-hub.decide-approvals';

export const routes = [
  get('/centres-hub', VIEW, viewProfile),
  get('/centres-hub/centres', VIEW, listCentres),
  get('/centres-hub/centres/export', VIEW, exportCentres),
  get('/centres-hub/set-up-eportfolio', DECIDE, showSetUpEportfolio),
  post('/centres-hub/set-up-eportfolio', DECIDE, audit.eportfolioSetUp, sendSetUpEportfolio),

  get('/centres-hub/users', VIEW, listUsers),
  get('/centres-hub/users/export', VIEW, exportUsers),
  get('/centres-hub/users/add', MANAGE, showAddUser),
  post('/centres-hub/users/add', MANAGE, audit.userAdded, sendAddUser),
  get('/centres-hub/users/invitations', VIEW, followInvitations),
  get('/centres-hub/users/invitations/export', VIEW, exportInvitations),
  get('/centres-hub/users/:personId', VIEW, viewUser),
  post('/centres-hub/users/:personId', MANAGE, audit.userInvitedAgain, inviteAgain),
  get('/centres-hub/users/:personId/add-roles', MANAGE, showAddRoles),
  post('/centres-hub/users/:personId/add-roles', MANAGE, audit.userRolesChanged, sendAddRoles),
  get('/centres-hub/users/:personId/end-role/:role', MANAGE, showEndRole),
  post('/centres-hub/users/:personId/end-role/:role', MANAGE, audit.userRolesChanged, sendEndRole),
  get('/centres-hub/users/:personId/change-email', MANAGE, showChangeEmail),
  post('/centres-hub/users/:personId/change-email', MANAGE, audit.userEmailChanged, sendChangeEmail),
  get('/centres-hub/users/:personId/withdraw-invitation', MANAGE, showWithdrawInvitation),
  post(
    '/centres-hub/users/:personId/withdraw-invitation',
    MANAGE,
    audit.userInvitationWithdrawn,
    sendWithdrawInvitation,
  ),

  get('/centres-hub/staff', VIEW, listStaff),
  get('/centres-hub/staff/export', VIEW, exportStaff),
  get('/centres-hub/staff/add', MANAGE, showAddStaff),
  post('/centres-hub/staff/add', MANAGE, audit.staffMemberAdded, sendAddStaff),
  get('/centres-hub/staff/:id/end', MANAGE, showEndStaff),
  post('/centres-hub/staff/:id/end', MANAGE, audit.staffMemberEnded, sendEndStaff),

  get('/centres-hub/sites', VIEW, listSites),
  get('/centres-hub/sites/add', MANAGE, showAddSite),
  post('/centres-hub/sites/add', MANAGE, audit.siteAdded, sendAddSite),
  get('/centres-hub/sites/:siteId/rooms', MANAGE, showRooms),
  post('/centres-hub/sites/:siteId/rooms', MANAGE, audit.siteRoomsChanged, sendRooms),

  get('/centres-hub/approvals', VIEW, listApprovals),
  get('/centres-hub/approvals/export', VIEW, exportApprovals),
  get('/centres-hub/approvals/grant', DECIDE, showGrant),
  post('/centres-hub/approvals/grant', DECIDE, audit.approvalGranted, sendGrant),
  get('/centres-hub/approvals/:approvalId/end', DECIDE, showEndApproval),
  post('/centres-hub/approvals/:approvalId/end', DECIDE, audit.approvalEnded, sendEndApproval),
  get('/centres-hub/approvals/switches/off', DECIDE, showSwitchOff),
  post('/centres-hub/approvals/switches/off', DECIDE, audit.capabilitySwitchedOff, sendSwitchOff),
  get('/centres-hub/approvals/switches/:switchId/on', DECIDE, showSwitchOn),
  post('/centres-hub/approvals/switches/:switchId/on', DECIDE, audit.capabilitySwitchedOn, sendSwitchOn),

  ...requestRoutes,
  ...formRoutes,
  ...approvalRoutes,
  ...profileRoutes,
  ...applicationRoutes,
  ...competenceRoutes,
  ...helpRoutes,
];
