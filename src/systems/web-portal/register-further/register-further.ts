import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, codeText, crumbs, errorSummary, form, linkButton, pageHead, submitButton } from '#ui';
import { type Candidate, candidateById, lockCandidatesOf } from '../candidates/candidates.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { nothingOpen, type Offer, offerOf, programmeFields } from '../register-candidate/fields.ts';
import { programmeForm } from '../register-candidate/form.ts';
import { register } from '../registrations/register.ts';

const params = z.object({ candidateId: z.uuid() });

/** GET /web-portal/candidates/:candidateId/register */
export const showRegisterFurther = handler({ params }, async (context): Promise<Answer> => {
  const known = await knownCandidate(context, context.params.candidateId);
  const values = await context.keptFields();
  return page(await furtherPage(context, { ...known, values, errors: [], submissionId: randomUUID() }));
});

/** POST /web-portal/candidates/:candidateId/register: a further product for a candidate who has a number already. */
export const registerFurther = handler({ params }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { candidateId } = context.params;
  return submitForm(context, {
    schema: programmeForm(dayInLondon(context.now)),
    page: async (values, errors) => {
      const known = await knownCandidate(context, candidateId);
      const submissionId = String(values.submissionId ?? '') || randomUUID();
      return furtherPage(context, { ...known, values, errors, submissionId });
    },
    action: async (writer, programme) => {
      await lockCandidatesOf(writer, centreId);
      const candidate = await candidateById(writer, candidateId, centreId);
      if (!candidate) throw new NotFound();
      const name = `${candidate.givenNames} ${candidate.familyName}`;
      const registrationId = await register(writer, { ...candidate, name }, programme);
      return `/web-portal/candidates/${candidateId}?registered=${registrationId}`;
    },
  });
});

async function knownCandidate(context: Context, candidateId: string): Promise<{ candidate: Candidate; offer: Offer }> {
  const centreId = context.centreId();
  return context.read(async (reader) => {
    const candidate = await candidateById(reader, candidateId, centreId);
    if (!candidate) throw new NotFound();
    return { candidate, offer: await offerOf(reader, centreId) };
  });
}

interface FurtherPage {
  readonly candidate: Candidate;
  readonly offer: Offer;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly submissionId: string;
}

function furtherPage(context: Context, { candidate, offer, values, errors, submissionId }: FurtherPage): Promise<Safe> {
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const here = `/web-portal/candidates/${candidate.id}`;
  return portalPage(
    context,
    { title: `Register ${name} for a product`, form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href: here }, { label: 'Register for a product' }])}
${errorSummary(errors)}${pageHead({ title: `Register ${name} for a product`, lead: html`Candidate ${codeText(candidate.number)} keeps the number.` })}
${
  nothingOpen(offer, values) ??
  form(
    { action: `${here}/register`, submissionId, class: 'wrap-m stack' },
    html`${card({ title: 'Programme', id: 'programme' }, programmeFields(values, errors, offer))}
<div class="row">${submitButton('Register for the product')}${linkButton('Cancel', here, { look: 'quiet' })}</div>`,
  )
}`,
  );
}
