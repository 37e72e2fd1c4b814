/** Becoming a centre: the public pages of the applicant, and the awarding body's queue. */
import { get, post, type Route } from '#platform/http/routes.ts';
import { sendConfirmInterest, showConfirmInterest } from '../become-a-centre/confirm-interest.ts';
import {
  sendApplication,
  showApplication,
  signApplication,
  withdrawApplication,
} from '../become-a-centre/fill-application.ts';
import { sendInterest, showInterest, showInterestSent } from '../become-a-centre/show-interest.ts';
import * as audit from '../centre-audit.ts';
import { sendApprove, showApprove } from '../decide-application/approve.ts';
import { sendRecordCheck, showRecordCheck } from '../decide-application/record-check.ts';
import { sendPlainAct, sendWordAct, showWordAct, WORD_ACT_NAMES } from '../decide-application/word-acts.ts';
import {
  sendAddCondition,
  sendWriteReport,
  showAddCondition,
  showWriteReport,
} from '../decide-application/write-report.ts';
import { exportApplications, listApplications } from './list-applications.ts';
import { viewApplication } from './view-application.ts';

const DECIDE = 'centres-hub.decide-approvals';
const LIST = '/centres-hub/applications';
const ONE = `${LIST}/:id`;

export const applicationRoutes: readonly Route[] = [
  get('/become-a-centre', 'public', showInterest),
  post('/become-a-centre', 'public', audit.applicationMoved, sendInterest),
  get('/become-a-centre/sent', 'public', showInterestSent),
  get('/become-a-centre/confirm', 'public', showConfirmInterest),
  post('/become-a-centre/confirm', 'public', audit.applicationMoved, sendConfirmInterest),
  get('/become-a-centre/application', 'public', showApplication),
  post('/become-a-centre/application', 'public', [audit.applicationSaved, audit.applicationMoved], sendApplication),
  post('/become-a-centre/application/sign', 'public', audit.applicationMoved, signApplication),
  post('/become-a-centre/application/withdraw', 'public', audit.applicationMoved, withdrawApplication),

  get(LIST, DECIDE, listApplications),
  get(`${LIST}/export`, DECIDE, exportApplications),
  get(ONE, DECIDE, viewApplication),
  ...WORD_ACT_NAMES.flatMap((name) => [
    get(`${ONE}/${name}`, DECIDE, showWordAct(name)),
    post(`${ONE}/${name}`, DECIDE, audit.applicationMoved, sendWordAct(name)),
  ]),
  get(`${ONE}/checks/:check`, DECIDE, showRecordCheck),
  post(`${ONE}/checks/:check`, DECIDE, audit.applicationChecked, sendRecordCheck),
  post(`${ONE}/pass-checks`, DECIDE, audit.applicationMoved, sendPlainAct('pass-checks')),
  get(`${ONE}/report`, DECIDE, showWriteReport),
  post(`${ONE}/report`, DECIDE, audit.applicationReported, sendWriteReport),
  get(`${ONE}/conditions/add`, DECIDE, showAddCondition),
  post(`${ONE}/conditions/add`, DECIDE, audit.conditionSet, sendAddCondition),
  post(`${ONE}/offer`, DECIDE, audit.applicationMoved, sendPlainAct('offer')),
  get(`${ONE}/approve`, DECIDE, showApprove),
  post(`${ONE}/approve`, DECIDE, [audit.applicationMoved, audit.centreMade], sendApprove),
];
