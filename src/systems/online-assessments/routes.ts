import { get, post } from '#platform/http/routes.ts';
import { admitCandidate, leaveSeat, showAdmission } from './admit-candidate/admit-candidate.ts';
import { resultHeld, resultReleased, seatArrived, sittingChanged } from './audit.ts';
import { bankRoutes } from './bank-routes.ts';
import { handIn } from './hand-in/hand-in.ts';
import { playerRoutes } from './player/routes.ts';
import { showSeatState } from './seat/show-state.ts';
import { showResult } from './show-result/show-result.ts';
import { staffRoutes } from './staff-routes.ts';
import { showPaper } from './start-sitting/show-paper.ts';
import { showPicture } from './start-sitting/show-picture.ts';
import { startSitting } from './start-sitting/start-sitting.ts';

/** The seat. POST /sit/answers and POST /sit/pulse stand in `seat-plugin.ts`: they run for every answer. */
export const routes = [
  get('/sit', 'public', showAdmission),
  post('/sit', 'public', seatArrived, admitCandidate),
  post('/sit/leave', 'public', { none: 'clears a cookie of this browser' }, leaveSeat),
  ...playerRoutes,
  get('/sit/state', 'seat.sit', showSeatState),
  post('/sit/start', 'seat.sit', sittingChanged, startSitting),
  get('/sit/paper', 'seat.sit', showPaper),
  get('/sit/pictures/:sha256', 'seat.sit', showPicture),
  post('/sit/hand-in', 'seat.sit', [sittingChanged, resultReleased, resultHeld], handIn),
  get('/sit/result', 'seat.sit', showResult),
  ...bankRoutes,
  ...staffRoutes,
];
