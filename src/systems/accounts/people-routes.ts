import { get, post } from '#platform/http/routes.ts';
import { sendAddBodyUser, showAddBodyUser } from './add-body-user/add-body-user.ts';
import {
  bodyUserAdded,
  passwordResetStarted,
  peopleMerged,
  personSuspended,
  sessionsEnded,
  suspensionLifted,
} from './administration/audit.ts';
import { invited, membershipEnded, membershipStarted, resetLinkMailed } from './audit.ts';
import { endRole } from './end-membership/end-membership.ts';
import { endSessions } from './end-sessions/end-sessions.ts';
import { sendGiveBodyRole, showGiveBodyRole } from './give-body-role/give-body-role.ts';
import { liftSuspension } from './lift-suspension/lift-suspension.ts';
import { exportPeople, listPeople } from './list-people/list-people.ts';
import { chooseOther, sendMerge, showMerge } from './merge-people/merge-people.ts';
import { personHistory } from './person-history/person-history.ts';
import { removeAllSecondFactors } from './remove-second-factors/remove-second-factors.ts';
import { secondFactorsRemoved } from './second-factors/audit.ts';
import { startPasswordReset } from './start-password-reset/start-password-reset.ts';
import { suspendPerson } from './suspend-person/suspend-person.ts';
import { viewPerson } from './view-person/view-person.ts';

const MANAGE = 'accounts.manage-people';
const GIVE = 'accounts.give-body-roles';

/** Where the awarding body looks after people. There is no way to log in as somebody else. */
export const peopleRoutes = [
  get('/people', MANAGE, listPeople),
  get('/people/export', MANAGE, exportPeople),
  get('/people/add', GIVE, showAddBodyUser),
  post('/people/add', GIVE, [bodyUserAdded, membershipStarted, invited], sendAddBodyUser),
  get('/people/:personId', MANAGE, viewPerson),
  get('/people/:personId/history', MANAGE, personHistory),
  get('/people/:personId/suspend', MANAGE, suspendPerson.show),
  post('/people/:personId/suspend', MANAGE, personSuspended, suspendPerson.send),
  get('/people/:personId/lift-suspension', MANAGE, liftSuspension.show),
  post('/people/:personId/lift-suspension', MANAGE, suspensionLifted, liftSuspension.send),
  get('/people/:personId/end-sessions', MANAGE, endSessions.show),
  post('/people/:personId/end-sessions', MANAGE, sessionsEnded, endSessions.send),
  get('/people/:personId/start-password-reset', MANAGE, startPasswordReset.show),
  post(
    '/people/:personId/start-password-reset',
    MANAGE,
    [passwordResetStarted, resetLinkMailed],
    startPasswordReset.send,
  ),
  get('/people/:personId/remove-second-factors', MANAGE, removeAllSecondFactors.show),
  post('/people/:personId/remove-second-factors', MANAGE, secondFactorsRemoved, removeAllSecondFactors.send),
  get('/people/:personId/end-role/:membershipId', MANAGE, endRole.show),
  post('/people/:personId/end-role/:membershipId', MANAGE, membershipEnded, endRole.send),
  get('/people/:personId/give-role', GIVE, showGiveBodyRole),
  post('/people/:personId/give-role', GIVE, [membershipStarted, invited], sendGiveBodyRole),
  get('/people/:personId/merge', MANAGE, chooseOther),
  get('/people/:personId/merge/:otherId', MANAGE, showMerge),
  post('/people/:personId/merge/:otherId', MANAGE, peopleMerged, sendMerge),
];
