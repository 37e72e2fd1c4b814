/** The door of IMI Connect: the home page, System Access, the frame of every page. */

import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { get, type System } from '#platform/http/routes.ts';
import { staffPage } from '#ui';

export const connect: System = {
  name: 'connect',
  routes: [
    get('/home', 'connect.home', async (context) =>
      page(staffPage({ ...(await context.frame()), title: 'Home' }, html`<h1>Good morning</h1>`)),
    ),
  ],
};
export { shellFor, systemsFor } from './shell.ts';
