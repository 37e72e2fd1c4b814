import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { linkButton, pageHead, taskPage } from '#ui';
import { NEW_ACCOUNT_HOURS, REQUEST_KINDS, RESET_MINUTES, type RequestKind } from './kinds.ts';

const query = z.object({ for: z.enum(REQUEST_KINDS).catch('password').default('password') });

const WHAT: Record<RequestKind, { readonly lead: string; readonly again: readonly [string, string] }> = {
  username: {
    lead: 'If an account has the address that you typed, its username is in a mail on its way to you.',
    again: ['Ask again', '/forgotten'],
  },
  password: {
    lead: `If there is an account of that name or address, a link to choose a new password is on its way to you. It works once, for ${RESET_MINUTES} minutes.`,
    again: ['Ask again', '/forgotten'],
  },
  account: {
    lead: `A mail is on its way to the address that you typed. Open its link to choose your username and password. It works once, for ${NEW_ACCOUNT_HOURS} hours.`,
    again: ['Try another address', '/create-account'],
  },
};

/** GET /look-in-your-mail: the same for everybody, whatever was typed. */
export const lookInYourMail = handler({ query }, async (context): Promise<Answer> => {
  const frame = await context.frame();
  const kind = context.query.for;
  const { lead, again } = WHAT[kind];
  const { brand } = frame.shell;
  return page(
    taskPage(
      { ...frame, title: 'Look in your mail', width: 'form', noIndex: true },
      html`${pageHead({ title: 'Look in your mail', lead })}
<section class="ao-card"><h2>No mail after five minutes?</h2>
<ul><li>Look in the folder for junk mail.</li>
${kind !== 'account' && html`<li>The mail goes to the address that your account has. You may have used another one.</li>`}
${kind !== 'account' && accountless()}
<li>Still stuck? Call ${brand.supportPhone} or write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a>. We never ask for your password or PIN.</li></ul>
<div class="row mt">${linkButton('Back to Login', '/login', { look: 'quiet' })}${linkButton(...again, { look: 'quiet' })}</div></section>`,
    ),
  );
});

const accountless = (): Safe =>
  html`<li>Centre staff who have not set up their account yet: use the link in your invitation. Your centre coordinator can send it again.</li>`;
