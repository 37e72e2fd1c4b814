/** The form of an act that is done with a reason. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from './field.ts';
import { type ButtonLook, buttonRow, form, linkButton, submitButton } from './form.ts';
import { textareaField } from './inputs.ts';

export interface ReasonFormOptions {
  readonly action: string;
  /** What the button does: "End the role". */
  readonly button: string;
  /** `bad` unless said otherwise: most acts that ask why stop or end something. */
  readonly look?: ButtonLook;
  /** Where "Cancel" leads. */
  readonly back: string;
  /** What was typed before; the reason is the field `reason`. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
  /** Who reads the reason, or where it is kept. */
  readonly hint?: string;
}

/** Asks why, and does it. `more`: fields between the reason and the button. */
export function reasonForm(options: ReasonFormOptions, more?: HtmlValue): Safe {
  const { action, button, look = 'bad', back, values, errors, hint } = options;
  return form(
    { action, submissionId: crypto.randomUUID() },
    html`${textareaField({ name: 'reason', label: 'Reason', value: String(values.reason ?? ''), errors, rows: 3, ...(hint && { hint }) })}
${more}
${buttonRow(submitButton(button, { look }), linkButton('Cancel', back, { look: 'quiet' }))}`,
  );
}
