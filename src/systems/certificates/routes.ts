import { get, post } from '#platform/http/routes.ts';
import { certificateClaimed, certificateIssued, certificateRevoked, claimReturned } from './audit.ts';
import { showCheck, showCheckOfPaper } from './check-certificate/check-certificate.ts';
import { claim, showClaim } from './claim-certificate/claim-certificate.ts';
import { decide, showDecision } from './decide-claim/decide-claim.ts';
import { listClaims } from './decide-claim/list-claims.ts';
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
  get(ONE, 'certificates.view', viewCertificate),
  get(`${ONE}/pdf`, 'certificates.view', showDocument),
  get(`${ONE}/revoke`, 'certificates.revoke', showRevoke),
  post(`${ONE}/revoke`, 'certificates.revoke', certificateRevoked, revoke),
  get('/my/certificates', 'certificates.own', showMyCertificates),
  get('/my/certificates/:certificateId/pdf', 'certificates.own', showMyDocument),
  get('/verify', 'public', showCheck),
  get('/verify/:serial', 'public', showCheckOfPaper),
];
