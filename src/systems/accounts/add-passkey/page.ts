import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { crumbs, errorSummary, note, pageHead, staffPage, textField } from '#ui';
import { passkeyForm } from '../passkeys/passkey-form.ts';
import { OVERVIEW } from '../second-factors/before-change.ts';

export interface AddPasskeyPage {
  readonly name: string;
  /** Passkeys can work at this address. */
  readonly possible: boolean;
  readonly errors: readonly FieldError[];
}

export function addPasskeyPage(frame: Frame, { name, possible, errors }: AddPasskeyPage): Safe {
  const title = 'Add a passkey';
  return staffPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, scripts: possible ? ['passkey.js'] : [] },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Second factor', href: OVERVIEW }, { label: title }])}
${errorSummary(errors)}
${pageHead({ title, lead: 'Your device proves that it is you, by its screen lock, finger or face. Nothing to type, and nothing that a false site could take' })}
<div class="wrap-s m0"><section class="ao-card stack" aria-label="${title}"><p>With a passkey you log in without username and password: choose "Log in with a passkey". Your finger or face never leaves your device.</p>
${
  possible
    ? html`${passkeyForm({
        action: `${OVERVIEW}/add-passkey`,
        options: `${OVERVIEW}/add-passkey/options`,
        act: 'make',
        button: 'Make a passkey',
        look: 'main',
        fields: textField({
          name: 'name',
          label: 'Name of the passkey',
          hint: 'So that you know it again in the list, such as "My phone"',
          value: name,
          autocomplete: 'off',
          maxlength: 60,
          width: 30,
        }),
      })}<noscript>${note('Passkeys need script, which is off in this browser.', { tone: 'warn' })}</noscript>`
    : note('Passkeys belong to the name of a site, and this address is one of numbers. Open the site by its name.', {
        tone: 'warn',
      })
}
<p class="m0"><a href="${OVERVIEW}">Cancel</a>, or <a href="${OVERVIEW}/add-app">add an authenticator app</a> instead</p></section></div>`,
  );
}
