/** The questions of a form with the control that fits each, for filling in and for the designer's preview. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import {
  attributes,
  card,
  checkboxes,
  dateField,
  errorFor,
  type FieldError,
  type FieldOptions,
  fieldId,
  formatBytes,
  link,
  radios,
  selectField,
  singleCheckbox,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { fieldOf } from './answers-from-fields.ts';
import type { PickedCandidate } from './candidate-picker.ts';
import { LENGTHS } from './check-answers.ts';
import type { Choices } from './choices.ts';
import { type Answers, answerList, conditionInWords, type FormDefinition, type Question } from './definition.ts';

export interface FileShown {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export interface Filling {
  readonly answers: Answers;
  readonly errors: readonly FieldError[];
  readonly choices: Choices;
  readonly files: Readonly<Record<string, readonly FileShown[]>>;
  /** Where a file is fetched; null in a preview, which stores nothing. */
  readonly fileHref: ((file: FileShown) => string) | null;
  /** What was searched for among the candidates, for which question, and who was found. */
  readonly found: { readonly key: string; readonly typed: string; readonly matches: readonly PickedCandidate[] } | null;
}

const MANY = 7;

/** Text of a designer: paragraphs at blank lines, line ends kept. */
export function paragraphs(text: string): Safe {
  return html`${text
    .split(/\n\s*\n/)
    .filter((one) => one.trim())
    .map((one) => html`<p>${one.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`)}</p>`)}`;
}

/** All sections, each a card. */
export function questionSections(definition: FormDefinition, filling: Filling): Safe {
  return html`${definition.sections.map((section, index) =>
    card(
      { title: section.title, id: `section-${index + 1}`, class: 'mb' },
      html`${section.guidance && html`<div class="muted">${paragraphs(section.guidance)}</div>`}${section.questions.map(
        (question) => wrapped(definition, question, control(question, filling)),
      )}`,
    ),
  )}`;
}

/** The island opens and closes it by its condition; without script it is there with the condition in words. */
function wrapped(definition: FormDefinition, question: Question, body: Safe): Safe {
  const { condition } = question;
  return html`<div${attributes({
    class: 'ao-ask',
    'data-question': question.key,
    'data-if': condition?.question,
    'data-is': condition && JSON.stringify(condition.is),
  })}>${condition && html`<p class="muted small m0" data-only-if>${conditionInWords(definition, question)}</p>`}${body}</div>`;
}

function control(question: Question, filling: Filling): Safe {
  const { key, type } = question;
  const list = answerList(filling.answers, key);
  const value = list[0] ?? '';
  const base: FieldOptions = {
    name: fieldOf(key),
    label: labelOf(question),
    errors: filling.errors,
    ...(question.hint && { hint: question.hint }),
  };
  switch (type) {
    case 'short_text':
      return textField({ ...base, value, autocomplete: 'off', maxlength: LENGTHS.short_text });
    case 'long_text':
      return textareaField({ ...base, value, rows: 5, maxlength: LENGTHS.long_text });
    case 'number':
      return textField({ ...base, value, inputmode: 'numeric', width: 5, autocomplete: 'off' });
    case 'date':
      return dateField({ ...base, value: dateTyped(value) });
    case 'email':
      return textField({
        ...base,
        value,
        type: 'email',
        inputmode: 'email',
        autocomplete: 'off',
        spellcheck: false,
        autocapitalize: 'none',
      });
    case 'yes_no':
      return radios({
        ...base,
        value,
        inline: true,
        items: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      });
    case 'tick':
      return singleCheckbox({ ...base, checked: value === 'yes' });
    case 'one_of':
      return question.options.length > MANY
        ? selectField({ ...base, value, choices: question.options, placeholder: 'Choose one' })
        : radios({ ...base, value, items: question.options });
    case 'some_of':
      return checkboxes({ ...base, values: list, items: question.options });
    case 'staff_member':
      return chosenOf(base, list, filling.choices[key] ?? [], true);
    case 'candidate':
      return candidateControl(question, base, value, filling);
    case 'file':
      return fileControl(question, filling);
    default:
      return chosenOf(base, list, filling.choices[key] ?? [], false);
  }
}

const labelOf = ({ label, required, type }: Question): string =>
  required || type === 'tick' ? label : `${label} (optional)`;

function dateTyped(value: string) {
  const parts = /^([^/]*)\/([^/]*)\/([^/]*)$/.exec(value);
  return parts ? { day: parts[1] ?? '', month: parts[2] ?? '', year: parts[3] ?? '' } : value;
}

function chosenOf(base: FieldOptions, list: readonly string[], choices: Choices[string], several: boolean): Safe {
  if (choices.length === 0)
    return html`<div class="govuk-form-group"><p class="govuk-label" id="${fieldId(base.name)}" tabindex="-1">${base.label}</p><p class="muted">Your centre has none to choose from yet.</p></div>`;
  if (several) return checkboxes({ ...base, values: list, items: choices });
  const value = list[0] ?? '';
  return choices.length > MANY
    ? selectField({ ...base, value, choices, placeholder: 'Choose one' })
    : radios({ ...base, value, items: choices });
}

/** Search and pick: what was found, and who is chosen already, are radios; the button keeps everything typed. */
function candidateControl({ key, required }: Question, base: FieldOptions, value: string, filling: Filling): Safe {
  const found = filling.found?.key === key ? filling.found : null;
  const chosen = (filling.choices[key] ?? []).filter((one) => one.value === value);
  const matches = (found?.matches ?? []).filter(({ id }) => id !== value);
  const items = [
    ...chosen.map((one) => ({ value: one.value, label: one.label })),
    ...matches.map(({ id, words }) => ({ value: id, label: words })),
    ...(!required && chosen.length > 0 ? [{ value: '', label: 'No candidate' }] : []),
  ];
  const searchLabel =
    items.length > 0 ? 'Find another by name or candidate number' : 'Find by name or candidate number';
  return html`${
    items.length > 0
      ? radios({ ...base, value, items })
      : html`<p class="govuk-label">${base.label}</p>${base.hint && html`<p class="govuk-hint">${base.hint}</p>`}`
  }${textField({
    name: `find.${key}`,
    label: searchLabel,
    value: found?.typed ?? '',
    autocomplete: 'off',
    spellcheck: false,
    width: 30,
    ...(items.length === 0 && { id: fieldId(base.name), errors: errorHere(base, `find.${key}`, filling.errors) }),
  })}${
    found &&
    matches.length === 0 &&
    html`<p class="muted" role="status">No${chosen.length > 0 && ' other'} candidate of your centre has "${found.typed}" in the name or number.</p>`
  }${
    filling.fileHref &&
    html`<div class="govuk-form-group">${submitButton('Find candidates', { look: 'quiet', icon: 'search', name: 'act', value: `find:${key}` })}</div>`
  }`;
}

/** The question's own error, at the control that stands in its place. */
function errorHere(base: FieldOptions, name: string, errors: readonly FieldError[]): FieldError[] {
  const error = errorFor(errors, base.name);
  return error ? [{ field: name, message: error.message }] : [];
}

function fileControl(question: Question, { files, errors, fileHref }: Filling): Safe {
  const { key, hint } = question;
  const error = errorFor(errors, fieldOf(key));
  const list = files[key] ?? [];
  const words: HtmlValue = list.length > 0 ? 'Add or remove files' : 'Add files';
  return html`<div class="${error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}"><p class="govuk-label">${labelOf(question)}</p>${hint && html`<p class="govuk-hint">${hint}</p>`}${
    error && html`<p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error.message}</p>`
  }${
    list.length > 0 &&
    fileHref &&
    html`<ul>${list.map((file) => html`<li>${link(file.name, fileHref(file))} <span class="muted small">${formatBytes(file.bytes)}</span></li>`)}</ul>`
  }${
    fileHref
      ? submitButton(html`${words}<span class="govuk-visually-hidden">: ${question.label}</span>`, {
          look: 'quiet',
          icon: 'upload',
          name: 'act',
          value: `files:${key}`,
          id: fieldId(fieldOf(key)),
        })
      : html`<p class="muted">A centre adds up to 5 files here.</p>`
  }</div>`;
}
