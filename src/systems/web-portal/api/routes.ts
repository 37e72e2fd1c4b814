import { get, post, protocol, type Route } from '#platform/http/routes.ts';
import { apiKeyMade, apiKeyRevoked } from './audit.ts';
import { showDocument } from './document/show-document.ts';
import { showReference } from './document/show-reference.ts';
import { exportKeys, listKeys } from './list-keys/list-keys.ts';
import { sendMakeKey, showMakeKey } from './make-key/make-key.ts';
import { answerBy, nothingHere } from './requests/answer.ts';
import type { Operation } from './requests/operation.ts';
import { OPERATIONS } from './resources/operations.ts';
import { sendRevokeKey, showRevokeKey } from './revoke-key/revoke-key.ts';

const MANAGE = 'web-portal.manage-api';

/** The address of an operation as the server's router writes it. */
const addressOf = ({ path }: Operation) => `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`;

// Programs ask with a key, not a person with a session: the operation itself asks for key and scope before all else.
const routeOf = (operation: Operation): Route =>
  protocol(
    operation.method === 'get'
      ? get(addressOf(operation), 'public', answerBy(operation))
      : post(addressOf(operation), 'public', operation.audit, answerBy(operation)),
  );

export const apiRoutes: readonly Route[] = [
  get('/web-portal/api', MANAGE, listKeys),
  get('/web-portal/api/export', MANAGE, exportKeys),
  get('/web-portal/api/keys/make', MANAGE, showMakeKey),
  post('/web-portal/api/keys/make', MANAGE, apiKeyMade, sendMakeKey),
  get('/web-portal/api/keys/:keyId/revoke', MANAGE, showRevokeKey),
  post('/web-portal/api/keys/:keyId/revoke', MANAGE, apiKeyRevoked, sendRevokeKey),

  get('/api/v1/reference', 'public', showReference),
  get('/api/v1/openapi.json', 'public', showDocument),
  ...OPERATIONS.map(routeOf),
  protocol(get('/api/v1/*', 'public', nothingHere)),
  protocol(post('/api/v1/*', 'public', { none: 'nothing is there' }, nothingHere)),
];
