/** The door of Centres Hub: centres, sites, users and staff, approvals, and what a centre may do today. */
import type { System } from '#platform/http/routes.ts';
import { startBackgroundWork } from './background-work.ts';
import { demonstrate } from './demonstrate.ts';
import { governedBy } from './governed-by.ts';
import { routes } from './routes.ts';

export const centresHub: System = { name: 'centres-hub', routes, governedBy, demonstrate, start: startBackgroundWork };
export { type ApprovedProduct, approvedProducts, standingOf } from './approvals/approvals.ts';
export { type AttentionRow, attention as centresHubAttention } from './attention/attention.ts';
export { centreMattersAttention } from './attention/centre-attention.ts';
export { competenceAttention } from './attention/competence-attention.ts';
export { type MayQuestion, mayClaim, mayClaimDirectly, mayRegister, maySit } from './capabilities/capabilities.ts';
export {
  type ApprovalTerms,
  type CapabilityAnswer,
  type CapabilityQuestion,
  capabilityAnswer,
  type HubCapability,
  type SwitchedOff,
} from './capabilities/capability-answer.ts';
export { type Centre, centreById, type Site, sitesOf } from './centres/centres.ts';
export { type CompetenceQuestion, competenceOf, competencesOf } from './competence/read-standing.ts';
export type { Mover, Standing } from './competence/standing.ts';
export { conflictBetween, conflictsWithCandidates } from './conflicts/conflict-between.ts';
export type { Conflict, ConflictQuestion } from './conflicts/conflict-rule.ts';
export { interestsMerger } from './conflicts/merge-candidates.ts';
export { equipmentOf, equipmentWords, type SiteEquipment } from './equipment/declarations.ts';
export {
  type CandidatePicker,
  joinCandidatePicker,
  type NamedCandidate,
  type PickedCandidate,
} from './forms/candidate-picker.ts';
export { centreEffects } from './grant-approval/effects.ts';
export { ownStaffData } from './own-data/own-data.ts';
export {
  type DecidedRequest,
  type DecisionEffect,
  joinDecisionEffects,
} from './requests/decision-effects.ts';
export { requestEvents } from './requests/time-line.ts';
export { searchableCentres, searchableUsers } from './searchable/searchable.ts';
export { setUpEportfolio } from './set-up-eportfolio/set-up-eportfolio.ts';
export { centresHubMerger } from './staff/merge-person.ts';
export {
  joinWithdrawalObstacles,
  type WithdrawalObstacle,
  type WithdrawalObstaclesOf,
  type WithdrawalSubject,
} from './withdrawals/obstacles.ts';
export { addWorkingDays, isWorkingDay } from './working-days/working-days.ts';
