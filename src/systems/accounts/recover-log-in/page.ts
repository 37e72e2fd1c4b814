import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, form, hiddenField, linkButton, pageHead, submitButton, taskPage, textField } from '#ui';
import { RESET_MINUTES } from '../mail-requests/kinds.ts';

export interface RecoverPage {
  readonly email: string;
  readonly account: string;
  readonly errors: readonly FieldError[];
}

/** The two ways back in, side by side; each is a form of its own. */
export function recoverPage(frame: Frame, { email, account, errors }: RecoverPage): Safe {
  const title = 'Forgotten username or password';
  return taskPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, width: 'login' },
    html`${errorSummary(errors, 'Nothing was sent yet')}
${pageHead({ title, lead: 'Choose what you need. The answer comes by mail, to the address that your account has' })}
<div class="split wide even">
${form(
  { action: '/forgotten', class: 'ao-card', label: 'Forgotten password' },
  html`<h2>I've forgotten my password</h2>
<p class="muted">We mail you a link to choose a new one. It works once, for ${RESET_MINUTES} minutes.</p>
${hiddenField('forgotten', 'password')}
${textField({ name: 'account', label: 'Username or e-mail address', value: account, errors, autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })}
${submitButton('Mail me a link')}`,
)}
${form(
  { action: '/forgotten', class: 'ao-card', label: 'Forgotten username' },
  html`<h2>I've forgotten my username</h2>
<p class="muted">We mail you the username of your account. You can also log in with your e-mail address in its place.</p>
${hiddenField('forgotten', 'username')}
${textField({ name: 'email', label: 'E-mail address', value: email, errors, type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
${submitButton('Mail me my username')}`,
)}
</div>
<p class="muted mt">No access to that mailbox any more? Centre staff ask their centre coordinator; everybody else calls ${frame.shell.brand.supportPhone}. We never ask for your password or PIN.</p>
${frame.shell.person === null && html`<p class="muted">Your centre coordinator is gone? <a href="/centres-hub/coordinator-recovery">Ask to become coordinator</a> with your own log-in.</p>`}
<p>${linkButton('Back to Login', '/login', { look: 'quiet' })}</p>`,
  );
}
