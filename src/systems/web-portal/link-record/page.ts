import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { dateField, errorSummary, form, linkButton, note, pageHead, submitButton, summaryList, taskPage } from '#ui';
import type { FoundInvitation } from '../candidate-account/invitations.ts';
import { typedDate } from '../register-candidate/fields.ts';

const TITLE = 'See your own results';

const action = (path: string, token: string) => `${path}?token=${encodeURIComponent(token)}`;

export interface BirthDatePage {
  readonly invitation: FoundInvitation;
  readonly token: string;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
}

/** The first step. It names nobody: the mail may have reached another person. */
export function birthDatePage(frame: Frame, { invitation, token, values, errors }: BirthDatePage): Safe {
  return taskPage(
    { ...frame, title: TITLE, form: true, hasErrors: errors.length > 0, width: 'form', noIndex: true },
    html`${errorSummary(errors, 'Your record is not linked yet')}
${pageHead({ title: TITLE, lead: `${invitation.centreName} registered you as a candidate. Confirm that it is you` })}
${form(
  { action: action('/link-record', token), class: 'ao-card' },
  html`${dateField({ name: 'birthDate', label: 'Your date of birth', hint: 'For example, 27 3 2007', birthDate: true, value: typedDate(values, 'birthDate'), errors })}
${submitButton('Continue')}`,
)}
${note('Somebody else? Close this page; nothing is linked, and nobody sees anything of yours.', { icon: 'info', class: 'mt' })}`,
  );
}

/** The second step, for somebody who is not logged in. */
export function chooseAccountPage(
  frame: Frame,
  { invitation, token }: { readonly invitation: FoundInvitation; readonly token: string },
): Safe {
  const title = 'Choose your account';
  const next = encodeURIComponent(action('/link-record', token));
  return taskPage(
    { ...frame, title, form: true, width: 'form', noIndex: true },
    html`${pageHead({ title, lead: `Thank you, ${invitation.givenNames}. Your tests and results need an account to be shown in` })}
<section class="ao-card"><h2>You have an account</h2><p>Log in with it; then this goes on.</p>${linkButton('Login', `/login?next=${next}`)}</section>
${form(
  { action: action('/link-record/account', token), class: 'ao-card mt' },
  html`<h2>You have none</h2><p>Choose a username and a password. The account is free, and yours at whichever centre you learn.</p>
${submitButton('Create a FREE account', { look: 'quiet' })}`,
)}`,
  );
}

export interface LinkPage {
  readonly invitation: FoundInvitation;
  readonly token: string;
  readonly person: PersonPrincipal;
  readonly errors: readonly FieldError[];
}

/** The last step: which record goes to which account. */
export function linkPage(frame: Frame, { invitation, token, person, errors }: LinkPage): Safe {
  const title = 'Link your record';
  const { givenNames, familyName, centreName } = invitation;
  const account = `${person.givenNames} ${person.familyName}`;
  return taskPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, width: 'form', noIndex: true },
    html`${errorSummary(errors, 'Your record is not linked')}
${pageHead({ title, lead: 'After this your home shows your registrations, tests, results and certificates' })}
${form(
  { action: action('/link-record/link', token), class: 'ao-card' },
  html`${summaryList([
    ['Your record', html`${givenNames} ${familyName}, candidate of ${centreName}`],
    ['Your account', html`${account}${person.email && html`, ${person.email}`}`],
  ])}
<div class="mt">${submitButton('Link my record')}</div>`,
)}
<p class="mt">Not your account? Log out and open the link in the mail again.</p>`,
  );
}

const DEAD = {
  linked: {
    title: 'Your record is linked',
    text: 'It belongs to an account already. Log in: your home shows your registrations, tests and results.',
  },
  withdrawn: {
    title: 'This link no longer works',
    text: 'A newer mail was sent, or the date of birth was wrong too often. Use the newest mail, or ask your centre to invite you again.',
  },
  expired: { title: 'This link has expired', text: 'Ask your centre to invite you again. That takes it one click.' },
  unknown: {
    title: 'This link does not work',
    text: 'Part of it may be missing: copy the whole link from the mail. If that does not help, ask your centre to invite you again.',
  },
} as const;

/** An invitation that links nothing, and what to do instead. */
export function deadInvitationPage(frame: Frame, invitation: FoundInvitation | null, loggedIn: boolean): Safe {
  const state = invitation && invitation.state in DEAD ? (invitation.state as keyof typeof DEAD) : 'unknown';
  const { title, text } = DEAD[state];
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">${text}</p><p class="row">${
      loggedIn ? linkButton('Home', '/home') : linkButton('Login', '/login')
    }${state !== 'linked' && linkButton('Link by candidate number', '/link-record/by-number', { look: 'quiet' })}</p></section>`,
  );
}
