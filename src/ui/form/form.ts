/** The form itself: frame, error summary, buttons. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { type IconName, icon } from '../icons.ts';
import { type FieldError, fieldId } from './field.ts';
import { hiddenField } from './inputs.ts';

export interface FormOptions {
  action: string;
  method?: 'post' | 'get';
  /** A fresh id per shown form: the server acts once on it, however often the button is pressed. */
  submissionId?: string;
  /** The form carries files. */
  multipart?: boolean;
  id?: string;
  class?: string;
  /** Name for assistive technology, where the page has several forms. */
  label?: string;
  /** `search` marks a filter form. */
  role?: 'search';
}

/** A form. The browser's own checks are off: the server's sentences are better and the same everywhere. */
export function form(options: FormOptions, body: HtmlValue): Safe {
  const method = options.method ?? 'post';
  return html`<form${attributes({
    action: safeUrl(options.action),
    method,
    id: options.id,
    class: options.class,
    role: options.role,
    'aria-label': options.label,
    enctype: options.multipart && 'multipart/form-data',
    novalidate: true,
    'data-once': method === 'post',
  })}>${options.submissionId && hiddenField('submissionId', options.submissionId)}${body}</form>`;
}

/** What is wrong, at the top of the page, each line a link to its field; nothing when `errors` is empty. */
export function errorSummary(errors: readonly FieldError[] | undefined, title = 'There is a problem'): Safe | null {
  if (!errors?.length) return null;
  return html`<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert"><h2 class="govuk-error-summary__title">${title}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${errors.map(
    (error) =>
      html`<li>${error.field ? html`<a href="#${fieldId(error.field)}">${error.message}</a>` : error.message}</li>`,
  )}</ul></div></div></div>`;
}

/** `main` once per page; `quiet` for the rest; `bad` stops or ends something; `text` the least. */
export type ButtonLook = 'main' | 'quiet' | 'text' | 'bad' | 'accent';

export interface ButtonOptions {
  look?: ButtonLook;
  icon?: IconName;
  small?: boolean;
  block?: boolean;
  id?: string;
}

function look(options: ButtonOptions): string | false {
  return options.look !== undefined && options.look !== 'main' && options.look;
}

/** The button that sends the form: verb and object, "Register 39 now". */
export function submitButton(
  text: HtmlValue,
  options: ButtonOptions & { name?: string; value?: string; formAction?: string; form?: string; label?: string } = {},
): Safe {
  return html`<button${attributes({
    type: 'submit',
    class: classes(
      'govuk-button',
      look(options) && `ao-btn ${look(options)}`,
      options.small && 'ao-btn sm',
      options.block && 'ao-btn block',
    ),
    id: options.id,
    name: options.name,
    value: options.value,
    formaction: options.formAction && safeUrl(options.formAction),
    form: options.form,
    'aria-label': options.label,
    'data-module': 'govuk-button',
  })}>${options.icon && icon(options.icon)}${text}</button>`;
}

/** A link that looks like a button, for going somewhere. `dialog` names a dialog that opens in its place. */
export function linkButton(
  text: HtmlValue,
  href: string,
  options: ButtonOptions & { dialog?: string; download?: boolean } = {},
): Safe {
  return html`<a${attributes({
    class: classes('ao-btn', look(options), options.small && 'sm', options.block && 'block'),
    href: safeUrl(href),
    id: options.id,
    'data-dialog': options.dialog,
    download: options.download,
  })}>${options.icon && icon(options.icon)}${text}</a>`;
}

/** One button that posts by itself, such as Pause or Remove: a form of its own round it. */
export function postButton(
  text: HtmlValue,
  options: ButtonOptions & {
    action: string;
    submissionId?: string;
    fields?: Record<string, string | number>;
    label?: string;
  },
): Safe {
  return form(
    {
      action: options.action,
      class: 'inline',
      ...(options.submissionId ? { submissionId: options.submissionId } : {}),
    },
    html`${Object.entries(options.fields ?? {}).map(([name, value]) => hiddenField(name, value))}${submitButton(text, options)}`,
  );
}

/** Buttons side by side, the main one first. */
export function buttonRow(...buttons: HtmlValue[]): Safe {
  return html`<div class="row mt">${buttons}</div>`;
}
