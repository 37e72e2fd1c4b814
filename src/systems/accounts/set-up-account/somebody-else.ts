import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { buttonRow, linkButton, postButton, taskPage } from '#ui';
import { loggedOut } from '../audit.ts';
import { closeSession } from '../sessions/open-session.ts';
import type { FoundInvitation } from './find-invitation.ts';

export const withToken = z.object({ token: z.string().max(200).catch('').default('') });

/** The person who is logged in, when the link was sent to another one. */
export function somebodyElse({ principal }: Context, { personId }: FoundInvitation): PersonPrincipal | null {
  return principal.kind === 'person' && principal.personId !== personId ? principal : null;
}

/** The link of one person, opened where another one is logged in: nothing happens until somebody decides. */
export function somebodyElsePage(
  frame: Frame,
  invitation: FoundInvitation,
  token: string,
  here: PersonPrincipal,
): Safe {
  const title = `You are logged in as ${here.givenNames} ${here.familyName}`;
  const name = `${invitation.givenNames} ${invitation.familyName}`;
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">This link was sent to ${name}, at ${invitation.email}. It still works.</p>
<p>Are you ${name}? Log out as <span class="strong">${here.username}</span> first; the link then opens again. If you are not, leave the link to ${name}.</p>
${buttonRow(
  postButton(`Log out and go on as ${name}`, {
    action: `/set-up-account/log-out?token=${encodeURIComponent(token)}`,
  }),
  linkButton('Stay logged in', '/home', { look: 'quiet' }),
)}
<p class="muted mt">Do you already have an account of your own? Then you need no second one: ask your centre coordinator to use the e-mail address of the account that you have.</p></section>`,
  );
}

/** POST /set-up-account/log-out?token=...: ends the session of whoever is logged in here, then opens the link again. */
export const logOutForLink = handler({ query: withToken }, async (context): Promise<Answer> => {
  const { personId } = context.person();
  await closeSession(context, context.principal);
  await context.services.database.write({ kind: 'system', personId }, (writer) =>
    writer.audit(loggedOut, { kind: 'person', id: personId }, {}),
  );
  return redirect(`/set-up-account?token=${encodeURIComponent(context.query.token)}`);
});
