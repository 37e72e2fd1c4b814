import { get, post } from '#platform/http/routes.ts';
import { addTimeForEveryone, addTimeForOne } from './add-time/add-time-form.ts';
import {
  candidateBooked,
  incidentLogged,
  resultHeld,
  resultReleased,
  seatReleased,
  sessionClosed,
  sessionOpened,
  sessionPlanned,
  sittingChanged,
  timeAdded,
  warningSeen,
} from './audit.ts';
import { showBooking, submitBooking } from './book-candidates/book-form.ts';
import { cancelOne } from './book-candidates/cancel-form.ts';
import { showClose, submitClose } from './close-session/close-form.ts';
import { identityOfOne } from './confirm-identity/identity-form.ts';
import { endOne } from './end-sitting/end-form.ts';
import { exportSessions, listSessions } from './list-sessions/list-sessions.ts';
import { showBoard, showBoardPart } from './live-board/live-board.ts';
import { markSeen } from './live-board/seen.ts';
import { incidentOfOne, incidentOfSession } from './log-incident/log-incident.ts';
import { openOne } from './open-session/open-form.ts';
import { showOwnTest } from './own-tests/own-tests.ts';
import { pauseEveryone, pauseOne, resumeEveryone, resumeOne } from './pause-sitting/pause-form.ts';
import { showPlan, submitPlan } from './plan-session/plan-form.ts';
import { releaseOne } from './release-seat/release-form.ts';
import { viewSession } from './view-session/view-session.ts';
import { viewSitting } from './view-sitting/view-sitting.ts';

const SESSION = '/online-assessments/sessions/:session';
const SITTING = '/online-assessments/sittings/:sitting';

/** The pages of a centre's staff: sessions, the live board, sittings; and a candidate's own results. */
export const staffRoutes = [
  get('/online-assessments', 'online-assessments.view', listSessions),
  get('/online-assessments/export', 'online-assessments.view', exportSessions),
  get('/online-assessments/sessions/plan', 'online-assessments.book', showPlan),
  post('/online-assessments/sessions/plan', 'online-assessments.book', sessionPlanned, submitPlan),
  get(SESSION, 'online-assessments.view', viewSession),
  get(`${SESSION}/book`, 'online-assessments.book', showBooking),
  post(`${SESSION}/book`, 'online-assessments.book', candidateBooked, submitBooking),
  get(`${SESSION}/open`, 'online-assessments.invigilate', openOne.show),
  post(`${SESSION}/open`, 'online-assessments.invigilate', sessionOpened, openOne.submit),
  get(`${SESSION}/board`, 'online-assessments.view', showBoard),
  get(`${SESSION}/board/live`, 'online-assessments.view', showBoardPart),
  get(`${SESSION}/pause`, 'online-assessments.invigilate', pauseEveryone.show),
  post(`${SESSION}/pause`, 'online-assessments.invigilate', sittingChanged, pauseEveryone.submit),
  get(`${SESSION}/resume`, 'online-assessments.invigilate', resumeEveryone.show),
  post(`${SESSION}/resume`, 'online-assessments.invigilate', sittingChanged, resumeEveryone.submit),
  get(`${SESSION}/add-time`, 'online-assessments.invigilate', addTimeForEveryone.show),
  post(`${SESSION}/add-time`, 'online-assessments.invigilate', timeAdded, addTimeForEveryone.submit),
  get(`${SESSION}/incident`, 'online-assessments.book', incidentOfSession.show),
  post(`${SESSION}/incident`, 'online-assessments.book', incidentLogged, incidentOfSession.submit),
  get(`${SESSION}/close`, 'online-assessments.invigilate', showClose),
  post(`${SESSION}/close`, 'online-assessments.invigilate', [sessionClosed, sittingChanged], submitClose),
  get(SITTING, 'online-assessments.view', viewSitting),
  get(`${SITTING}/identity`, 'online-assessments.invigilate', identityOfOne.show),
  post(`${SITTING}/identity`, 'online-assessments.invigilate', sittingChanged, identityOfOne.submit),
  get(`${SITTING}/pause`, 'online-assessments.invigilate', pauseOne.show),
  post(`${SITTING}/pause`, 'online-assessments.invigilate', sittingChanged, pauseOne.submit),
  get(`${SITTING}/resume`, 'online-assessments.invigilate', resumeOne.show),
  post(`${SITTING}/resume`, 'online-assessments.invigilate', sittingChanged, resumeOne.submit),
  get(`${SITTING}/add-time`, 'online-assessments.invigilate', addTimeForOne.show),
  post(`${SITTING}/add-time`, 'online-assessments.invigilate', timeAdded, addTimeForOne.submit),
  get(`${SITTING}/end`, 'online-assessments.invigilate', endOne.show),
  post(`${SITTING}/end`, 'online-assessments.invigilate', [sittingChanged, resultReleased, resultHeld], endOne.submit),
  get(`${SITTING}/release`, 'online-assessments.invigilate', releaseOne.show),
  post(`${SITTING}/release`, 'online-assessments.invigilate', seatReleased, releaseOne.submit),
  get(`${SITTING}/incident`, 'online-assessments.book', incidentOfOne.show),
  post(`${SITTING}/incident`, 'online-assessments.book', incidentLogged, incidentOfOne.submit),
  post(`${SITTING}/seen`, 'online-assessments.invigilate', warningSeen, markSeen),
  get(`${SITTING}/cancel`, 'online-assessments.book', cancelOne.show),
  post(`${SITTING}/cancel`, 'online-assessments.book', sittingChanged, cancelOne.submit),
  get('/my-tests/:sitting', 'online-assessments.own', showOwnTest),
];
