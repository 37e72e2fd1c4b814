import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, form, linkButton, pageHead, submitButton, summaryList, taskPage } from '#ui';
import { credentialsFields } from '../new-account/fields.ts';
import type { FoundInvitation } from './find-invitation.ts';

export interface SetUpPage {
  readonly invitation: FoundInvitation;
  readonly token: string;
  readonly username: string;
  readonly errors: readonly FieldError[];
}

function organisationText({ organisation }: FoundInvitation): string {
  return organisation.kind === 'centre' ? `${organisation.name} (centre ${organisation.number})` : organisation.name;
}

/** The form behind the link of an invitation. */
export function setUpPage(frame: Frame, { invitation, token, username, errors }: SetUpPage): Safe {
  const centre = invitation.organisation.kind === 'centre';
  return taskPage(
    { ...frame, title: 'Set up your account', form: true, hasErrors: errors.length > 0, width: 'form', noIndex: true },
    html`${errorSummary(errors)}
${pageHead({ title: 'Set up your account', lead: `Choose the username and password with which you will log in to ${frame.shell.brand.name}` })}
${summaryList([
  ['Name', `${invitation.givenNames} ${invitation.familyName}`],
  ['E-mail', invitation.email],
  ['User of', organisationText(invitation)],
])}
${form(
  { action: `/set-up-account?token=${encodeURIComponent(token)}`, class: 'ao-card mt' },
  html`${credentialsFields(username, errors)}${submitButton('Set up my account')}`,
)}
${centre && html`<p class="muted">Next you will see your PIN, and open the centre's dashboard with it.</p>`}`,
  );
}

const DEAD = {
  used: {
    title: 'This link has been used',
    text: 'The account was set up with it. Log in with the username and password that you chose.',
    logIn: true,
  },
  withdrawn: {
    title: 'This link no longer works',
    text: 'A newer link was sent, or you are no longer a user of the centre. Use the newest mail; if there is none, ask your centre coordinator to send the invitation again.',
    logIn: false,
  },
  expired: {
    title: 'This link has expired',
    text: 'Links work for 72 hours. Ask your centre coordinator to send the invitation again: Centres Hub, Users, your name.',
    logIn: false,
  },
  unknown: {
    title: 'This link does not work',
    text: 'Part of it may be missing: copy the whole link from the mail. If that does not help, ask your centre coordinator to send the invitation again.',
    logIn: false,
  },
} as const;

/** A link that cannot set up an account, and what to do instead. */
export function deadLinkPage(frame: Frame, invitation: FoundInvitation | null): Safe {
  if (invitation?.state === 'account') return hasAccountPage(frame, invitation);
  const state = invitation && invitation.state !== 'open' ? invitation.state : 'unknown';
  const { title, text, logIn } = DEAD[state];
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">${text}</p><p>${
      logIn ? linkButton('Login', '/login') : linkButton('Go to the home page', '/', { look: 'quiet' })
    }</p></section>`,
  );
}

function hasAccountPage(frame: Frame, invitation: FoundInvitation): Safe {
  const centre = invitation.organisation.kind === 'centre';
  const where = organisationText(invitation);
  return taskPage(
    { ...frame, title: 'You have an account already', width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>You have an account already</h1><p class="mt-s">You are now a user of ${where} with the account that you have.</p>${
      centre
        ? html`<p>Log in, find your PIN for ${where} under My details, and activate it.</p><p>${linkButton('Login and see my PIN', '/login?next=/my-details')}</p>`
        : html`<p>${linkButton('Login', '/login')}</p>`
    }</section>`,
  );
}
