/** The island of the seat's pages: log-in, waiting, and the test player. */
import { forgetLook, textAndColours } from './look.ts';
import { watchAutofill } from './protection.ts';
import { startPlayer } from './start-player.ts';
import { waitForAdmission } from './waiting.ts';

const seat = document.querySelector<HTMLElement>('[data-seat]')?.dataset.seat;

if (seat === 'log-in') {
  forgetLook();
  watchAutofill();
}
if (seat === 'waiting') void waitForAdmission();
if (seat === 'player') {
  textAndColours();
  void startPlayer();
}
