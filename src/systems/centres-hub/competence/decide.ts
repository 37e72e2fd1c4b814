import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  radios,
  submitButton,
  textareaField,
} from '#ui';
import { approvedProducts } from '../approvals/approvals.ts';
import { conflictBetween } from '../conflicts/conflict-between.ts';
import { centreHandler, type HubQuery, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { dateAsTyped, typed, typedDate } from '../typed-fields/typed-fields.ts';
import { competenceDecided } from './audit.ts';
import { decisionProblem, termsProblems } from './decision-rules.ts';
import { FUNCTION_NAMES, JUDGING } from './functions.ts';
import { standingFacts } from './read-standing.ts';
import { missingEvidence } from './standing.ts';
import { tellOfDecision } from './tell.ts';
import { formWithDates } from './typed-fields.ts';
import { whoParams, whoseCompetence } from './whose-competence.ts';

const params = whoParams.extend({ function: z.enum(JUDGING), code: z.string().max(40) });
type Asked = Context<z.infer<typeof params>, HubQuery>;

const decideForm = formWithDates(
  z.object({
    outcome: z.enum(['approved', 'refused'], 'Choose whether the competence is approved'),
    reasons: reasonField,
  }),
  {
    validFrom: { what: 'first day', required: false },
    validUntil: { what: 'last day', required: false },
  },
  termsProblems,
);

async function inQuestion(reader: Reader, context: Asked) {
  const found = await whoseCompetence(reader, context);
  const { centre } = found.hub;
  const { code, function: fn } = context.params;
  const product = (await approvedProducts(reader, centre.id)).find((one) => one.code === code);
  const facts = await standingFacts(reader, centre.id, found.colleague);
  const put = facts.functions.some(
    (line) => line.function === fn && (line.productId === null || line.productId === product?.productId),
  );
  if (!product || !put || found.colleague.entryId === null) throw new NotFound();
  return { ...found, entryId: found.colleague.entryId, product, missing: missingEvidence(facts.records) };
}

/** GET /centres-hub/competence/:who/decide/:function/:code */
export const showDecide = centreHandler({ params, query: hubQuery }, async (context) => {
  const today = dayInLondon(context.now);
  const terms = {
    ...dateAsTyped('validFrom', today),
    ...dateAsTyped('validUntil', `${Number(today.slice(0, 4)) + 3}${today.slice(4).replace('-02-29', '-02-28')}`),
  };
  return page(await decidePage(context, { ...terms, ...(await context.keptFields()) }, []));
});

/** POST /centres-hub/competence/:who/decide/:function/:code: holds with the next question anybody asks. */
export const sendDecide = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: decideForm,
    page: (values, errors) => decidePage(context, values, errors),
    action: async (writer, value) => {
      const { hub, colleague, product, entryId, missing } = await inQuestion(writer, context);
      await assertMayDecide(writer, hub.centre.id, colleague.personId, entryId);
      const approved = value.outcome === 'approved';
      if (approved && missing !== null)
        throw new Refused([{ field: 'outcome', message: `${missing}. Ask for it first, or do not approve` }]);
      const fn = context.params.function;
      const { id } = await writer.db
        .insertInto('centres_hub.competence_decisions')
        .values({
          centre_id: hub.centre.id,
          staff_member_id: entryId,
          function: fn,
          product_id: product.productId,
          outcome: value.outcome,
          reasons: value.reasons,
          valid_from: approved ? value.validFrom : null,
          valid_until: approved ? value.validUntil : null,
          decided_at: writer.now,
          decided_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(
        competenceDecided,
        { kind: 'competence-decision', id },
        {
          name: colleague.name,
          function: fn,
          code: product.code,
          outcome: value.outcome,
          validFrom: approved ? value.validFrom : null,
          validUntil: approved ? value.validUntil : null,
          reason: value.reasons,
        },
        hub.centre.id,
      );
      await tellOfDecision(writer, hub.centre.id, colleague, {
        subject: `${FUNCTION_NAMES[fn]} of ${product.title}: ${colleague.name} is ${approved ? 'approved' : 'not approved'}`,
        body: `The awarding body has decided of the competence of ${colleague.name} as ${FUNCTION_NAMES[fn].toLowerCase()} of ${product.title}: ${approved ? 'approved' : 'not approved'}. Reasons: ${value.reasons}`,
      });
      return hub.href(`/centres-hub/competence/${colleague.id}`, { done: 'decided' });
    },
  }),
);

/** General Condition A4: nobody decides about the own competence, or about somebody to whom an interest is declared. */
export async function assertMayDecide(
  writer: Writer,
  centreId: string,
  aboutPersonId: string | null,
  entryId: string,
): Promise<void> {
  const personId = writer.identity.personId as string;
  const conflict = await conflictBetween(writer, { centreId, personId, otherEntryId: entryId });
  const problem = decisionProblem(personId, aboutPersonId, conflict);
  if (problem) throw new Refused(problem);
}

async function decidePage(context: Asked, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const { hub, colleague, product, missing } = await context.read((reader) => inQuestion(reader, context));
  const fn = context.params.function;
  const name = FUNCTION_NAMES[fn].toLowerCase();
  const back = hub.href(`/centres-hub/competence/${colleague.id}`);
  const title = `Decide: ${colleague.name} as ${name}`;
  return hubPage(
    await context.frame(),
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: `Competence of ${colleague.name}`, href: back }, { label: 'Decide' }])}
${pageHead({ title, lead: `${product.title}. ${whose(hub) ?? ''}` })}
<div class="stack">${missing !== null && note(`${missing}.`, { tone: 'warn' })}
${card(
  { label: 'The decision' },
  form(
    {
      action: hub.href(`/centres-hub/competence/${colleague.id}/decide/${fn}/${product.code}`),
      submissionId: crypto.randomUUID(),
    },
    html`${radios({
      name: 'outcome',
      label: 'Is the competence approved for this product?',
      value: typed(values, 'outcome') || null,
      errors,
      items: [
        {
          value: 'approved',
          label: 'Approved',
          hint: 'From the first to the last day below; the right ends by itself',
        },
        { value: 'refused', label: 'Not approved', hint: 'The person and the coordinators read your reasons' },
      ],
    })}
${dateField({ name: 'validFrom', label: 'First day', value: typedDate(values, 'validFrom'), errors })}
${dateField({ name: 'validUntil', label: 'Last day', value: typedDate(values, 'validUntil'), errors })}
${textareaField({ name: 'reasons', label: 'Reasons', value: typed(values, 'reasons'), errors, rows: 4 })}
${buttonRow(submitButton('Record the decision'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}</div>`,
  );
}
