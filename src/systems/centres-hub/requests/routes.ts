/** The life of a request, for both sides. */
import { get, post, upload } from '#platform/http/routes.ts';
import { assignRequest } from '../assign-request/assign-request.ts';
import * as audit from '../audit.ts';
import { beginAgain } from '../begin-again/begin-again.ts';
import { sendDecide, showDecide } from '../decide-request/decide-request.ts';
import { giveFeedback } from '../give-feedback/give-feedback.ts';
import { exportRequests, listRequests } from '../list-requests/list-requests.ts';
import { exportAnswerFigures, showAnswerFigures } from '../request-statistics/answer-figures.ts';
import { exportStatistics, showStatistics } from '../request-statistics/request-statistics.ts';
import { viewRequest } from '../view-request/view-request.ts';
import { sendWithdrawRequest, showWithdrawRequest } from '../withdraw-request/withdraw-request.ts';
import { writeInThread } from '../write-in-thread/write-in-thread.ts';

const VIEW = 'centres-hub.view-requests';
const ANSWER = 'centres-hub.make-requests';
const DECIDE = 'centres-hub.decide-requests';

export const requestRoutes = [
  get('/centres-hub/requests', VIEW, listRequests),
  get('/centres-hub/requests/export', VIEW, exportRequests),
  get('/centres-hub/requests/statistics', DECIDE, showStatistics),
  get('/centres-hub/requests/statistics/export', DECIDE, exportStatistics),
  get('/centres-hub/requests/statistics/answers/:code', DECIDE, showAnswerFigures),
  get('/centres-hub/requests/statistics/answers/:code/export', DECIDE, exportAnswerFigures),
  get('/centres-hub/requests/:requestId', VIEW, viewRequest),
  upload(
    '/centres-hub/requests/:requestId/write',
    VIEW,
    [audit.requestChanged, audit.requestRemarked, audit.requestFileAdded],
    writeInThread,
  ),
  post('/centres-hub/requests/:requestId/assign', DECIDE, audit.requestAssigned, assignRequest),
  get('/centres-hub/requests/:requestId/decide', DECIDE, showDecide),
  post('/centres-hub/requests/:requestId/decide', DECIDE, audit.requestChanged, sendDecide),
  get('/centres-hub/requests/:requestId/withdraw', ANSWER, showWithdrawRequest),
  post('/centres-hub/requests/:requestId/withdraw', ANSWER, audit.requestChanged, sendWithdrawRequest),
  post('/centres-hub/requests/:requestId/begin-again', ANSWER, audit.requestBegun, beginAgain),
  post('/centres-hub/requests/:requestId/feedback', ANSWER, audit.requestFeedbackGiven, giveFeedback),
];
