import { redirect } from '#platform/http/answers.ts';
import { get, post } from '#platform/http/routes.ts';
import { actOnChosen, showChosen } from './act-on-chosen/act-on-chosen.ts';
import { amendmentRoutes } from './amendments/routes.ts';
import { apiRoutes } from './api/routes.ts';
import {
  candidateAdded,
  candidateInvited,
  candidateRegistered,
  candidatesMerged,
  cohortChanged,
  identitySettled,
  latenessWaived,
  mergeProposed,
  pathwayChosen,
  registrationDraftEnded,
  viewRemoved,
  viewSaved,
} from './audit.ts';
import { candidateAccountRoutes } from './candidate-account/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { lateRoutes } from './late-registrations/routes.ts';
import { exportCandidates } from './list-candidates/export-candidates.ts';
import { listCandidates } from './list-candidates/list-candidates.ts';
import { exportIdentityQuestions, listIdentityQuestions } from './list-identity-questions/list-identity-questions.ts';
import { pathwayRoutes } from './pathway-choice/routes.ts';
import { priorLearningRoutes } from './prior-learning/routes.ts';
import { proposeMerge, showProposeMerge } from './propose-merge/propose-merge.ts';
import { registerCandidate, showRegister } from './register-candidate/register-candidate.ts';
import { registerFurther, showRegisterFurther } from './register-further/register-further.ts';
import { draftRoutes } from './registration-drafts/routes.ts';
import { removeView, saveView, showViews, VIEWS } from './saved-views/saved-views.ts';
import { decideQuestion, showQuestion } from './settle-identity/settle-identity.ts';
import { exportTimeLine, showTimeLine } from './time-line/time-line.ts';
import { viewCandidate } from './view-candidate/view-candidate.ts';
import { viewRegistration } from './view-registration/view-registration.ts';
import { webhookRoutes } from './webhooks/routes.ts';

const registering = [candidateRegistered, registrationDraftEnded, pathwayChosen, latenessWaived];
const FURTHER = '/web-portal/candidates/:candidateId/register';
const TIME_LINE = '/web-portal/candidates/:candidateId/time-line';
const MERGE = '/web-portal/candidates/:candidateId/merge';
const QUESTION = '/web-portal/identity/:questionId';

export const routes = [
  ...importRoutes,
  ...draftRoutes,
  ...pathwayRoutes,
  ...lateRoutes,
  get('/web-portal', 'web-portal.view', async () => redirect('/web-portal/candidates')),
  get('/web-portal/candidates', 'web-portal.view', listCandidates),
  get('/web-portal/candidates/export', 'web-portal.view', exportCandidates),
  get(VIEWS, 'web-portal.view', showViews),
  post(VIEWS, 'web-portal.view', viewSaved, saveView),
  post(`${VIEWS}/:viewId/remove`, 'web-portal.view', viewRemoved, removeView),
  post('/web-portal/candidates/chosen', 'web-portal.register', { none: 'shows what was chosen' }, showChosen),
  post('/web-portal/candidates/chosen/act', 'web-portal.register', [cohortChanged, candidateInvited], actOnChosen),
  get('/web-portal/candidates/register', 'web-portal.register', showRegister),
  post('/web-portal/candidates/register', 'web-portal.register', [candidateAdded, ...registering], registerCandidate),
  get('/web-portal/candidates/:candidateId', 'web-portal.view', viewCandidate),
  get(TIME_LINE, 'web-portal.view', showTimeLine),
  get(`${TIME_LINE}/export`, 'web-portal.view', exportTimeLine),
  get(FURTHER, 'web-portal.register', showRegisterFurther),
  post(FURTHER, 'web-portal.register', registering, registerFurther),
  get(MERGE, 'web-portal.register', showProposeMerge),
  post(MERGE, 'web-portal.register', mergeProposed, proposeMerge),
  get('/web-portal/identity', 'web-portal.settle-identity', listIdentityQuestions),
  get('/web-portal/identity/export', 'web-portal.settle-identity', exportIdentityQuestions),
  get(QUESTION, 'web-portal.settle-identity', showQuestion),
  post(QUESTION, 'web-portal.settle-identity', [identitySettled, candidatesMerged], decideQuestion),
  get('/web-portal/registrations/:registrationId', 'web-portal.view', viewRegistration),
  ...priorLearningRoutes,
  ...candidateAccountRoutes,
  ...apiRoutes,
  ...webhookRoutes,
  ...amendmentRoutes,
];
