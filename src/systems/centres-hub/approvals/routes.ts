/** Beside granting and ending an approval: conditions, what was stopped, withdrawals. */
import { get, post, type Route } from '#platform/http/routes.ts';
import * as audit from '../centre-audit.ts';
import {
  sendMeetCondition,
  sendSetCondition,
  showMeetCondition,
  showSetCondition,
} from '../conditions/act-on-condition.ts';
import { exportConditions, listConditions } from '../conditions/list-conditions.ts';
import { exportSwitches, listSwitches } from '../switches/list-switches.ts';
import { sendAskWithdrawal, showAskWithdrawal } from '../withdrawals/ask-withdrawal.ts';
import { exportWithdrawals, listWithdrawals } from '../withdrawals/list-withdrawals.ts';
import { sendWithdrawalAct, viewWithdrawal } from '../withdrawals/view-withdrawal.ts';

const VIEW = 'centres-hub.view';
const MANAGE = 'centres-hub.manage-users';
const DECIDE = 'centres-hub.decide-approvals';
const CONDITIONS = '/centres-hub/conditions';
const WITHDRAWALS = '/centres-hub/withdrawals';

export const approvalRoutes: readonly Route[] = [
  get(CONDITIONS, VIEW, listConditions),
  get(`${CONDITIONS}/export`, VIEW, exportConditions),
  get(`${CONDITIONS}/add`, DECIDE, showSetCondition),
  post(`${CONDITIONS}/add`, DECIDE, audit.conditionSet, sendSetCondition),
  get(`${CONDITIONS}/:conditionId/met`, DECIDE, showMeetCondition),
  post(`${CONDITIONS}/:conditionId/met`, DECIDE, audit.conditionMet, sendMeetCondition),

  get('/centres-hub/approvals/switches', VIEW, listSwitches),
  get('/centres-hub/approvals/switches/export', VIEW, exportSwitches),

  get(WITHDRAWALS, VIEW, listWithdrawals),
  get(`${WITHDRAWALS}/export`, VIEW, exportWithdrawals),
  get(`${WITHDRAWALS}/ask`, MANAGE, showAskWithdrawal),
  post(`${WITHDRAWALS}/ask`, MANAGE, audit.withdrawalMovedOn, sendAskWithdrawal),
  get(`${WITHDRAWALS}/start`, DECIDE, showAskWithdrawal),
  post(`${WITHDRAWALS}/start`, DECIDE, audit.withdrawalMovedOn, sendAskWithdrawal),
  get(`${WITHDRAWALS}/:withdrawalId`, VIEW, viewWithdrawal),
  post(
    `${WITHDRAWALS}/:withdrawalId/decide`,
    DECIDE,
    [audit.withdrawalMovedOn, audit.profileChanged],
    sendWithdrawalAct('decide'),
  ),
  post(`${WITHDRAWALS}/:withdrawalId/refuse`, DECIDE, audit.withdrawalMovedOn, sendWithdrawalAct('refuse')),
  post(`${WITHDRAWALS}/:withdrawalId/take-back`, MANAGE, audit.withdrawalMovedOn, sendWithdrawalAct('take-back')),
];
