import { redirect } from '#platform/http/answers.ts';
import { get, post } from '#platform/http/routes.ts';
import { apiRoutes } from './api/routes.ts';
import { candidateAdded, candidateRegistered } from './audit.ts';
import { exportCandidates } from './list-candidates/export-candidates.ts';
import { listCandidates } from './list-candidates/list-candidates.ts';
import { registerCandidate, showRegister } from './register-candidate/register-candidate.ts';
import { registerFurther, showRegisterFurther } from './register-further/register-further.ts';
import { viewCandidate } from './view-candidate/view-candidate.ts';
import { viewRegistration } from './view-registration/view-registration.ts';
import { webhookRoutes } from './webhooks/routes.ts';

const FURTHER = '/web-portal/candidates/:candidateId/register';

export const routes = [
  get('/web-portal', 'web-portal.view', async () => redirect('/web-portal/candidates')),
  get('/web-portal/candidates', 'web-portal.view', listCandidates),
  get('/web-portal/candidates/export', 'web-portal.view', exportCandidates),
  get('/web-portal/candidates/register', 'web-portal.register', showRegister),
  post(
    '/web-portal/candidates/register',
    'web-portal.register',
    [candidateAdded, candidateRegistered],
    registerCandidate,
  ),
  get('/web-portal/candidates/:candidateId', 'web-portal.view', viewCandidate),
  get(FURTHER, 'web-portal.register', showRegisterFurther),
  post(FURTHER, 'web-portal.register', candidateRegistered, registerFurther),
  get('/web-portal/registrations/:registrationId', 'web-portal.view', viewRegistration),
  ...apiRoutes,
  ...webhookRoutes,
];
