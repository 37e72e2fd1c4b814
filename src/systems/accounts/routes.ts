import { get, post } from '#platform/http/routes.ts';
import { loggedIn, loggedOut, logInRefused } from './audit.ts';
import { logIn, showLogIn } from './log-in/log-in.ts';
import { logOut } from './log-out/log-out.ts';

export const routes = [
  get('/login', 'public', showLogIn),
  post('/login', 'public', [loggedIn, logInRefused], logIn),
  post('/logout', 'accounts.own-details', loggedOut, logOut),
];
