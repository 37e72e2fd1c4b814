import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, crumbs, errorSummary, formatDate, pageHead, reasonForm, summaryList } from '#ui';
import { type AccountState, accountStateOf, endAccountLink } from '../candidate-account/account-links.ts';
import { type Candidate, candidateById } from '../candidates/candidates.ts';
import { portalPage } from '../portal-page/portal-page.ts';

const params = z.object({ candidateId: z.uuid() });
const schema = z.object({ reason: reasonField });

interface Found {
  readonly candidate: Candidate;
  readonly account: AccountState;
}

const look = (context: Context, candidateId: string) =>
  context.read(async (reader): Promise<Found> => {
    const candidate = await candidateById(reader, candidateId, null);
    if (!candidate?.personId) throw new NotFound();
    return { candidate, account: await accountStateOf(reader, candidateId) };
  });

/** GET /web-portal/candidates/:candidateId/end-account-link: what it does, and why it is done. */
export const showEndAccountLink = handler({ params }, async (context): Promise<Answer> => {
  const found = await look(context, context.params.candidateId);
  return page(await endPage(context, found, await context.keptFields(), []));
});

/** POST: the account no longer shows the record; the record stays, and can be linked anew. */
export const sendEndAccountLink = handler({ params }, (context): Promise<Answer> => {
  const { candidateId } = context.params;
  return submitForm(context, {
    schema,
    page: async (values, errors) => endPage(context, await look(context, candidateId), values, errors),
    action: async (writer, { reason }) => {
      await endAccountLink(writer, candidateId, reason);
      return `/web-portal/candidates/${candidateId}`;
    },
  });
});

async function endPage(
  context: Context,
  { candidate, account }: Found,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const title = 'End the link with the account';
  const here = `/web-portal/candidates/${candidate.id}`;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors, 'The link stands')}
${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href: here }, { label: title }])}
${pageHead({ title, lead: 'The account no longer shows the registrations, tests and results of this candidate. The record stays as it is' })}
${card(
  { label: title },
  html`${summaryList([
    ['Candidate', `${name}, ${candidate.number}`],
    account.linkedAt !== null && ['Linked since', formatDate(account.linkedAt)],
  ])}
${reasonForm({ action: `${here}/end-account-link`, button: 'End the link', back: here, values, errors, hint: 'Kept in the history of the record' })}`,
)}`,
  );
}
