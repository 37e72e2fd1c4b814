import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, form, linkButton, note, pageHead, passwordField, submitButton, taskPage, textField } from '#ui';

/** "Centre Staff - Activate your PIN" (Operating Manual 3.1). */
export function activatePage(
  frame: Frame,
  { email, errors }: { readonly email: string; readonly errors: readonly FieldError[] },
): Safe {
  const { person } = frame.shell;
  return taskPage(
    { ...frame, title: 'Activate your PIN', form: true, hasErrors: errors.length > 0, width: 'form' },
    html`${errorSummary(errors, 'Your PIN is not activated yet')}
${pageHead({ title: 'Centre Staff - Activate your PIN', lead: 'Once for each centre: your PIN and the e-mail address that the centre has for you open its dashboard' })}
${
  person === null &&
  note('You need to be logged in: your PIN stands under My details.', {
    icon: 'lock',
    action: linkButton('Login', '/login?next=/my-details', { look: 'quiet', small: true }),
  })
}
${form(
  { action: '/activate', class: 'ao-card mt' },
  html`${passwordField({ name: 'pin', label: 'PIN', hint: person ? html`8 digits, under <a href="/my-details">My details</a>` : '8 digits, under My details', errors, autocomplete: 'one-time-code', inputmode: 'numeric' })}
${textField({ name: 'email', label: 'E-mail address', hint: 'As on your Centres Hub profile: the one your invitation came to', value: email, errors, type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
${submitButton('Activate my PIN', { icon: 'key' })}`,
)}
<p class="muted">No PIN, or another address? Ask your centre coordinator, who looks after both in Centres Hub, under Users.</p>`,
  );
}
