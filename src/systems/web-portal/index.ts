/** The door of the Web Portal: candidates, registrations, achieved units. */
import type { System } from '#platform/http/routes.ts';
import { startBackgroundWork } from './background-work.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { demonstrateApi } from './demonstrate/demonstrate-api.ts';
import { governedBy } from './governed-by.ts';
import { routes } from './routes.ts';

export const webPortal: System = {
  name: 'web-portal',
  routes,
  governedBy,
  demonstrate: async (services) => {
    await demonstrate(services);
    await demonstrateApi(services);
  },
  start: startBackgroundWork,
};
export {
  type AccessArrangement,
  arrangementOn,
  arrangementsOn,
  arrangementWords,
  holdArrangements,
} from './access-arrangements/access-arrangements.ts';
export {
  type ArrangementFollower,
  joinArrangementFollowers,
  reasonableAdjustment,
} from './access-arrangements/grant-arrangement.ts';
export { type AttentionRow, attention } from './attention/attention.ts';
export { candidateNumber, isCandidateNumber } from './candidate-number/candidate-number.ts';
export { webPortalMerger } from './candidates/merge-person.ts';
export {
  changeRegistrationState,
  completeRegistration,
  lockRegistrations,
  reopenRegistration,
  type StateChange,
} from './change-state/change-state.ts';
export {
  type BuiltUpon,
  joinBuiltUpon,
  type RegistrationsAsked,
} from './contributions/built-upon.ts';
export { joinCertified } from './contributions/certified.ts';
export {
  type CandidateContributions,
  joinCandidateContributions,
  type RegistrationFacts,
  type Section,
  type UnitStep,
} from './contributions/contributions.ts';
export { type EndingRegistration, joinRegistrationEnders, type RegistrationEnder } from './contributions/ending.ts';
export { joinTimeLines, type TimeLineEvent } from './contributions/time-line.ts';
export { registrationsInTheWay } from './contributions/withdrawal-obstacles.ts';
export { type CandidateMerge, type CandidateMerger, joinCandidateMergers } from './merge-candidates/merger.ts';
export { plainText, searchWords } from './names/names.ts';
export { ownCandidateData } from './own-data/own-data.ts';
export { type OwnRegistrations, ownRegistrations } from './own-registrations/own-registrations.ts';
export { candidatePicker } from './pick-candidate/pick-candidate.ts';
export { portalPage } from './portal-page/portal-page.ts';
export { registrationsOfProduct } from './product-registrations/product-registrations.ts';
export {
  type AchievementToRecord,
  type RecordedAchievement,
  recordUnitAchievement,
} from './record-achievement/record-achievement.ts';
export { type RegistrationState, STATE_WORDS } from './registration-state/registration-state.ts';
export {
  type AchievementSource,
  type Grade,
  type RegistrationForClaim,
  registrationForClaim,
  SOURCE_NAMES,
  type UnitAchievement,
  unitAchievementsOf,
} from './registrations/registrations.ts';
export { searchableCandidates } from './searchable/searchable.ts';
