/** Who does what, competence, conflicts of interest, coordinators who are gone, declarations of equipment. */
import { get, post, upload } from '#platform/http/routes.ts';
import * as interests from '../conflicts/audit.ts';
import { sendDeclare, showDeclare } from '../conflicts/declare.ts';
import { sendEndDeclaration, showEndDeclaration } from '../conflicts/end-declaration.ts';
import { exportConflicts, listConflicts, listOwnConflicts } from '../conflicts/list-conflicts.ts';
import { sendAsk, showAsk } from '../coordinator-recovery/ask.ts';
import * as recovery from '../coordinator-recovery/audit.ts';
import { exportRecoveries, listRecoveries } from '../coordinator-recovery/list.ts';
import {
  decideRecovery,
  giveRecoveryFile,
  objectTo,
  viewRecovery,
  withdrawRecovery,
} from '../coordinator-recovery/view.ts';
import { equipmentDeclared } from '../equipment/audit.ts';
import { sendEquipment, showEquipment } from '../equipment/declare.ts';
import { sendAddRecord, sendCorrectRecord, showAddRecord, showCorrectRecord } from './add-record.ts';
import * as audit from './audit.ts';
import { sendDecide, showDecide } from './decide.ts';
import { sendEndDecision, showEndDecision } from './end-decision.ts';
import { sendEndFunction, showEndFunction } from './end-function.ts';
import { sendPutDown, showPutDown } from './put-down.ts';
import { exportQueue, showQueue } from './queue.ts';
import { giveFile, ownCompetence, viewCompetence } from './view-competence.ts';
import { exportWhoDoesWhat, listWhoDoesWhat } from './who-does-what.ts';
import { sendWithdrawRecord, showWithdrawRecord } from './withdraw-record.ts';

const VIEW = 'centres-hub.view';
const MANAGE = 'centres-hub.manage-users';
const DECIDE = 'centres-hub.decide-approvals';
const OWN = 'centres-hub.own-competence';
const DECLARE = 'centres-hub.declare-interest';
const EQUIPMENT = 'centres-hub.declare-equipment';

export const competenceRoutes = [
  get('/centres-hub/who-does-what', VIEW, listWhoDoesWhat),
  get('/centres-hub/who-does-what/export', VIEW, exportWhoDoesWhat),
  get('/centres-hub/who-does-what/add', MANAGE, showPutDown),
  post('/centres-hub/who-does-what/add', MANAGE, audit.functionBegun, sendPutDown),
  get('/centres-hub/who-does-what/:functionId/end', MANAGE, showEndFunction),
  post('/centres-hub/who-does-what/:functionId/end', MANAGE, audit.functionEnded, sendEndFunction),

  get('/centres-hub/competence/own', OWN, ownCompetence),
  get('/centres-hub/competence/:who', VIEW, viewCompetence),
  get('/centres-hub/competence/:who/files/:fileId', VIEW, giveFile),
  get('/centres-hub/competence/:who/records/add/:kind', OWN, showAddRecord),
  upload('/centres-hub/competence/:who/records/add/:kind', OWN, audit.recordAdded, sendAddRecord),
  get('/centres-hub/competence/:who/records/:recordId/correct', OWN, showCorrectRecord),
  upload('/centres-hub/competence/:who/records/:recordId/correct', OWN, audit.recordAdded, sendCorrectRecord),
  get('/centres-hub/competence/:who/records/:recordId/withdraw', OWN, showWithdrawRecord),
  post('/centres-hub/competence/:who/records/:recordId/withdraw', OWN, audit.recordWithdrawn, sendWithdrawRecord),
  get('/centres-hub/competence/:who/decide/:function/:code', DECIDE, showDecide),
  post('/centres-hub/competence/:who/decide/:function/:code', DECIDE, audit.competenceDecided, sendDecide),
  get('/centres-hub/competence-decisions/:decisionId/end', DECIDE, showEndDecision),
  post('/centres-hub/competence-decisions/:decisionId/end', DECIDE, audit.competenceEnded, sendEndDecision),
  get('/centres-hub/competence-queue', DECIDE, showQueue),
  get('/centres-hub/competence-queue/export', DECIDE, exportQueue),

  get('/centres-hub/conflicts', 'centres-hub.see-interests', listConflicts),
  get('/centres-hub/conflicts/export', 'centres-hub.see-interests', exportConflicts),
  get('/centres-hub/conflicts/own', DECLARE, listOwnConflicts),
  get('/centres-hub/conflicts/declare', DECLARE, showDeclare),
  post('/centres-hub/conflicts/declare', DECLARE, interests.interestDeclared, sendDeclare),
  get('/centres-hub/conflicts/:declarationId/end', DECLARE, showEndDeclaration),
  post('/centres-hub/conflicts/:declarationId/end', DECLARE, interests.interestEnded, sendEndDeclaration),

  get('/centres-hub/coordinator-recovery', OWN, showAsk),
  upload('/centres-hub/coordinator-recovery', OWN, recovery.recoveryAsked, sendAsk),
  get('/centres-hub/coordinator-recoveries', DECIDE, listRecoveries),
  get('/centres-hub/coordinator-recoveries/export', DECIDE, exportRecoveries),
  get('/centres-hub/coordinator-recoveries/:recoveryId', VIEW, viewRecovery),
  get('/centres-hub/coordinator-recoveries/:recoveryId/files/:fileId', VIEW, giveRecoveryFile),
  post('/centres-hub/coordinator-recoveries/:recoveryId/object', MANAGE, recovery.recoveryObjected, objectTo),
  post('/centres-hub/coordinator-recoveries/:recoveryId/withdraw', OWN, recovery.recoveryClosed, withdrawRecovery),
  post('/centres-hub/coordinator-recoveries/:recoveryId/decide', DECIDE, recovery.recoveryClosed, decideRecovery),

  get('/centres-hub/sites/:siteId/equipment', EQUIPMENT, showEquipment),
  post('/centres-hub/sites/:siteId/equipment', EQUIPMENT, equipmentDeclared, sendEquipment),
];
