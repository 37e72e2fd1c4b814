/** The pages of a seat that show no question by themselves. */
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { get } from '#platform/http/routes.ts';
import { playerPage } from './player-page.ts';
import { showWaiting } from './show-waiting.ts';

const showPlayer = async (context: Context): Promise<Answer> => page(playerPage(await context.frame()));

/** The address that the player shows after the hand-in; asked for again it leads to the result. */
const showHandedIn = async (): Promise<Answer> => redirect('/sit/result');

export const playerRoutes = [
  get('/sit/waiting', 'seat.sit', showWaiting),
  get('/sit/test', 'seat.sit', showPlayer),
  get('/sit/handed-in', 'seat.sit', showHandedIn),
];
