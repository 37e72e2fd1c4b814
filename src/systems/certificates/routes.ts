import { get, post } from '#platform/http/routes.ts';
import {
  awardExtended,
  certificateClaimed,
  certificateIssued,
  certificateRevoked,
  claimReturned,
  expiriesExtended,
} from './audit.ts';
import { showCheck, showCheckOfPaper } from './check-certificate/check-certificate.ts';
import { claim, showClaim } from './claim-certificate/claim-certificate.ts';
import { decide, showDecision } from './decide-claim/decide-claim.ts';
import { listClaims } from './decide-claim/list-claims.ts';
import { exportExtensions, listExtensions } from './extend-expiries/list-extensions.ts';
import { sendNewExtension, showNewExtension } from './extend-expiries/new-extension.ts';
import { exportExtended, viewExtension } from './extend-expiries/view-extension.ts';
import { exportCertificates, listCertificates } from './list-certificates/list-certificates.ts';
import { showMyCertificates, showMyDocument } from './my-certificates/my-certificates.ts';
import { revoke, showRevoke } from './revoke-certificate/revoke-certificate.ts';
import { showDocument, viewCertificate } from './view-certificate/view-certificate.ts';

const CLAIM = '/certificates/claim/:registrationId';
const DECIDE = '/certificates/claims/:claimId';
const ONE = '/certificates/:certificateId';

export const routes = [
  get('/certificates', 'certificates.view', listCertificates),
  get('/certificates/export', 'certificates.view', exportCertificates),
  get(CLAIM, 'certificates.claim', showClaim),
  post(CLAIM, 'certificates.claim', [certificateClaimed, certificateIssued], claim),
  get('/certificates/claims', 'certificates.decide', listClaims),
  get(DECIDE, 'certificates.decide', showDecision),
  post(DECIDE, 'certificates.decide', [certificateIssued, claimReturned], decide),
  get('/certificates/extensions', 'certificates.extend', listExtensions),
  get('/certificates/extensions/export', 'certificates.extend', exportExtensions),
  get('/certificates/extensions/new', 'certificates.extend', showNewExtension),
  post('/certificates/extensions/new', 'certificates.extend', [expiriesExtended, awardExtended], sendNewExtension),
  get('/certificates/extensions/:extensionId', 'certificates.extend', viewExtension),
  get('/certificates/extensions/:extensionId/export', 'certificates.extend', exportExtended),
  get(ONE, 'certificates.view', viewCertificate),
  get(`${ONE}/pdf`, 'certificates.view', showDocument),
  get(`${ONE}/revoke`, 'certificates.revoke', showRevoke),
  post(`${ONE}/revoke`, 'certificates.revoke', certificateRevoked, revoke),
  get('/my/certificates', 'certificates.own', showMyCertificates),
  get('/my/certificates/:certificateId/pdf', 'certificates.own', showMyDocument),
  get('/verify', 'public', showCheck),
  get('/verify/:serial', 'public', showCheckOfPaper),
];
