/** Single controls: text, password, several lines, choice from a list, file, hidden. */
import { html, type Safe } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { type FieldOptions, fieldParts, formGroup, hintAndError, label } from './field.ts';

export interface TextFieldOptions extends FieldOptions {
  value?: string | null | undefined;
  type?: 'text' | 'email' | 'tel' | 'search' | 'url';
  /** The HTML autocomplete token, such as `username`, `given-name`, `off`. */
  autocomplete?: string;
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel';
  spellcheck?: boolean;
  autocapitalize?: 'none' | 'words' | 'characters';
  /** Characters that fit: the width of the control hints at the answer. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  maxlength?: number;
  /** For numbers and codes that are copied by hand: the typeface that tells 0 from O. */
  code?: boolean;
  readonly?: boolean;
  /** Texts that were used before, offered while somebody types. */
  suggestions?: readonly string[];
}

/** One line of text. */
export function textField(options: TextFieldOptions): Safe {
  const parts = fieldParts(options);
  return formGroup(
    parts.error,
    html`${label(options, parts.id)}${hintAndError(options, parts)}<input${attributes({
      class: classes(
        'govuk-input',
        options.width && `govuk-input--width-${options.width}`,
        options.code && 'code',
        parts.error && 'govuk-input--error',
      ),
      id: parts.id,
      name: options.name,
      type: options.type ?? 'text',
      value: options.value || undefined,
      spellcheck: options.spellcheck === undefined ? undefined : String(options.spellcheck),
      'aria-describedby': parts.describedBy,
      'aria-invalid': parts.error && 'true',
      autocomplete: options.autocomplete,
      autocapitalize: options.autocapitalize,
      inputmode: options.inputmode,
      maxlength: options.maxlength,
      readonly: options.readonly,
      list: options.suggestions?.length ? `${parts.id}-suggestions` : undefined,
    })}>${
      options.suggestions?.length &&
      html`<datalist id="${parts.id}-suggestions">${options.suggestions.map((value) => html`<option value="${value}"></option>`)}</datalist>`
    }`,
  );
}

export interface PasswordFieldOptions extends FieldOptions {
  /** `new-password` where one is chosen. Pasting and password managers work in either case. */
  autocomplete?: 'current-password' | 'new-password' | 'one-time-code';
  inputmode?: 'numeric';
}

/** A password, with a Show button when script runs. What was typed is never sent back. */
export function passwordField(options: PasswordFieldOptions): Safe {
  const parts = fieldParts(options);
  return formGroup(
    parts.error,
    html`${label(options, parts.id)}${hintAndError(options, parts)}<div class="govuk-input__wrapper govuk-password-input__wrapper"><input${attributes(
      {
        class: classes(
          'govuk-input govuk-password-input__input govuk-js-password-input-input',
          parts.error && 'govuk-input--error',
        ),
        id: parts.id,
        name: options.name,
        type: 'password',
        spellcheck: 'false',
        'aria-describedby': parts.describedBy,
        'aria-invalid': parts.error && 'true',
        autocomplete: options.autocomplete ?? 'current-password',
        autocapitalize: 'none',
        inputmode: options.inputmode,
      },
    )}><button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle" data-module="govuk-button" aria-controls="${parts.id}" aria-label="Show password" hidden>Show</button></div>`,
    { class: 'govuk-password-input', module: 'govuk-password-input' },
  );
}

export interface TextareaFieldOptions extends FieldOptions {
  value?: string | null | undefined;
  rows?: number;
  /** Most characters allowed; shows a count while typing, and the limit in words without script. */
  maxlength?: number;
}

/** Several lines of text. */
export function textareaField(options: TextareaFieldOptions): Safe {
  const parts = fieldParts(options);
  const limit = options.maxlength;
  const describedBy = classes(parts.describedBy, limit && `${parts.id}-info`) || undefined;
  const group = formGroup(
    parts.error,
    html`${label(options, parts.id)}${hintAndError(options, parts)}<textarea${attributes({
      class: classes('govuk-textarea', parts.error && 'govuk-textarea--error', limit && 'govuk-js-character-count'),
      id: parts.id,
      name: options.name,
      rows: options.rows ?? 5,
      'aria-describedby': describedBy,
      'aria-invalid': parts.error && 'true',
    })}>${
      options.value
        ? html`
${options.value}`
        : null
    }</textarea>${
      limit &&
      html`<div id="${parts.id}-info" class="govuk-hint govuk-character-count__message">You can enter up to ${limit} characters</div>`
    }`,
    limit ? { class: 'govuk-character-count' } : {},
  );
  return limit ? html`<div data-module="govuk-character-count" data-maxlength="${limit}">${group}</div>` : group;
}

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectFieldOptions extends FieldOptions {
  value?: string | null | undefined;
  choices: readonly Choice[];
  /** An empty first entry with these words, such as "Choose a product". */
  placeholder?: string;
}

/** A choice from a list, for more than seven entries; up to seven use radios. */
export function selectField(options: SelectFieldOptions): Safe {
  const parts = fieldParts(options);
  const value = options.value ?? '';
  return formGroup(
    parts.error,
    html`${label(options, parts.id)}${hintAndError(options, parts)}<select${attributes({
      class: classes('govuk-select', parts.error && 'govuk-select--error'),
      id: parts.id,
      name: options.name,
      'aria-describedby': parts.describedBy,
      'aria-invalid': parts.error && 'true',
    })}>${options.placeholder !== undefined && html`<option value="">${options.placeholder}</option>`}${selectOptions(
      options.choices,
      value,
    )}</select>`,
  );
}

/** The entries of a list, the one with `value` chosen. */
export function selectOptions(choices: readonly Choice[], value: string): Safe {
  return html`${choices.map(
    (choice) =>
      html`<option${attributes({ value: choice.value, selected: choice.value === value, disabled: choice.disabled })}>${choice.label}</option>`,
  )}`;
}

export interface FileFieldOptions extends FieldOptions {
  /** Kinds of file the browser offers first, such as `.csv,text/csv`. The server checks again. */
  accept?: string;
  multiple?: boolean;
}

/** A file from the reader's device. The form needs `multipart`. */
export function fileField(options: FileFieldOptions): Safe {
  const parts = fieldParts(options);
  return formGroup(
    parts.error,
    html`${label(options, parts.id)}${hintAndError(options, parts)}<input${attributes({
      class: classes('govuk-file-upload', parts.error && 'govuk-file-upload--error'),
      id: parts.id,
      name: options.name,
      type: 'file',
      'aria-describedby': parts.describedBy,
      'aria-invalid': parts.error && 'true',
      accept: options.accept,
      multiple: options.multiple,
    })}>`,
  );
}

/** A value the form carries along unseen. */
export function hiddenField(name: string, value: string | number): Safe {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}
