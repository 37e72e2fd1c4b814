import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  crumbs,
  details,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHead,
  staffPage,
  submitButton,
  textField,
} from '#ui';
import { squareCode } from '../authenticator-apps/square-code.ts';
import { secretInGroups } from '../authenticator-apps/time-code.ts';
import { OVERVIEW } from '../second-factors/before-change.ts';

export interface AddAppPage {
  readonly secret: string;
  /** What the picture says. */
  readonly address: string;
  /** The secret, sealed: what the form sends back. */
  readonly setup: string;
  readonly errors: readonly FieldError[];
}

export function addAppPage(frame: Frame, { secret, address, setup, errors }: AddAppPage): Safe {
  const title = 'Add an authenticator app';
  return staffPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Second factor', href: OVERVIEW }, { label: title }])}
${errorSummary(errors)}
${pageHead({ title, lead: 'An app on your phone that shows a new code every 30 seconds' })}
<div class="wrap-s m0"><section class="ao-card" aria-label="${title}"><ol class="ao-howto">
<li><h2>Get an app</h2><p>Any authenticator app will do: the one that your centre or employer uses, the password manager of your phone, or a free one such as Google Authenticator, Microsoft Authenticator or Aegis.</p></li>
<li><h2>Scan this picture with it</h2>${squareCode(address, 'Square code for your authenticator app. The same as letters and numbers follows under: I cannot scan it')}
${details("I can't scan it", html`<p>Choose "enter a key by hand" in the app, for an account that is based on time, and type:</p><p><span class="code ao-secret">${secretInGroups(secret)}</span></p><p>On this phone? <a href="${address}">Open it in an app</a> that is installed here.</p>`)}</li>
<li><h2>Enter the code that the app shows</h2>
${form(
  { action: `${OVERVIEW}/add-app` },
  html`${hiddenField('setup', setup)}
${textField({ name: 'code', label: 'Code from the app', hint: '6 digits', errors, autocomplete: 'one-time-code', inputmode: 'numeric', width: 10, code: true })}
<div class="row">${submitButton('Add the app')}${linkButton('Cancel', OVERVIEW, { look: 'quiet' })}</div>`,
)}</li></ol></section></div>`,
  );
}
