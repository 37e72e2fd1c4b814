import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  actionBar,
  card,
  codeText,
  crumbs,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  radios,
  submitButton,
  summaryList,
  table,
  textareaField,
} from '#ui';
import { portalPage, SOURCE_NAMES } from '#web-portal';
import { draftOf } from '../claim-facts/claim-facts.ts';
import { claimTag } from '../list-certificates/list-certificates.ts';
import { printedFacts, printedUnits } from '../view-certificate/printed.ts';
import { claimToDecide, issueClaim, returnClaim } from './decide.ts';

const params = z.object({ claimId: z.uuid() });

const decisionForm = z
  .object({
    decision: z.enum(['issue', 'return'], { error: 'Choose whether to issue the certificate or return the claim' }),
    reason: z.string().trim().max(500, 'Shorten the reason to 500 characters').default(''),
  })
  .refine(({ decision, reason }) => decision === 'issue' || reason.length >= 10, {
    path: ['reason'],
    message: 'Enter in a sentence what the centre has to put right',
  });

/** GET /certificates/claims/:claimId */
export const showDecision = handler(
  { params },
  async (context): Promise<Answer> => page(await decisionPage(context, context.params.claimId, {}, [])),
);

/** POST /certificates/claims/:claimId: issue, or return with a reason. */
export const decide = handler({ params }, async (context): Promise<Answer> => {
  const { claimId } = context.params;
  return submitForm(context, {
    schema: decisionForm,
    page: (values, errors) => decisionPage(context, claimId, values, errors),
    action: async (writer, { decision, reason }) => {
      if (decision === 'issue') {
        const { certificateId } = await issueClaim(writer, context.services, claimId);
        return `/certificates/${certificateId}?issued=yes`;
      }
      await returnClaim(writer, claimId, reason);
      return '/certificates/claims?returned=yes';
    },
  });
});

async function decisionPage(
  context: Context,
  claimId: string,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const found = await context.read((reader) => claimToDecide(reader, claimId));
  if (!found) throw new NotFound();
  const { claim, claimable, decision } = found;
  const { registration, product, centre, units } = claimable;
  const name = `${registration.candidate.givenNames} ${registration.candidate.familyName}`;
  const waiting = claim.state === 'submitted';
  const blocked = decision.outcome === 'blocked';
  const draft = draftOf(claimable, {
    serial: '',
    awardedOn: dayInLondon(context.now),
    publicUrl: context.services.settings.publicUrl,
    kind: claim.kind,
  });
  return portalPage(
    context,
    { title: `Claim for ${name}`, hasErrors: errors.length > 0, form: true },
    html`${crumbs([
      { label: 'Certificates', href: '/certificates' },
      { label: 'Claims to decide', href: '/certificates/claims' },
      { label: name },
    ])}
${errorSummary(errors)}
${pageHead({ title: `Claim for ${name}`, lead: html`${product.title}, ${centre.name}, centre ${codeText(centre.number)}`, actions: claimTag(claim.state) })}
${!waiting && note(claim.reason ?? 'There is nothing left to decide.', { title: 'This claim has been decided.', class: 'mb' })}
${waiting && blocked && note(html`<ul>${decision.obstacles.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>`, { tone: 'warn', title: 'It cannot be issued now:', class: 'mb' })}
${card(
  { title: 'The claim', id: 'claim' },
  summaryList([
    ['Claimed', html`${formatDateTime(claim.claimedAt)}${claim.claimedBy && html` by ${claim.claimedBy}`}`],
    ['Registered', formatDate(registration.registeredAt)],
    [
      'Candidate',
      html`${link(name, `/web-portal/candidates/${registration.candidate.id}`)}, ${codeText(registration.candidate.number)}`,
    ],
  ]),
)}
${card(
  { title: 'Where each unit comes from', id: 'units', flush: true },
  table({
    caption: 'Units achieved',
    columns: [
      {
        label: 'Unit',
        header: true,
        cell: (one) => units.find((unit) => unit.id === one.unitId)?.title ?? 'Unit of another version',
      },
      { label: 'Achieved', class: 'nw', cell: (one) => formatDate(one.achievedAt, 'list') },
      { label: 'By', cell: (one) => SOURCE_NAMES[one.sourceKind] },
    ],
    rows: registration.achievements,
  }),
)}
${card({ title: 'This would be printed', id: 'printed' }, html`${printedFacts(draft)}${printedUnits(draft)}`)}
${
  waiting &&
  form(
    { action: `/certificates/claims/${claim.id}`, submissionId: crypto.randomUUID(), label: 'Decision' },
    html`${card(
      { title: 'Your decision', id: 'decision' },
      html`${radios({
        name: 'decision',
        label: 'What happens with the claim?',
        value: String(values.decision ?? '') || (blocked ? 'return' : null),
        errors,
        items: [
          { value: 'issue', label: 'Issue the certificate', hint: 'It is signed and can be checked at once.' },
          { value: 'return', label: 'Return the claim', hint: 'The centre reads your reason and can claim again.' },
        ],
      })}${textareaField({
        name: 'reason',
        label: 'Reason for returning it',
        hint: 'Say what the centre has to put right. Not needed to issue.',
        rows: 3,
        maxlength: 500,
        value: String(values.reason ?? ''),
        errors,
      })}`,
    )}
${actionBar(html`<span class="strong">1 claim</span> of ${name}`, html`${linkButton('Decide later', '/certificates/claims', { look: 'quiet' })}${submitButton('Decide')}`)}`,
  )
}`,
  );
}
