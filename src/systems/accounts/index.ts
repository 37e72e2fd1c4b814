/** The door of accounts: people, credentials, organisations, memberships, PINs, sessions. */
import type { System } from '#platform/http/routes.ts';
import { routes } from './routes.ts';

export const accounts: System = { name: 'accounts', routes };
export { askToLogIn, keptFields } from './kept-forms/kept-forms.ts';
export { hashPassword, passwordFits, passwordProblem } from './passwords/passwords.ts';
export { endSessions, principalOf } from './sessions/sessions.ts';
export { countWrongGuess, forgetGuesses, secondsToWait } from './throttle/throttle.ts';
