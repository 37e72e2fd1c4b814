import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { errorSummary, form, formatDate, link, pageHead, submitButton } from '#ui';
import type { AccountState } from '../candidate-account/account-links.ts';
import { inviteCandidate } from '../candidate-account/invitations.ts';
import { organisationName } from '../candidate-account/organisation-name.ts';
import { type Candidate, candidateById } from '../candidates/candidates.ts';
import { portalPage } from '../portal-page/portal-page.ts';

const params = z.object({ candidateId: z.uuid() });

/** POST /web-portal/candidates/:candidateId/invite: mails the invitation once more; pressed twice, once. */
export const inviteAgain = handler({ params }, (context): Promise<Answer> => {
  const { candidateId } = context.params;
  const here = `/web-portal/candidates/${candidateId}`;
  return submitForm(context, {
    schema: z.object({}),
    page: (_values, errors) => notInvitedPage(context as Context, here, errors),
    action: async (writer) => {
      const centreId = context.centreId();
      const candidate = await candidateById(writer, candidateId, centreId);
      if (!candidate) throw new NotFound();
      if (candidate.personId) throw new Refused('The candidate has an account already. Nothing was sent');
      if (!candidate.email)
        throw new Refused('The record has no e-mail address. Add it, and the invitation is sent by itself');
      const centreName = await organisationName(writer, centreId);
      await inviteCandidate(writer, context.services, { candidateId, centreId, centreName, email: candidate.email });
      return `${here}?invited=yes`;
    },
  });
});

function notInvitedPage(context: Context, here: string, errors: readonly FieldError[]): Promise<Safe> {
  const title = 'Not invited';
  return portalPage(
    context,
    { title, hasErrors: true },
    html`${errorSummary(errors, title)}${pageHead({ title })}<p>${link('Back to the candidate', here)}</p>`,
  );
}

/** The line "Account" of a candidate's details: linked, invited, or what has to happen first. */
export function accountLine(candidate: Candidate, account: AccountState): string {
  if (candidate.personId) return account.linkedAt ? `Own account since ${formatDate(account.linkedAt)}` : 'Own account';
  const { invitation } = account;
  if (!candidate.email) return 'None: there is no e-mail address to invite the candidate at';
  if (!invitation) return 'None: not invited yet';
  const sent = `invited ${formatDate(invitation.sentAt)} at ${invitation.email}`;
  if (invitation.state === 'open') return `Not yet: ${sent}`;
  return invitation.state === 'expired' ? `None: ${sent}, which has expired` : `None: ${sent}, which no longer works`;
}

/** The button beside that line, for those who register candidates. */
export function inviteForm(candidate: Candidate, account: AccountState): Safe | null {
  if (candidate.personId || !candidate.email) return null;
  return form(
    { action: `/web-portal/candidates/${candidate.id}/invite`, submissionId: randomUUID() },
    html`<div class="mt-s">${submitButton(account.invitation ? 'Invite again' : 'Invite now', { look: 'quiet' })}</div>`,
  );
}
