import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, form, passwordField, submitButton, taskPage, textField } from '#ui';

export interface LogInPage {
  readonly next: string | undefined;
  readonly username: string;
  readonly errors: readonly FieldError[];
}

/** The log-in page, in the manual's words (Operating Manual 3.1). */
export function logInPage(frame: Frame, { next, username, errors }: LogInPage): Safe {
  const action = next ? `/login?next=${encodeURIComponent(next)}` : '/login';
  const kept = next?.includes('kept=') === true;
  return taskPage(
    { ...frame, title: 'Login', form: true, hasErrors: errors.length > 0, width: 'login' },
    html`${errorSummary(errors)}
<h1>Login to your ${frame.shell.brand.name} account</h1>
${kept && html`<p>Your session had ended. What you typed is kept: log in and you will find it again.</p>`}
${form(
  { action },
  html`
${textField({ name: 'username', label: 'Username', value: username, errors, autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })}
${passwordField({ name: 'password', label: 'Password', errors, autocomplete: 'current-password' })}
${submitButton('Login')}`,
)}
<p><a href="/forgotten">I've forgotten my username or password</a></p>
<p><a href="/create-account">Create a FREE account</a></p>
<p><a href="/activate">Centre Staff - Activate your PIN</a></p>`,
  );
}
