import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import type { Acting } from '#platform/permissions/principal.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  radios,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { answerList } from '../forms/definition.ts';
import { hubPage } from '../hub-page/hub-page.ts';
import { decisionEffect } from '../requests/decision-effects.ts';
import { mayDecide } from '../requests/may-decide.ts';
import { OUTCOME_NAMES, transition } from '../requests/request-state.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import type { RequestInQuestion } from '../view-request/request-facts.ts';
import { changeable, outcomesOf } from './outcomes.ts';

/** The decision of one request, with what it will do. */
export function decidePage(
  frame: Frame,
  { hub, request }: RequestInQuestion,
  acting: Acting,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { definition } = request;
  const title = definition.decision === 'answer' ? 'Answer the request' : 'Decide the request';
  const back = `/centres-hub/requests/${request.id}`;
  const possible = transition(request.state, 'decide');
  const problem = possible.ok
    ? mayDecide(definition, acting)
      ? null
      : 'Requests of this form are decided by others.'
    : possible.message;
  const effect = definition.effect === null ? undefined : decisionEffect(definition.effect);
  const parts = changeable(definition, request.answers);
  const outcomes = outcomesOf(definition);
  return hubPage(
    frame,
    hub,
    { title: `${title} ${request.number}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: request.number, href: back }, { label: title }])}
${pageHead({ title, lead: `${request.number} ${definition.title}, from ${hub.centre.name}` })}
${
  problem !== null && errors.length === 0
    ? note(problem, { tone: 'warn', action: linkButton('Back', back, { look: 'quiet', small: true }) })
    : html`<div class="stack">${effect && note(`When it is granted: ${effect.description.charAt(0).toLowerCase()}${effect.description.slice(1)}.`)}
${card(
  { label: 'The decision' },
  form(
    { action: `/centres-hub/requests/${request.id}/decide`, submissionId: crypto.randomUUID() },
    html`${
      outcomes.length === 1
        ? html`<input type="hidden" name="outcome" value="${outcomes[0]}">`
        : radios({
            name: 'outcome',
            label: 'Your decision',
            value: typed(values, 'outcome') || null,
            errors,
            items: outcomes.map((value) => ({ value, label: OUTCOME_NAMES[value] })),
          })
    }
${
  parts.length > 0 &&
  html`<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">What is granted, if it is granted in part</legend>${parts.map(
    (question) =>
      question.type === 'long_text'
        ? textareaField({
            name: `granted.${question.key}`,
            label: question.label,
            value: typed(values, `granted.${question.key}`) || (answerList(request.answers, question.key)[0] ?? ''),
            errors,
            rows: 4,
          })
        : textField({
            name: `granted.${question.key}`,
            label: question.label,
            hint: question.type === 'date' ? 'Year-month-day, such as 2027-06-30' : undefined,
            value: typed(values, `granted.${question.key}`) || (answerList(request.answers, question.key)[0] ?? ''),
            errors,
            autocomplete: 'off',
            width: 10,
          }),
  )}</fieldset>`
}
${textareaField({ name: 'reasons', label: definition.decision === 'answer' ? 'Your answer' : 'Reasons', hint: 'The centre reads it as it stands here.', value: typed(values, 'reasons'), errors, rows: 6 })}
${buttonRow(submitButton(definition.decision === 'answer' ? 'Send the answer' : 'Decide'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}</div>`
}`,
  );
}
