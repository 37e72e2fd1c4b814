import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  errorSummary,
  form,
  hiddenField,
  linkButton,
  note,
  pageHead,
  passwordField,
  submitButton,
  summaryList,
  taskPage,
} from '#ui';
import { RESET_MINUTES } from '../mail-requests/kinds.ts';
import type { FoundReset } from './reset-links.ts';

export interface ResetPage {
  readonly token: string;
  readonly username: string;
  readonly errors: readonly FieldError[];
}

/** The form behind the link of a mail. */
export function resetPage(frame: Frame, { token, username, errors }: ResetPage): Safe {
  const { person } = frame.shell;
  return taskPage(
    {
      ...frame,
      title: 'Choose a new password',
      form: true,
      hasErrors: errors.length > 0,
      width: 'form',
      noIndex: true,
    },
    html`${errorSummary(errors, 'Your password is not changed yet')}
${pageHead({ title: 'Choose a new password', lead: 'After that you log in with it. Wherever you are logged in now, you will be logged out' })}
${person && note(`${person.name} is logged in on this browser and will be logged out.`, { icon: 'info' })}
${summaryList([['Username', username]])}
${form(
  { action: `/reset-password?token=${encodeURIComponent(token)}`, class: 'ao-card mt' },
  html`${hiddenField('username', username)}
${passwordField({ name: 'newPassword', label: 'New password', hint: 'At least 12 characters, 15 or more is better. Three or four unrelated words are easy to remember', errors, autocomplete: 'new-password' })}
${submitButton('Change my password')}`,
)}`,
  );
}

const DEAD = {
  used: {
    title: 'This link has been used',
    text: 'The password was changed with it. Log in with the new password; if it was not you who changed it, ask for a new link now.',
  },
  withdrawn: {
    title: 'This link no longer works',
    text: 'A newer link was sent, or the password or address of the account has changed since. Use the newest mail, or ask for a new link.',
  },
  expired: {
    title: 'This link has expired',
    text: `Links work for ${RESET_MINUTES} minutes. Ask for a new one; your old password still works.`,
  },
  unknown: {
    title: 'This link does not work',
    text: 'Part of it may be missing: copy the whole link from the mail. If that does not help, ask for a new one.',
  },
} as const;

/** A link that cannot change a password, and what to do instead. */
export function deadResetPage(frame: Frame, reset: FoundReset | null): Safe {
  const { title, text } = DEAD[reset && reset.state !== 'open' ? reset.state : 'unknown'];
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">${text}</p><p class="row">${linkButton('Ask for a new link', '/forgotten')}${linkButton('Login', '/login', { look: 'quiet' })}</p></section>`,
  );
}
