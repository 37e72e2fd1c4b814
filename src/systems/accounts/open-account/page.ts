import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { errorSummary, form, linkButton, pageHead, submitButton, summaryList, taskPage } from '#ui';
import { NEW_ACCOUNT_HOURS } from '../mail-requests/kinds.ts';
import { credentialsFields } from '../new-account/fields.ts';
import { nameFields } from '../new-account/names.ts';
import type { FoundLink } from './new-account-links.ts';

export interface OpenAccountPage {
  readonly link: FoundLink;
  readonly token: string;
  /** Where to go with the new account, if not home. */
  readonly next: string | undefined;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
}

/** The form behind the link of a free account. */
export function openAccountPage(frame: Frame, { link, token, next, values, errors }: OpenAccountPage): Safe {
  const title = `Create your ${frame.shell.brand.name} account`;
  const username = typeof values.username === 'string' ? values.username : '';
  return taskPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, width: 'form', noIndex: true },
    html`${errorSummary(errors, 'Your account is not made yet')}
${pageHead({ title, lead: 'Check your names, and choose the username and password with which you will log in' })}
${summaryList([['E-mail', link.email]])}
${form(
  {
    action: `/new-account?token=${encodeURIComponent(token)}${next ? `&next=${encodeURIComponent(next)}` : ''}`,
    class: 'ao-card mt',
  },
  html`${nameFields(values, errors)}
${credentialsFields(username, errors)}
${submitButton('Create my account')}`,
)}`,
  );
}

const DEAD = {
  used: {
    title: 'This link has been used',
    text: 'The account was made with it. Log in with the username and password that you chose.',
  },
  withdrawn: {
    title: 'This link no longer works',
    text: 'A newer link was sent to the same address. Use the newest mail, or ask again.',
  },
  expired: {
    title: 'This link has expired',
    text: `Links work for ${NEW_ACCOUNT_HOURS} hours. Ask for a new one.`,
  },
  account: {
    title: 'You have an account already',
    text: 'An account or records with this address are there by now. Log in; if you cannot, ask for your username or a new password.',
  },
  invited: {
    title: 'An invitation is waiting for you',
    text: 'A centre has invited you at this address in the meantime. Set up your account by the link in its mail; your centre coordinator can send it again.',
  },
  unknown: {
    title: 'This link does not work',
    text: 'Part of it may be missing: copy the whole link from the mail. If that does not help, ask for a new one.',
  },
} as const;

/** A link that cannot make an account, and what to do instead. */
export function deadLinkPage(frame: Frame, link: FoundLink | null): Safe {
  const state = link && link.state !== 'open' ? link.state : 'unknown';
  const { title, text } = DEAD[state];
  const again = state !== 'used' && state !== 'account' && state !== 'invited';
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">${text}</p><p class="row">${
      again ? linkButton('Ask for a new link', '/create-account') : linkButton('Login', '/login')
    }${again ? linkButton('Login', '/login', { look: 'quiet' }) : state !== 'used' && linkButton('Forgotten username or password', '/forgotten', { look: 'quiet' })}</p></section>`,
  );
}
