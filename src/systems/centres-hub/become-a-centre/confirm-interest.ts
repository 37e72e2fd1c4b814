import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { errorSummary, form, linkButton, pageHead, submitButton, taskPage } from '#ui';
import { type Application, applicationOfToken, moveApplication } from '../applications/applications.ts';
import { tellOfficers } from '../applications/tell-officers.ts';
import { asApplicant, noApplication, type TokenQuery, tokenQuery } from './applicant.ts';

/** GET /become-a-centre/confirm?token=...: programs that look through mail open it too, so it changes nothing. */
export const showConfirmInterest = handler({ query: tokenQuery }, async (context): Promise<Answer> => {
  const found = await asApplicant(context).read((reader) => applicationOfToken(reader, context.query.token));
  return found ? page(await confirmPage(context, found)) : noApplication(context);
});

/** POST /become-a-centre/confirm?token=... */
export const sendConfirmInterest = handler({ query: tokenQuery }, async (context): Promise<Answer> => {
  const applicant = asApplicant(context);
  const found = await applicant.read((reader) => applicationOfToken(reader, context.query.token));
  if (!found) return noApplication(context);
  const here = `/become-a-centre/confirm?token=${context.query.token}`;
  return submitForm(applicant as Context, {
    schema: z.object({}),
    page: (_values, errors) => confirmPage(context, found, errors),
    action: async (writer) => {
      const now = await applicationOfToken(writer, context.query.token);
      // The second press of the button.
      if (now?.state !== 'asked') return here;
      await moveApplication(writer, now.id, 'confirm', { by: now.organisation });
      await tellOfficers(
        writer,
        now,
        `${now.organisation} wants to become a centre`,
        'The e-mail address is confirmed. Read what was written, then invite the organisation or refuse.',
      );
      return here;
    },
  });
});

async function confirmPage(
  context: Context<unknown, TokenQuery>,
  application: Application,
  errors: readonly { field: string; message: string }[] = [],
) {
  const open = application.state === 'asked';
  const title = open ? 'Confirm your interest' : 'Your address is confirmed';
  return taskPage(
    { ...(await context.frame()), title, form: open, width: 'form', noIndex: true },
    html`${errorSummary(errors)}${pageHead({
      title,
      lead: open
        ? 'Press the button, and what you wrote reaches us.'
        : `Your number is ${application.reference}. It is the awarding body's move now: we mail you an invitation to apply, or tell you why not.`,
    })}
<section class="ao-card"><h2>${application.organisation}</h2><p>${application.products}</p>
${
  open
    ? form(
        { action: `/become-a-centre/confirm?token=${context.query.token}`, submissionId: crypto.randomUUID() },
        submitButton('Confirm'),
      )
    : html`<div class="row mt">${linkButton('Create a free account', '/create-account', { look: 'quiet' })}</div><p class="muted">With a free account of the same e-mail address you can log in to your application later, without the mailed link.</p>`
}</section>`,
  );
}
