import { z } from 'zod';
import { reasonField } from '#accounts';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import {
  buttonRow,
  type Crumb,
  card,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  submitButton,
  textareaField,
} from '#ui';
import { type Hub, hubPage, whose } from '../hub-page/hub-page.ts';
import { typed } from './typed-fields.ts';

export const reasonForm = z.object({ reason: reasonField });

/** The page of an act that ends or withdraws something and asks why. */
export function reasonPage(
  frame: Frame,
  hub: Hub,
  options: {
    readonly title: string;
    readonly crumbs: readonly Crumb[];
    /** What happens, before the reason. */
    readonly words: HtmlValue;
    readonly action: string;
    readonly button: string;
    readonly back: string;
    readonly values: FormValues;
    readonly errors: readonly FieldError[];
  },
): Safe {
  const { title, values, errors, back } = options;
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs(options.crumbs)}
${pageHead({ title, lead: whose(hub) })}
${card(
  { label: 'Why' },
  form(
    { action: options.action, submissionId: crypto.randomUUID() },
    html`<p>${options.words}</p>
${textareaField({ name: 'reason', label: 'Reason', hint: 'It stays in the record.', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton(options.button, { look: 'bad' }), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
