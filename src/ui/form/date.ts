/** A date as day, month and year, and how it is read back. */
import { html, type Safe } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { type FieldError, type FieldOptions, fieldParts, fieldset, formGroup } from './field.ts';

const PARTS = [
  { key: 'day', label: 'Day', width: 2 },
  { key: 'month', label: 'Month', width: 2 },
  { key: 'year', label: 'Year', width: 4 },
] as const;

/** What was typed, part by part, kept as it was. */
export interface DateParts {
  day: string;
  month: string;
  year: string;
}

export interface DateFieldOptions extends FieldOptions {
  /** What was typed, or a date `YYYY-MM-DD`. */
  value?: DateParts | string | null | undefined;
  /** A birth date lets the browser fill it in. */
  birthDate?: boolean;
}

/** Three inputs named `NAME-day`, `NAME-month` and `NAME-year`. */
export function dateField(options: DateFieldOptions): Safe {
  const { name } = options;
  const parts = fieldParts(options, `${name}-day`, `${name}-month`, `${name}-year`);
  const value = dateParts(options.value);
  const wholeIsWrong = parts.error?.field === name;
  const inputs = html`<div${attributes({ class: 'govuk-date-input', id: parts.id, tabindex: wholeIsWrong && '-1' })}>${PARTS.map(
    ({ key, label, width }) => {
      const wrong = wholeIsWrong || parts.error?.field === `${name}-${key}`;
      return html`<div class="govuk-date-input__item"><div class="govuk-form-group"><label class="govuk-label govuk-date-input__label" for="${parts.id}-${key}">${label}</label><input${attributes(
        {
          class: classes(
            'govuk-input govuk-date-input__input',
            wrong && 'govuk-input--error',
            `govuk-input--width-${width}`,
          ),
          id: `${parts.id}-${key}`,
          name: `${name}-${key}`,
          type: 'text',
          value: value[key] || undefined,
          autocomplete: options.birthDate && `bday-${key}`,
          inputmode: 'numeric',
          'aria-invalid': wrong && 'true',
        },
      )}></div></div>`;
    },
  )}</div>`;
  return formGroup(parts.error, fieldset(options, parts, inputs, { role: 'group' }));
}

function dateParts(value: DateFieldOptions['value']): DateParts {
  if (value && typeof value === 'object') return value;
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value ?? '');
  if (!match) return { day: '', month: '', year: '' };
  return { day: String(Number(match[3])), month: String(Number(match[2])), year: match[1] as string };
}

export type ReadDate =
  | { ok: true; date: string | null; typed: DateParts }
  | { ok: false; error: FieldError; typed: DateParts };

/**
 * Reads the three inputs of `dateField` from a posted body. An empty date is `null`, or an error when `required`.
 * `what` names the date in errors: "date of birth". Years are four digits, 1900 to 2199.
 */
export function readDate(
  body: Record<string, unknown>,
  name: string,
  what: string,
  options: { required?: boolean } = {},
): ReadDate {
  const part = (key: string) => String(body[`${name}-${key}`] ?? '').trim();
  const typed = { day: part('day'), month: part('month'), year: part('year') };
  const refuse = (field: string, message: string): ReadDate => ({ ok: false, error: { field, message }, typed });
  const missing = PARTS.filter(({ key }) => typed[key] === '').map(({ key }) => key);
  if (missing.length === 3) {
    return options.required ? refuse(name, `Enter the ${what}, such as 27 3 2007`) : { ok: true, date: null, typed };
  }
  const first = missing[0];
  if (first) return refuse(`${name}-${first}`, `The ${what} needs a ${missing.join(' and a ')}`);
  if (!/^\d{4}$/.test(typed.year) || !/^(19|20|21)/.test(typed.year)) {
    return refuse(`${name}-year`, `The ${what} needs a year of 4 digits, such as 2007`);
  }
  const [year, month, day] = [Number(typed.year), Number(typed.month), Number(typed.day)];
  if (!/^\d{1,2}$/.test(typed.month) || month < 1 || month > 12) {
    return refuse(`${name}-month`, `The month of the ${what} must be a number from 1 to 12`);
  }
  const check = new Date(Date.UTC(year, month - 1, day));
  if (!/^\d{1,2}$/.test(typed.day) || check.getUTCMonth() !== month - 1 || day < 1) {
    return refuse(name, `The ${what} must be a real date, such as 27 3 2007`);
  }
  return { ok: true, date: check.toISOString().slice(0, 10), typed };
}
