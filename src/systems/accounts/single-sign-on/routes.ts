import { get, post, protocol, type Route } from '#platform/http/routes.ts';
import { loggedOut } from '../audit.ts';
import {
  clientAdded,
  clientChanged,
  clientEntered,
  clientSecretRefused,
  clientSecretReplaced,
  clientSwitchedOff,
  clientSwitchedOn,
  clientTold,
} from './audit.ts';
import { decideEntry, enterClient, goOnFromEntry } from './enter-client/enter-client.ts';
import { exportClients, listClients } from './list-clients/list-clients.ts';
import { askToLogOut, logOutHere } from './log-out-of-client/log-out.ts';
import { answerByProvider, showKeys } from './provider/answer.ts';
import { sendReplaceSecret, showReplaceSecret } from './replace-secret/replace-secret.ts';
import { sendAddClient, sendChangeClient, showAddClient, showChangeClient } from './set-client/set-client.ts';
import { sendSwitchClient, showSwitchClient } from './switch-client/switch-client.ts';
import { exportEntries, viewClient } from './view-client/view-client.ts';

/** The protocol with suppliers' systems, the pages that people see on their way in, and the awarding body's own. */
export const singleSignOnRoutes: readonly Route[] = [
  protocol(get('/oidc/.well-known/openid-configuration', 'public', answerByProvider)),
  protocol(get('/oidc/keys', 'public', showKeys)),
  protocol(get('/oidc/authorise', 'public', answerByProvider)),
  protocol(get('/oidc/authorise/:uid', 'public', answerByProvider)),
  protocol(post('/oidc/token', 'public', clientSecretRefused, answerByProvider)),
  protocol({ ...get('/oidc/userinfo', 'public', answerByProvider), audit: [clientTold] }),
  protocol(post('/oidc/userinfo', 'public', clientTold, answerByProvider)),
  { ...get('/oidc/enter/:uid', 'public', enterClient), audit: [clientEntered] },
  post('/oidc/enter/:uid', 'public', [clientEntered], decideEntry),
  get('/oidc/enter/:uid/go-on', 'public', goOnFromEntry),
  get('/oidc/log-out', 'public', askToLogOut),
  post('/oidc/log-out', 'public', loggedOut, logOutHere),
  get('/single-sign-on', 'accounts.manage-clients', listClients),
  get('/single-sign-on/export', 'accounts.manage-clients', exportClients),
  get('/single-sign-on/add', 'accounts.manage-clients', showAddClient),
  post('/single-sign-on/add', 'accounts.manage-clients', clientAdded, sendAddClient),
  get('/single-sign-on/:id', 'accounts.manage-clients', viewClient),
  get('/single-sign-on/:id/entries', 'accounts.manage-clients', exportEntries),
  get('/single-sign-on/:id/change', 'accounts.manage-clients', showChangeClient),
  post('/single-sign-on/:id/change', 'accounts.manage-clients', clientChanged, sendChangeClient),
  get('/single-sign-on/:id/replace-secret', 'accounts.manage-clients', showReplaceSecret),
  post('/single-sign-on/:id/replace-secret', 'accounts.manage-clients', clientSecretReplaced, sendReplaceSecret),
  get('/single-sign-on/:id/switch', 'accounts.manage-clients', showSwitchClient),
  post(
    '/single-sign-on/:id/switch',
    'accounts.manage-clients',
    [clientSwitchedOff, clientSwitchedOn],
    sendSwitchClient,
  ),
];
