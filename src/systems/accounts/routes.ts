import { get, post } from '#platform/http/routes.ts';
import { actFor } from './act-for/act-for.ts';
import { activate, showActivate } from './activate-pin/activate-pin.ts';
import {
  accountSetUp,
  actedFor,
  emailConfirmed,
  firstAdministratorMade,
  freeAccountMade,
  invitationOpened,
  loggedIn,
  loggedOut,
  loggedOutElsewhere,
  logInRefused,
  mailRequested,
  membershipStarted,
  passwordChanged,
  passwordChangeRefused,
  passwordReset,
  pinActivated,
  pinIssued,
  pinRefused,
  pinWithdrawn,
} from './audit.ts';
import { askForEmail, cancelEmailChange, showChangeEmail } from './change-email/change-email.ts';
import { confirmEmail, showConfirmEmail } from './change-email/confirm-email.ts';
import { changeName, showChangeName } from './change-name/change-name.ts';
import { changePassword, showChangePassword } from './change-password/change-password.ts';
import { createAccount, showCreateAccount } from './create-account/create-account.ts';
import { endSession, logOutEverywhere } from './end-session/end-session.ts';
import { makeFirstAdministrator, showFirstAdministrator } from './first-administrator/first-administrator.ts';
import { logIn, showLogIn } from './log-in/log-in.ts';
import { showSessionLeft, stayLoggedIn } from './log-in-session/log-in-session.ts';
import { logOut } from './log-out/log-out.ts';
import { logOutElsewhere } from './log-out-elsewhere/log-out-elsewhere.ts';
import { lookInYourMail } from './mail-requests/look-in-your-mail.ts';
import { showMyDetails } from './my-details/my-details.ts';
import { replacePin, showNewPin } from './new-pin/new-pin.ts';
import { openAccount, showOpenAccount } from './open-account/open-account.ts';
import { showOwnData, takeOwnData } from './own-data/own-data.ts';
import * as own from './own-details-audit.ts';
import { peopleRoutes } from './people-routes.ts';
import { recover, showRecover } from './recover-log-in/recover-log-in.ts';
import { resetPassword, showReset } from './reset-password/reset-password.ts';
import { secondFactorRoutes } from './second-factors/routes.ts';
import { showSecurityEvents } from './security-events/security-events.ts';
import { setUp, showSetUp } from './set-up-account/set-up-account.ts';
import { logOutForLink } from './set-up-account/somebody-else.ts';
import { singleSignOnRoutes } from './single-sign-on/routes.ts';

export const routes = [
  get('/login', 'public', showLogIn),
  post('/login', 'public', [loggedIn, logInRefused], logIn),
  post('/logout', 'accounts.own-details', loggedOut, logOut),
  { ...get('/set-up-account', 'public', showSetUp), audit: [invitationOpened] },
  post('/set-up-account', 'public', [accountSetUp, emailConfirmed, invitationOpened, loggedIn], setUp),
  post('/set-up-account/log-out', 'accounts.own-details', loggedOut, logOutForLink),
  get('/activate', 'public', showActivate),
  post('/activate', 'public', [pinActivated, pinRefused], activate),
  get('/my-details', 'accounts.own-details', showMyDetails),
  get('/my-details/change-password', 'accounts.own-details', showChangePassword),
  post('/my-details/change-password', 'accounts.own-details', [passwordChanged, passwordChangeRefused], changePassword),
  post('/my-details/log-out-elsewhere', 'accounts.own-details', loggedOutElsewhere, logOutElsewhere),
  get('/my-details/name', 'accounts.own-details', showChangeName),
  post('/my-details/name', 'accounts.own-details', [own.nameChanged, own.ownPasswordRefused], changeName),
  get('/my-details/e-mail', 'accounts.own-details', showChangeEmail),
  post('/my-details/e-mail', 'accounts.own-details', [own.emailChangeAsked, own.ownPasswordRefused], askForEmail),
  post('/my-details/e-mail/cancel', 'accounts.own-details', own.emailChangeCancelled, cancelEmailChange),
  get('/confirm-e-mail', 'public', showConfirmEmail),
  post('/confirm-e-mail', 'public', [own.emailChangeConfirmed, own.emailChanged], confirmEmail),
  get('/my-details/pin/:organisationId', 'accounts.own-details', showNewPin),
  post(
    '/my-details/pin/:organisationId',
    'accounts.own-details',
    [own.pinReplaced, pinIssued, pinWithdrawn, own.ownPasswordRefused],
    replacePin,
  ),
  post('/my-details/sessions/:id/end', 'accounts.own-details', own.sessionEnded, endSession),
  post('/my-details/log-out-everywhere', 'accounts.own-details', own.loggedOutEverywhere, logOutEverywhere),
  get('/my-details/security', 'accounts.own-details', showSecurityEvents),
  get('/my-details/data', 'accounts.own-details', showOwnData),
  post('/my-details/data', 'accounts.own-details', [own.ownDataTaken, own.ownPasswordRefused], takeOwnData),
  get('/log-in-session', 'public', showSessionLeft),
  post('/log-in-session', 'accounts.own-details', { none: 'prolongs the session' }, stayLoggedIn),
  post('/act-for', 'accounts.own-details', actedFor, actFor),
  get('/forgotten', 'public', showRecover),
  post('/forgotten', 'public', mailRequested, recover),
  get('/reset-password', 'public', showReset),
  post('/reset-password', 'public', passwordReset, resetPassword),
  get('/create-account', 'public', showCreateAccount),
  post('/create-account', 'public', mailRequested, createAccount),
  get('/look-in-your-mail', 'public', lookInYourMail),
  get('/new-account', 'public', showOpenAccount),
  post('/new-account', 'public', [freeAccountMade, emailConfirmed, loggedIn], openAccount),
  get('/first-administrator', 'public', showFirstAdministrator),
  post('/first-administrator', 'public', [firstAdministratorMade, membershipStarted, loggedIn], makeFirstAdministrator),
  ...secondFactorRoutes,
  ...peopleRoutes,
  ...singleSignOnRoutes,
];
