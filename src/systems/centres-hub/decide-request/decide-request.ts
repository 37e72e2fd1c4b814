import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { type Answers, askedQuestions, type Question } from '../forms/definition.ts';
import { requestWasDecided, tellRequester } from '../notifications.ts';
import { changeRequest, type LockedRequest, lockRequest, writeEntry } from '../requests/change-request.ts';
import { decisionEffect } from '../requests/decision-effects.ts';
import { mayDecide } from '../requests/may-decide.ts';
import { OUTCOME_NAMES, type Outcome } from '../requests/request-state.ts';
import { requestInQuestion } from '../view-request/request-facts.ts';
import { requestParams } from '../view-request/view-request.ts';
import { changeable, outcomesOf } from './outcomes.ts';
import { decidePage } from './page.ts';
import { refuseInterest } from './refuse-interest.ts';

const decideForm = z.object({
  outcome: z.enum(['granted', 'granted_in_part', 'refused', 'answered'], 'Choose the decision'),
  reasons: z
    .string('Give the reasons')
    .trim()
    .min(1, 'Give the reasons: the centre reads them and may appeal')
    .max(5000, 'Shorten the reasons to 5,000 characters'),
});

/** GET /centres-hub/requests/:requestId/decide */
export const showDecide = handler({ params: requestParams }, async (context) => {
  const found = await context.read((reader) => requestInQuestion(reader, context));
  return page(decidePage(await context.frame(), found, context.acting(), await context.keptFields(), []));
});

/**
 * POST /centres-hub/requests/:requestId/decide: the decision, its reasons and its effect, in one transaction. General
 * Condition A4: who made the request does not decide it, nor anybody with a declared interest.
 */
export const sendDecide = handler({ params: requestParams }, (context) =>
  submitForm(context, {
    schema: decideForm,
    page: async (values, errors) => {
      const found = await context.read((reader) => requestInQuestion(reader, context));
      return decidePage(await context.frame(), found, context.acting(), values, errors);
    },
    action: async (writer, { outcome, reasons }) => {
      if (context.acting().kind !== 'awarding_body') throw new NotFound();
      await requestInQuestion(writer, context);
      const request = await lockRequest(writer, context.params.requestId);
      refuseWhereWrong(request, outcome, mayDecide(request.definition, context.acting()));
      await refuseInterest(writer, request, context.person().personId);
      const answers = outcome === 'granted_in_part' ? changedAnswers(request, context.fields) : request.answers;
      await changeRequest(writer, request, { act: 'decide', outcome, words: reasons });
      await applyEffect(writer, request, outcome, answers);
      await tellRequester(writer, requestWasDecided, request, {
        subject: `${OUTCOME_NAMES[outcome]}: ${request.number} ${request.definition.title}`,
        body: `The awarding body has decided. The reasons: ${reasons}`,
      });
      return `/centres-hub/requests/${request.id}?done=decided`;
    },
  }),
);

function refuseWhereWrong(request: LockedRequest, outcome: Outcome, decides: boolean): void {
  if (!decides) throw new Refused('Requests of this form are decided by others.');
  if (!outcomesOf(request.definition).includes(outcome))
    throw new Refused([{ field: 'outcome', message: 'This form has no such decision. Choose another' }]);
}

/** The answers as the decision grants them: numbers within their limits, dates that exist. */
function changedAnswers(request: LockedRequest, fields: FormValues): Answers {
  const errors: FieldError[] = [];
  const changed: Record<string, string> = {};
  for (const question of changeable(request.definition, request.answers)) {
    const field = `granted.${question.key}`;
    const given = fields[field];
    const text = typeof given === 'string' ? given.trim() : '';
    const problem = problemOf(question, text);
    if (problem) errors.push({ field, message: problem });
    else changed[question.key] = text;
  }
  if (errors.length > 0) throw new Refused(errors);
  return { ...request.answers, ...changed };
}

function problemOf(question: Question, text: string): string | null {
  if (question.type === 'number') return numberProblem(question, text);
  if (question.type === 'date') return dateProblem(text);
  if (text === '') return `Say what is granted for "${question.label}"`;
  return text.length > 5000 ? 'Shorten it to 5,000 characters' : null;
}

function numberProblem({ label, least, most }: Question, text: string): string | null {
  if (!/^-?\d{1,9}$/.test(text)) return `Enter a whole number for "${label}"`;
  const value = Number(text);
  if (least !== null && value < least) return `"${label}" must be at least ${least}`;
  return most !== null && value > most ? `"${label}" must be at most ${most}` : null;
}

const dateProblem = (text: string): string | null =>
  z.iso.date().safeParse(text).success ? null : 'Enter a day as year-month-day, such as 2027-06-30';

/** Does what the form's effect says, once the outcome grants something. */
async function applyEffect(writer: Writer, request: LockedRequest, outcome: Outcome, answers: Answers): Promise<void> {
  const { definition } = request;
  if (definition.effect === null || (outcome !== 'granted' && outcome !== 'granted_in_part')) return;
  const effect = decisionEffect(definition.effect);
  if (!effect)
    throw new Refused(
      `The effect "${definition.effect}" of this form does not exist any more. Refuse, or publish a form without it.`,
    );
  const asked = new Set(askedQuestions(definition, answers).map(({ key }) => key));
  const words = await effect.apply(writer, {
    id: request.id,
    number: request.number,
    centreId: request.centreId,
    definition,
    answers: Object.fromEntries(Object.entries(answers).filter(([key]) => asked.has(key))),
    outcome,
  });
  await writeEntry(writer, request, { kind: 'effect', words });
}
