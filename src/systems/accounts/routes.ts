import { get, post } from '#platform/http/routes.ts';
import { actFor } from './act-for/act-for.ts';
import { activate, showActivate } from './activate-pin/activate-pin.ts';
import {
  accountSetUp,
  actedFor,
  emailConfirmed,
  firstAdministratorMade,
  loggedIn,
  loggedOut,
  loggedOutElsewhere,
  logInRefused,
  membershipStarted,
  passwordChanged,
  passwordChangeRefused,
  pinActivated,
  pinRefused,
} from './audit.ts';
import { changePassword, showChangePassword } from './change-password/change-password.ts';
import { createAccount, forgotten } from './coming-next/coming-next.ts';
import { makeFirstAdministrator, showFirstAdministrator } from './first-administrator/first-administrator.ts';
import { logIn, showLogIn } from './log-in/log-in.ts';
import { logOut } from './log-out/log-out.ts';
import { logOutElsewhere } from './log-out-elsewhere/log-out-elsewhere.ts';
import { showMyDetails } from './my-details/my-details.ts';
import { setUp, showSetUp } from './set-up-account/set-up-account.ts';

export const routes = [
  get('/login', 'public', showLogIn),
  post('/login', 'public', [loggedIn, logInRefused], logIn),
  post('/logout', 'accounts.own-details', loggedOut, logOut),
  get('/set-up-account', 'public', showSetUp),
  post('/set-up-account', 'public', [accountSetUp, emailConfirmed, loggedIn], setUp),
  get('/activate', 'public', showActivate),
  post('/activate', 'public', [pinActivated, pinRefused], activate),
  get('/my-details', 'accounts.own-details', showMyDetails),
  get('/my-details/change-password', 'accounts.own-details', showChangePassword),
  post('/my-details/change-password', 'accounts.own-details', [passwordChanged, passwordChangeRefused], changePassword),
  post('/my-details/log-out-elsewhere', 'accounts.own-details', loggedOutElsewhere, logOutElsewhere),
  post('/act-for', 'accounts.own-details', actedFor, actFor),
  get('/forgotten', 'public', forgotten),
  get('/create-account', 'public', createAccount),
  get('/first-administrator', 'public', showFirstAdministrator),
  post('/first-administrator', 'public', [firstAdministratorMade, membershipStarted, loggedIn], makeFirstAdministrator),
];
