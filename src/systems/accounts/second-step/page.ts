import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, form, linkButton, note, pageHead, singleCheckbox, submitButton, taskPage, textField } from '#ui';
import { passkeyForm } from '../passkeys/passkey-form.ts';
import { REMEMBERED_DAYS } from '../remembered-devices/remembered-devices.ts';

export interface CodePage {
  readonly errors: readonly FieldError[];
  readonly remember: boolean;
  /** Which ways the person has set up, and can be used here. */
  readonly app: boolean;
  readonly passkey: boolean;
}

const NOT_YET = 'You are not logged in yet';

function rememberField(id: string, checked: boolean): Safe {
  return singleCheckbox({
    name: 'remember',
    id,
    label: `Remember this device for ${REMEMBERED_DAYS} days`,
    hint: 'Your password alone is enough here then. Not on a shared or test-room computer',
    checked,
  });
}

/** The second step: one way first, the others below. */
export function codePage(frame: Frame, { errors, remember, app, passkey }: CodePage): Safe {
  const passkeyPart =
    passkey &&
    passkeyForm({
      action: '/login/second-step/passkey',
      options: '/login/second-step/passkey-options',
      act: 'use',
      button: 'Use a passkey',
      look: app ? 'quiet' : 'main',
      ...(app ? { tick: 'remember' } : { fields: rememberField('remember-with-passkey', remember) }),
    });
  const lead = app
    ? 'Your password is right. Now the code that your authenticator app shows'
    : passkey
      ? 'Your password is right. Now your passkey'
      : 'Your password is right. Your passkey does not work at this address';
  return taskPage(
    {
      ...frame,
      title: "Check that it's you",
      form: true,
      hasErrors: errors.length > 0,
      width: 'form',
      noIndex: true,
      scripts: passkey ? ['passkey.js'] : [],
    },
    html`${errorSummary(errors, NOT_YET)}
${pageHead({ title: "Check that it's you", lead })}
<section class="ao-card mt" aria-label="Second factor">${
      app &&
      form(
        { action: '/login/second-step' },
        html`${textField({ name: 'code', label: 'Code from your app', hint: '6 digits; a new code every 30 seconds', errors, autocomplete: 'one-time-code', inputmode: 'numeric', width: 10, code: true })}
${rememberField('remember', remember)}
${submitButton('Continue')}`,
      )
    }${passkeyPart}${
      !app &&
      passkey &&
      html`<noscript>${note('Passkeys need script, which is off in this browser. Use a recovery code instead.', { tone: 'warn' })}</noscript>`
    }</section>
<p><a href="/login/recovery-code">I can't use ${app && passkey ? 'either of these' : 'this'}: use a recovery code</a></p>
<p class="muted small">Not you, or the wrong account? <a href="/login">Begin again</a>.</p>`,
  );
}

export function recoveryPage(frame: Frame, { errors }: { readonly errors: readonly FieldError[] }): Safe {
  const { brand } = frame.shell;
  const title = 'Use a recovery code';
  return taskPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, width: 'form', noIndex: true },
    html`${errorSummary(errors, NOT_YET)}
${pageHead({ title, lead: 'One of the ten codes that you were given when you set up your second factor' })}
${form(
  { action: '/login/recovery-code', class: 'ao-card mt' },
  html`${textField({ name: 'code', label: 'Recovery code', hint: 'Each code works once. Small letters, spaces and the hyphen make no difference', errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', width: 20, code: true })}
${submitButton('Continue')}`,
)}
<p><a href="/login/second-step">Back to the other ways</a></p>
<p class="muted">No codes left either? Call ${brand.supportPhone} or write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a>. Once we are sure that it is you, we remove your second factor and you set up a new one. We will never ask for your password, PIN or codes.</p>`,
  );
}

/** There is no log-in waiting here: too old, used, or too many tries. */
export function lostPage(frame: Frame): Safe {
  const title = 'Log in again';
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">The second step has to follow within 10 minutes and 5 tries, in the browser that the password was given in. Nothing was changed.</p><p>${linkButton('Login', '/login')}</p></section>`,
  );
}
