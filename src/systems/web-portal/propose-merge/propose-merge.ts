import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  codeText,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { mergeProposed } from '../audit.ts';
import { type Candidate, candidateById } from '../candidates/candidates.ts';
import { candidateOfNumber } from '../pick-candidate/candidate-of-number.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';

const params = z.object({ candidateId: z.uuid() });
const proposal = z.object({
  otherNumber: z.string().trim().min(1, 'Enter the number of the other record'),
  reason: z
    .string()
    .trim()
    .min(10, 'Write in a sentence how you know that both are one person')
    .max(1000, 'Shorten the reason to 1000 characters'),
});

/** GET /web-portal/candidates/:candidateId/merge */
export const showProposeMerge = handler({ params }, async (context): Promise<Answer> => {
  const candidate = await ownCandidate(context, context.params.candidateId);
  return page(await proposePage(context, candidate, await context.keptFields(), [], randomUUID()));
});

/** POST /web-portal/candidates/:candidateId/merge: two records of the centre are one person; the awarding body decides. */
export const proposeMerge = handler({ params }, (context): Promise<Answer> => {
  const { candidateId } = context.params;
  return submitForm(context, {
    schema: proposal,
    page: async (values, errors) => {
      const candidate = await ownCandidate(context, candidateId);
      return proposePage(context, candidate, values, errors, String(values.submissionId ?? '') || randomUUID());
    },
    action: async (writer, { otherNumber, reason }) => {
      const centreId = context.centreId();
      const candidate = await candidateById(writer, candidateId, centreId);
      if (!candidate) throw new NotFound();
      const other = await candidateOfNumber(writer, centreId, otherNumber);
      await propose(writer, candidate, other, reason);
      return `/web-portal/candidates/${candidateId}?proposed=yes`;
    },
  });
});

async function propose(
  writer: Writer,
  candidate: Candidate,
  other: { readonly id: string; readonly number: string } | null,
  reason: string,
): Promise<void> {
  const refuse = (message: string) => new Refused([{ field: 'otherNumber', message }]);
  if (!other) throw refuse('Your centre has no candidate of this number. Check the 8 digits');
  if (other.id === candidate.id) throw refuse('This is the number of this record. Enter that of the other one');
  const [known] = await writer.rows(sql<{ state: 'open' | 'another' | null }>`
    select web_portal.identity_state(${candidate.id}, ${other.id}) as state`);
  if (known?.state === 'open') throw refuse('The awarding body is asked about these two already. It decides');
  if (known?.state === 'another') {
    throw refuse(
      'The awarding body decided that these are two people. If you have new evidence, send a general request in Centres Hub',
    );
  }
  const [asked] = await writer.rows(sql<{ id: string }>`
    select web_portal.propose_merge(${candidate.id}, ${other.id}, ${reason}, ${writer.now}, ${writer.identity.personId}) as id`);
  await writer.audit(
    mergeProposed,
    { kind: 'identity-question', id: (asked as { id: string }).id },
    { numbers: [candidate.number, other.number], reason },
    candidate.centreId,
  );
}

async function ownCandidate(context: Context, candidateId: string): Promise<Candidate> {
  const centreId = context.centreId();
  const candidate = await context.read((reader) => candidateById(reader, candidateId, centreId));
  if (!candidate) throw new NotFound();
  return candidate;
}

function proposePage(
  context: Context,
  candidate: Candidate,
  values: FormValues,
  errors: readonly FieldError[],
  submissionId: string,
): Promise<Safe> {
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const here = `/web-portal/candidates/${candidate.id}`;
  const title = `Another record of ${name}`;
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href: here }, { label: 'Another record' }])}
${errorSummary(errors)}${pageHead({ title, lead: html`Candidate ${codeText(candidate.number)}. Say which other record is the same person; the awarding body decides, and both go on as they are until then.` })}
${form(
  { action: `${here}/merge`, submissionId, class: 'wrap-m stack' },
  html`${card(
    { label: 'The other record' },
    html`${textField({ name: 'otherNumber', label: 'Candidate number of the other record', hint: '8 digits, a candidate of your centre', value: typed(values, 'otherNumber'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 20 })}
${textareaField({ name: 'reason', label: 'How you know that both are one person', hint: 'Such as the identity document you have seen', value: typed(values, 'reason'), errors, rows: 3 })}`,
  )}
<div class="row">${submitButton('Send to the awarding body')}${linkButton('Cancel', here, { look: 'quiet' })}</div>`,
)}`,
  );
}
