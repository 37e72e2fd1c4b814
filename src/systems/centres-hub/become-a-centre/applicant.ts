/** Who stands behind the pages of an applicant: the reader of a mailed link, or the account of the same address. */
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { onBehalfOf, SYSTEM } from '#platform/permissions/principal.ts';
import { linkButton, pageHead, taskPage } from '#ui';
import { type Application, applicationOfEmail, applicationOfToken } from '../applications/applications.ts';

export const tokenQuery = z.object({
  token: z.string().max(200).catch('').default(''),
  done: z.enum(['saved', 'sent', 'signed', 'withdrawn']).optional().catch(undefined),
});
export type TokenQuery = z.infer<typeof tokenQuery>;

/**
 * The same request with reads and writes in the product's own scope: no visitor may read the table, so each page finds
 * the one application that its token or address opens.
 */
export function asApplicant<Params, Query>(context: Context<Params, Query>): Context<Params, Query> {
  const { services, principal, requestId } = context;
  const acting = principal.kind === 'person' ? onBehalfOf(principal, { ownMatter: true }) : SYSTEM;
  return {
    ...context,
    read: (work) => services.database.read(acting, work, { requestId }),
    write: (work, options) => services.database.write(acting, work, { requestId, ...options }),
  };
}

/** The application that this link, or this person's confirmed address, opens; null for anybody else. */
export async function ownApplication(
  reader: Reader,
  { query, principal }: Context<unknown, TokenQuery>,
): Promise<Application | null> {
  if (query.token) {
    const found = await applicationOfToken(reader, query.token);
    // The link of the confirmation is not one to the application.
    return found && found.state !== 'asked' && found.state !== 'interested' ? found : null;
  }
  return principal.kind === 'person' && principal.email ? applicationOfEmail(reader, principal.email) : null;
}

/** For whoever comes without a link that works. */
export async function noApplication(context: Context<unknown, TokenQuery>): Promise<Answer> {
  const loggedIn = context.principal.kind === 'person';
  return page(
    taskPage(
      { ...(await context.frame()), title: 'No application here', width: 'form', noIndex: true },
      html`${pageHead({ title: 'No application here', lead: 'The link has ended or was replaced by a newer one, or you came without one.' })}
<section class="ao-card"><h2>What to do</h2><ul>
<li>Use the newest mail from us: each one has a link of its own, and the earlier ones stop working.</li>
<li>${
        loggedIn
          ? 'You are logged in, and no application has the e-mail address of your account.'
          : html`If you have a free account with the address that you gave, <a href="/login?next=/become-a-centre/application">log in</a> and come back.`
      }</li>
<li>Not asked yet? Tell us of your interest first.</li></ul>
<div class="row mt">${linkButton('Become a centre', '/become-a-centre', { look: 'quiet' })}</div></section>`,
    ),
    410,
  );
}
