/** A form to read: as it is worded, with the answers given to it if any. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { card, formatBytes, link, summaryList } from '#ui';
import { answerInWords } from './check-answers.ts';
import {
  type Answers,
  answerList,
  askedQuestions,
  CHOSEN_TYPES,
  conditionInWords,
  type FormDefinition,
  QUESTION_TYPES,
  type Question,
} from './definition.ts';
import { type FileShown, paragraphs } from './question-field.ts';

export interface Given {
  readonly answers: Answers;
  readonly files: Readonly<Record<string, readonly FileShown[]>>;
  readonly fileHref: (file: FileShown) => string;
}

/** The sections with what was answered; questions that were not asked are left out. */
export function answeredForm(definition: FormDefinition, { answers, files, fileHref }: Given): Safe {
  const asked = new Set(askedQuestions(definition, answers).map(({ key }) => key));
  const answer = (question: Question): HtmlValue => {
    const { key, type } = question;
    if (type === 'file') {
      const list = files[key] ?? [];
      return list.length === 0
        ? html`<span class="muted">No files</span>`
        : html`<ul class="m0">${list.map((file) => html`<li>${link(file.name, fileHref(file))} <span class="muted small">${formatBytes(file.bytes)}</span></li>`)}</ul>`;
    }
    const list = answerList(answers, key);
    if (list.length === 0) return html`<span class="muted">Not answered</span>`;
    const words = CHOSEN_TYPES.includes(type) ? wordsKept(answers, key) : answerInWords(question, list, new Map());
    return type === 'long_text' ? paragraphs(words) : words;
  };
  return html`${definition.sections
    .map((section, index) => ({ section, index, questions: section.questions.filter(({ key }) => asked.has(key)) }))
    .filter(({ questions }) => questions.length > 0)
    .map(({ section, index, questions }) =>
      card(
        { title: section.title, id: `section-${index + 1}`, class: 'mb' },
        summaryList(questions.map((question) => [question.label, answer(question)])),
      ),
    )}`;
}

/** What the chosen ids were called on the day of submission. */
export const wordsKept = (answers: Answers, key: string): string => answerList(answers, `${key}#words`).join(', ');

/** Every question as it stands in the definition, for the history of versions. */
export function wordedForm(definition: FormDefinition): Safe {
  return html`${definition.introduction && card({ label: 'Introduction', class: 'mb' }, paragraphs(definition.introduction))}${definition.sections.map(
    (section, index) =>
      card(
        { title: section.title, id: `section-${index + 1}`, class: 'mb' },
        html`${section.guidance && html`<div class="muted">${paragraphs(section.guidance)}</div>`}${summaryList(
          section.questions.map((question) => [question.label, questionFacts(definition, question)]),
        )}`,
      ),
  )}`;
}

/** Type, hint, options, limits and condition of a question. */
export function questionFacts(definition: FormDefinition, question: Question): Safe {
  const { type, required, hint, options, least, most } = question;
  const limits = [least !== null && `at least ${least}`, most !== null && `at most ${most}`].filter(Boolean).join(', ');
  return html`${QUESTION_TYPES[type]}${limits && html` (${limits})`}${!required && ', may be left out'}${
    hint && html`<br><span class="muted">${hint}</span>`
  }${options.length > 0 && html`<br><span class="muted">${options.map(({ label }) => label).join(' / ')}</span>`}${
    question.condition && html`<br><span class="small">${conditionInWords(definition, question)}</span>`
  }`;
}
