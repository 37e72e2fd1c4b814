import type { z } from 'zod';
import { AlreadySubmitted, submissionLedTo, type Writer } from '../database/database.ts';
import type { Safe } from '../html/html.ts';
import { type Answer, type FieldError, page, Refused, redirect } from './answers.ts';
import type { Context, FormValues } from './context.ts';

/** The hidden field of every form that changes something: a form sent twice takes effect once. */
const SUBMISSION_FIELD = 'submissionId';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Parses form fields by a schema whose messages are the sentences that people read; one error a field. */
export function parseForm<T>(schema: z.ZodType<T>, fields: unknown): Parsed<T> {
  const result = schema.safeParse(fields);
  if (result.success) return { ok: true, value: result.data };
  const byField = new Map<string, string>();
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '');
    if (!byField.has(field)) byField.set(field, issue.message);
  }
  return { ok: false, errors: [...byField].map(([field, message]) => ({ field, message })) };
}

export interface FormSubmission<T> {
  readonly schema: z.ZodType<T>;
  /** The form's page with what was typed and what is wrong; answered with status 422. */
  readonly page: (values: FormValues, errors: readonly FieldError[]) => Promise<Safe> | Safe;
  /** Does the work in one transaction and returns where to go. Throws `Refused` when a rule says no. */
  readonly action: (writer: Writer, value: T) => Promise<string>;
}

/** The whole way of a form: parse, act once, go on; or the page again, with the input kept and a sentence for each error. */
export async function submitForm<T>(
  context: Context,
  { schema, page: formPage, action }: FormSubmission<T>,
): Promise<Answer> {
  const parsed = parseForm(schema, context.fields);
  if (!parsed.ok) return page(await formPage(context.fields, parsed.errors), 422);
  const given = context.fields[SUBMISSION_FIELD];
  const submission = typeof given === 'string' && UUID.test(given) ? given : null;
  try {
    const location = await context.write(
      async (writer) => {
        const to = await action(writer, parsed.value);
        if (submission) await submissionLedTo(writer, submission, to);
        return to;
      },
      { submission },
    );
    return redirect(location);
  } catch (error) {
    if (error instanceof AlreadySubmitted) return redirect(error.location);
    if (error instanceof Refused) return page(await formPage(context.fields, error.errors), 422);
    throw error;
  }
}
