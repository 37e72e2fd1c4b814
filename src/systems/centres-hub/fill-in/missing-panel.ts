import { html, type Safe } from '#platform/html/html.ts';
import { card, fieldId } from '#ui';
import { fieldOf } from '../forms/answers-from-fields.ts';
import type { AnswerProblem } from '../forms/check-answers.ts';

/** Beside the form: what it still needs, each a link to its question. The island keeps it up to date. */
export function missingPanel(
  problems: readonly Pick<AnswerProblem, 'question' | 'message'>[],
  words: string | null = null,
): Safe {
  return card(
    { title: 'Still missing', id: 'missing', tint: true, class: 'ao-missing' },
    html`<div data-missing>${
      problems.length > 0
        ? html`<ul class="m0">${problems.map(({ question, message }) => html`<li><a href="#${question === '' ? 'signedName' : fieldId(fieldOf(question))}">${message}</a></li>`)}</ul>`
        : html`<p class="m0">${words ?? 'Nothing. The form can be submitted.'}</p>`
    }</div>`,
  );
}
