/** The pages of a seat. */
export { playerPage } from './player-page.ts';
export { type SeatLogInPage, seatLogInPage } from './seat-log-in-page.ts';
export { type WaitingPage, waitingPage } from './waiting-page.ts';
