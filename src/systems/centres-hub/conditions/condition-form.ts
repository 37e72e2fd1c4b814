import { z } from 'zod';
import type { Safe } from '#platform/html/html.ts';
import { html } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { dateField, readDate, textareaField } from '#ui';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';

/** A condition in words and the day until which it is to be met. `today` is the earliest day. */
export function conditionSchema(today: string) {
  return z.record(z.string(), z.unknown()).transform((fields, check) => {
    const words = String(fields.words ?? '').trim();
    const due = readDate(fields, 'dueOn', 'day until which it is to be met', { required: true });
    const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    if (words.length < 10) refuse('words', 'Say what the centre has to do, so that everybody knows when it is done');
    if (words.length > 1000) refuse('words', 'Shorten the condition to 1000 characters');
    if (!due.ok) refuse(due.error.field, due.error.message);
    else if ((due.date as string) < today) refuse('dueOn', 'The day lies in the past. Enter today or a later day');
    // Of which approval, where the form asks for it.
    return { words, dueOn: (due.ok && due.date) || today, of: String(fields.of ?? '') };
  });
}

export function conditionFields(values: FormValues, errors: readonly FieldError[]): Safe {
  return html`${textareaField({ name: 'words', label: 'Condition', hint: 'What has to be done, so that both sides can see when it is', value: typed(values, 'words'), errors, rows: 3 })}
${dateField({ name: 'dueOn', label: 'To be met by', value: typedDate(values, 'dueOn'), errors })}`;
}
