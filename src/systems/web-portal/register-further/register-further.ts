import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, codeText, crumbs, errorSummary, linkButton, pageHead } from '#ui';
import { type Candidate, candidateById, lockCandidatesOf } from '../candidates/candidates.ts';
import { choiceCard } from '../pathway-choice/choice-card.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { nothingOpen, programmeFields } from '../register-candidate/fields.ts';
import { programmeForm } from '../register-candidate/form.ts';
import { registerQuery } from '../register-candidate/register-candidate.ts';
import { type DraftDone, draftForm, draftIdOf, draftNote } from '../registration-drafts/draft-on-page.ts';
import {
  endTypedDraft,
  formToShow,
  programmeChoices,
  type ShownProgramme,
} from '../registration-drafts/form-to-show.ts';
import { register } from '../registrations/register.ts';
import { draftFirst } from '../save-draft/save-draft.ts';

const params = z.object({ candidateId: z.uuid() });
const query = registerQuery.omit({ product: true });

/** GET /web-portal/candidates/:candidateId/register */
export const showRegisterFurther = handler({ params, query }, async (context): Promise<Answer> => {
  const { draft: draftId, done } = context.query;
  const kept = await context.keptFields();
  const known = await knownCandidate(context, context.params.candidateId, (shown) => ({ ...shown, ...kept }), {
    draftId,
  });
  return page(await furtherPage(context as Context, { ...known, done, errors: [], submissionId: randomUUID() }));
});

/** POST /web-portal/candidates/:candidateId/register: a further product for a candidate who has a number already. */
export const registerFurther = handler({ params }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { candidateId } = context.params;
  const instead = await draftFirst(context as Context, candidateId);
  if (instead) return instead;
  return submitForm(context, {
    schema: programmeForm(dayInLondon(context.now)),
    page: async (values, errors) => {
      const draftId = draftIdOf(values);
      const known = await knownCandidate(context, candidateId, () => values, { draftId, ended: 'is fine' });
      const submissionId = String(values.submissionId ?? '') || randomUUID();
      return furtherPage(context as Context, { ...known, errors, submissionId });
    },
    action: async (writer, programme) => {
      await lockCandidatesOf(writer, centreId);
      const candidate = await candidateById(writer, candidateId, centreId);
      if (!candidate) throw new NotFound();
      const name = `${candidate.givenNames} ${candidate.familyName}`;
      const registrationId = await register(writer, { ...candidate, name }, programme);
      await endTypedDraft(writer, centreId, context.fields);
      return `/web-portal/candidates/${candidateId}?registered=${registrationId}`;
    },
  });
});

async function knownCandidate(
  context: Pick<Context, 'centreId' | 'read'>,
  candidateId: string,
  valuesOf: (draft: FormValues) => FormValues,
  asked: Pick<Parameters<typeof formToShow>[2], 'draftId' | 'ended'>,
): Promise<ShownProgramme & { candidate: Candidate; values: FormValues }> {
  const centreId = context.centreId();
  return context.read(async (reader) => {
    const candidate = await candidateById(reader, candidateId, centreId);
    if (!candidate) throw new NotFound();
    const shown = await formToShow(reader, centreId, { ...asked, candidateId });
    const values = valuesOf(shown.values);
    return { candidate, values, ...(await programmeChoices(reader, shown, values)) };
  });
}

interface FurtherPage extends ShownProgramme {
  readonly candidate: Candidate;
  readonly values: FormValues;
  readonly done?: DraftDone | undefined;
  readonly errors: readonly FieldError[];
  readonly submissionId: string;
}

function furtherPage(context: Context, shown: FurtherPage): Promise<Safe> {
  const { candidate, offer, draft, values, errors, submissionId } = shown;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const here = `/web-portal/candidates/${candidate.id}`;
  return portalPage(
    context,
    { title: `Register ${name} for a product`, form: true, hasErrors: errors.length > 0, scripts: ['draft-form.js'] },
    html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href: here }, { label: 'Register for a product' }])}
${errorSummary(errors)}${pageHead({ title: `Register ${name} for a product`, lead: html`Candidate ${codeText(candidate.number)} keeps the number.` })}${draftNote(shown.done)}
${
  nothingOpen(offer, values) ??
  draftForm(
    {
      action: `${here}/register`,
      submissionId,
      candidateId: candidate.id,
      values,
      draft,
      button: 'Register for the product',
      cancel: linkButton('Cancel', here, { look: 'quiet' }),
    },
    html`${card({ title: 'Programme', id: 'programme' }, programmeFields(values, errors, shown))}
${choiceCard(values, errors, shown)}`,
  )
}`,
  );
}
