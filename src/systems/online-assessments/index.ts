/** The door of Online Assessments: sessions, sittings, answers, results; the seat. */
import type { System } from '#platform/http/routes.ts';
import { startJobs } from '#platform/jobs/jobs.ts';
import { closeOverdueSittings } from './close-overdue-sittings/close-overdue-sittings.ts';
import { creditOutages } from './credit-outage/credit-outage.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { governedBy } from './governed-by.ts';
import { routes } from './routes.ts';
import { outageIsOnRecord } from './save-answer/outage-now.ts';
import { seatPlugin } from './seat-plugin.ts';

const CLOSE_EVERY_SECONDS = 3;

export const onlineAssessments: System = {
  name: 'online-assessments',
  routes,
  governedBy,
  plugin: seatPlugin,
  demonstrate,
  start: async (services) => {
    // Before the first answer is taken: the time of an outage belongs to the candidates.
    await outageIsOnRecord(services);
    await creditOutages(services);
    const jobs = startJobs(services);
    jobs.every('close overdue sittings', CLOSE_EVERY_SECONDS, async () => void (await closeOverdueSittings(services)));
    return jobs;
  },
};
export { followArrangement } from './access-arrangements/follow-arrangement.ts';
export { addTime } from './add-time/add-time.ts';
export { type Availability, availability, type Obstacle } from './availability/availability.ts';
export { availabilityOf, readAvailability, type UnitOfRegistration } from './availability/read-availability.ts';
export {
  type Board,
  type BoardSeat,
  boardOf,
  type HeldEventRow,
  heldEventsOf,
  type ResultOfUnit,
  resultsOf,
  type TimelineEntry,
  timelineOf,
} from './board/board.ts';
export { type Booking, bookCandidates, cancelBooking } from './book-candidates/book-candidates.ts';
export { closeOverdueSittings } from './close-overdue-sittings/close-overdue-sittings.ts';
export { closeSession } from './close-session/close-session.ts';
export { confirmIdentity, IDENTITY_DOCUMENTS, type IdentityDocument } from './confirm-identity/confirm-identity.ts';
export { sittingsBookedUpon } from './contributions/booked-upon.ts';
export { candidateTests, type RegistrationAsked, type TestsSection, testSteps } from './contributions/candidate.ts';
export { sittingsEnder } from './contributions/end-registration.ts';
export { type AssessmentAttention, assessmentAttention, type SessionToday, testsToday } from './contributions/home.ts';
export { sittingsMerger } from './contributions/merge-candidates.ts';
export { testEvents } from './contributions/time-line.ts';
export { testsInTheWay } from './contributions/withdrawal-obstacles.ts';
export { creditOutage, creditOutages, type Outage } from './credit-outage/credit-outage.ts';
export { endSittings } from './end-sitting/end-sitting.ts';
export { openSession } from './open-session/open-session.ts';
export { ownTestData } from './own-data/own-data.ts';
export { type OwnTests, ownTestsCard } from './own-tests/own-tests.ts';
export { pauseSittings, resumeSittings, type Which } from './pause-sitting/pause-sitting.ts';
export { planSession, type SessionToPlan } from './plan-session/plan-session.ts';
export { releaseSeat } from './release-seat/release-seat.ts';
export { searchableItemBanks, searchableTestForms } from './searchable/searchable.ts';
export { isSeatAddress, seatPrincipalOf } from './seat/seat.ts';
export type { Judging } from './session/conflict.ts';
export { confirmInvigilator, needsPin } from './session/invigilator.ts';
export { type JudgingSource, joinJudging } from './session/judging.ts';
export { assessmentsMerger } from './session/merge-person.ts';
export { type Session, type SessionState, sessionById, sessionsOf } from './session/sessions.ts';
export { type SittingState, STATE_WORDS as SITTING_STATE_WORDS } from './sitting/states.ts';
export { FORM_STATES, type FormState, formById, publishedFormFor, type TestForm } from './test-forms/forms.ts';
