import { get, post } from '#platform/http/routes.ts';
import { addAuthenticatorApp, showAddApp } from '../add-authenticator-app/add-authenticator-app.ts';
import { addPasskeyOptions, showAddPasskey, storePasskey } from '../add-passkey/add-passkey.ts';
import { loggedIn } from '../audit.ts';
import {
  removeOwnFactor,
  renamePasskey,
  showRemove,
  showRename,
} from '../change-second-factors/change-second-factors.ts';
import {
  confirmByPasskey,
  confirmByPassword,
  confirmOptions,
  showConfirm,
} from '../confirm-it-is-you/confirm-it-is-you.ts';
import {
  downloadRecoveryCodes,
  recoveryCodesKept,
  renewRecoveryCodes,
  showRecoveryCodes,
} from '../keep-recovery-codes/keep-recovery-codes.ts';
import { logInOptions, logInWithPasskey } from '../log-in-with-passkey/log-in-with-passkey.ts';
import { forgetAllDevices, forgetDevice, showMySecondFactors } from '../my-second-factors/my-second-factors.ts';
import {
  giveCode,
  givePasskey,
  giveRecoveryCode,
  secondStepOptions,
  showRecovery,
  showSecondStep,
} from '../second-step/second-step.ts';
import {
  deviceRemembered,
  devicesForgotten,
  identityConfirmed,
  identityRefused,
  passkeyRenamed,
  recoveryCodesMade,
  secondFactorAdded,
  secondFactorGiven,
  secondFactorRefused,
  secondFactorRemoved,
} from './audit.ts';
import { OVERVIEW } from './before-change.ts';

const GIVEN = [secondFactorGiven, secondFactorRefused, deviceRemembered, loggedIn];
const CHALLENGE = { none: 'a challenge, which opens nothing by itself' };
const OWN = 'accounts.own-details';

/** The second step of the log-in, passkeys, confirmation, and My details, Second factor. */
export const secondFactorRoutes = [
  get('/login/second-step', 'public', showSecondStep),
  post('/login/second-step', 'public', GIVEN, giveCode),
  get('/login/recovery-code', 'public', showRecovery),
  post('/login/recovery-code', 'public', GIVEN, giveRecoveryCode),
  post('/login/second-step/passkey-options', 'public', CHALLENGE, secondStepOptions),
  post('/login/second-step/passkey', 'public', GIVEN, givePasskey),
  post('/login/passkey-options', 'public', CHALLENGE, logInOptions),
  post('/login/passkey', 'public', [secondFactorGiven, secondFactorRefused, loggedIn], logInWithPasskey),
  get('/confirm-it-is-you', OWN, showConfirm),
  post('/confirm-it-is-you', OWN, [identityConfirmed, identityRefused], confirmByPassword),
  post('/confirm-it-is-you/passkey-options', OWN, CHALLENGE, confirmOptions),
  post('/confirm-it-is-you/passkey', OWN, [identityConfirmed, secondFactorRefused], confirmByPasskey),
  get(OVERVIEW, OWN, showMySecondFactors),
  get(`${OVERVIEW}/add-app`, OWN, showAddApp),
  post(`${OVERVIEW}/add-app`, OWN, [secondFactorAdded, secondFactorRefused, recoveryCodesMade], addAuthenticatorApp),
  get(`${OVERVIEW}/add-passkey`, OWN, showAddPasskey),
  post(`${OVERVIEW}/add-passkey/options`, OWN, CHALLENGE, addPasskeyOptions),
  post(`${OVERVIEW}/add-passkey`, OWN, [secondFactorAdded, recoveryCodesMade], storePasskey),
  get(`${OVERVIEW}/:id/rename`, OWN, showRename),
  post(`${OVERVIEW}/:id/rename`, OWN, passkeyRenamed, renamePasskey),
  get(`${OVERVIEW}/:id/remove`, OWN, showRemove),
  post(`${OVERVIEW}/:id/remove`, OWN, [secondFactorRemoved, devicesForgotten], removeOwnFactor),
  get(`${OVERVIEW}/recovery-codes`, OWN, showRecoveryCodes),
  post(`${OVERVIEW}/recovery-codes`, OWN, recoveryCodesMade, renewRecoveryCodes),
  get(`${OVERVIEW}/recovery-codes/download`, OWN, downloadRecoveryCodes),
  post(`${OVERVIEW}/recovery-codes/kept`, OWN, { none: 'hides what this browser alone was shown' }, recoveryCodesKept),
  post(`${OVERVIEW}/forget-device`, OWN, devicesForgotten, forgetDevice),
  post(`${OVERVIEW}/forget-devices`, OWN, devicesForgotten, forgetAllDevices),
];
