import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { card, link, linkButton, logOutButton, taskPage } from '#ui';

/** The roles of the person open nothing before a second factor: it is to be set up, or to be given. */
export function waitingForSecondFactorPage(frame: Frame, person: PersonPrincipal): Safe {
  const name = person.givenNames.split(' ')[0];
  const where = person.acting?.name;
  if (person.secondFactor.setUp) {
    return taskPage(
      { ...frame, title: 'Log in again', width: 'form' },
      html`<h1>Log in again, ${name}</h1>
${card({ label: 'Log in again' }, html`<p>Your account has a second factor, which was not given in this log-in session. Log out, and log in with it.</p>${logOutButton()}`)}`,
    );
  }
  return taskPage(
    { ...frame, title: 'Set up your second factor', width: 'form' },
    html`<h1>One step is left, ${name}</h1>
${card(
  { label: 'Set up your second factor' },
  html`<p>Your role at ${where} looks after other people's records. A stolen password must not open them: set up a second proof that it is you, and your systems open.</p><p>It takes two minutes. You need your phone with an authenticator app, or a device with a screen lock.</p>${linkButton('Set up your second factor', '/my-details/second-factors', { icon: 'shield' })}`,
)}
<p class="mt">${link('My details', '/my-details')}</p>`,
  );
}
