/** What every form control shares: label, hint, error, and how they are tied together for assistive technology. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';

/** One thing wrong with one field: what is wrong, then how to put it right. The same sentence stands in the summary. */
export interface FieldError {
  /** Name of the field; of a date, `dob` for the whole or `dob-day`, `dob-month`, `dob-year`. */
  field: string;
  message: string;
}

/** What every field takes. `errors` may be all errors of the form: the field finds its own. */
export interface FieldOptions {
  name: string;
  label: HtmlValue;
  hint?: HtmlValue;
  errors?: readonly FieldError[];
  /** Element id, when the name occurs more than once on the page. Links of the error summary use the name. */
  id?: string;
  /** Hide the label from sight, when a heading or table column already says it. */
  hideLabel?: boolean;
}

/** The element id of a field, as links of the error summary use it. */
export function fieldId(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
}

/** The first error of a field, if any. */
export function errorFor(errors: readonly FieldError[] | undefined, ...names: string[]): FieldError | undefined {
  return errors?.find((error) => names.includes(error.field));
}

/** Ids and messages worked out once per field. */
export interface FieldParts {
  id: string;
  error: FieldError | undefined;
  describedBy: string | undefined;
}

export function fieldParts(options: FieldOptions, ...moreNames: string[]): FieldParts {
  const id = options.id ?? fieldId(options.name);
  const error = errorFor(options.errors, options.name, ...moreNames);
  const describedBy = classes(options.hint ? `${id}-hint` : null, error && `${id}-error`);
  return { id, error, describedBy: describedBy || undefined };
}

export function hintAndError(options: FieldOptions, { id, error }: FieldParts): Safe {
  return html`${options.hint && html`<div id="${id}-hint" class="govuk-hint">${options.hint}</div>`}${
    error &&
    html`<p id="${id}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error.message}</p>`
  }`;
}

export function label(options: FieldOptions, id: string): Safe {
  return html`<label class="${classes('govuk-label', options.hideLabel && 'govuk-visually-hidden')}" for="${id}">${options.label}</label>`;
}

/** The group round one control, with `data-` attributes of a behaviour if it has one. */
export function formGroup(
  error: FieldError | undefined,
  content: HtmlValue,
  more: { class?: string; module?: string } = {},
): Safe {
  return html`<div${attributes({
    class: classes('govuk-form-group', error && 'govuk-form-group--error', more.class),
    'data-module': more.module,
  })}>${content}</div>`;
}

/** A group of controls under one question. */
export function fieldset(
  options: FieldOptions,
  parts: FieldParts,
  content: HtmlValue,
  more: { role?: string; legendClass?: string } = {},
): Safe {
  return html`<fieldset${attributes({ class: 'govuk-fieldset', role: more.role, 'aria-describedby': parts.describedBy })}>
<legend class="${classes('govuk-fieldset__legend', more.legendClass, options.hideLabel && 'govuk-visually-hidden')}">${options.label}</legend>
${hintAndError(options, parts)}${content}
</fieldset>`;
}
