import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { card, errorSummary, form, linkButton, note, passwordField, submitButton, taskPage, textField } from '#ui';
import { logInWithPasskeyForm } from '../passkeys/log-in-form.ts';

export interface LogInPage {
  readonly next: string | undefined;
  /** What was done just before. */
  readonly done?: 'password' | undefined;
  readonly username: string;
  readonly errors: readonly FieldError[];
  /** Tries left before a wait, after a wrong one. */
  readonly left?: number | undefined;
  /** Passkeys can work at this address. */
  readonly passkeys?: boolean;
}

/** The log-in page, in the manual's words (Operating Manual 3.1). */
export function logInPage(frame: Frame, { next, done, username, errors, left, passkeys }: LogInPage): Safe {
  const action = next ? `/login?next=${encodeURIComponent(next)}` : '/login';
  const kept = next?.includes('kept=') === true;
  const { brand } = frame.shell;
  const hint = left !== undefined && left <= 3 ? triesLeft(left) : undefined;
  return taskPage(
    {
      ...frame,
      title: 'Login',
      form: true,
      hasErrors: errors.length > 0,
      width: 'login',
      scripts: passkeys ? ['passkey.js'] : [],
    },
    html`${errorSummary(errors, 'You are not logged in yet')}
<h1>Login to your ${brand.name} account</h1>
${done && note('Your password is changed. Log in with the new one.', { icon: 'check', class: 'mt-s' })}
${kept && note('Your session had ended. What you typed is kept: log in and you will find it again.', { icon: 'clock' })}
<div class="split wide mt"><div class="stack">
${form(
  { action, class: 'ao-card' },
  html`${textField({ name: 'username', label: 'Username or e-mail address', value: username, errors, autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })}
${passwordField({ name: 'password', label: 'Password', hint, errors, autocomplete: 'current-password' })}
<div class="row between mt">${submitButton('Login')}<a href="/forgotten">I've forgotten my username or password</a></div>
${note(html`<span class="small"><span class="strong">On a shared or test-room computer?</span> Don't let the browser save your password, and log out when you leave.</span>`, { icon: 'lock', class: 'mt' })}`,
)}
${passkeys && logInWithPasskeyForm(next)}</div>
<div class="stack">
${card(
  { title: 'Centre Staff - Activate your PIN', id: 'activate' },
  html`<p class="muted">First time here? Log in, and find your PIN under My details. Have it ready with the e-mail address on your Centres Hub profile.</p>${linkButton('Activate your PIN', '/activate', { look: 'quiet', icon: 'key' })}`,
)}
${card(
  { title: 'No account?', id: 'create' },
  html`<p class="muted">Anybody may have one. It is your own, and stays yours wherever you work or learn.</p>${linkButton('Create a FREE account', '/create-account', { look: 'quiet' })}`,
)}
</div></div>`,
  );
}

function triesLeft(left: number): string {
  if (left === 0) return 'That was the last try: wait 5 minutes before the next';
  return `${left === 1 ? '1 try' : `${left} tries`} left, then a 5 minute wait`;
}
