/** What the forms of competence and declarations share: dates in three fields, and texts that may stay empty. */
import { z } from 'zod';
import type { FieldError } from '#platform/http/answers.ts';
import { parseForm } from '#platform/http/forms.ts';
import { readDate } from '#ui';

/** A field that may stay empty: its text, or null. */
export const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Shorten it to ${most} characters`)
    .transform((text) => text || null)
    .prefault('');

export interface DateQuestion {
  readonly what: string;
  readonly required: boolean;
}

/**
 * A form of plain fields and dates: what `fields` parses, the dates by their names, and the problems that `check` finds in
 * both together. Every error is told at once.
 */
export function formWithDates<Fields extends object, Name extends string>(
  fields: z.ZodType<Fields>,
  dates: Record<Name, DateQuestion>,
  check: (value: Fields & Record<Name, string | null>) => readonly FieldError[] = () => [],
): z.ZodType<Fields & Record<Name, string | null>> {
  return z.record(z.string(), z.unknown()).transform((given, context) => {
    const errors: FieldError[] = [];
    const parsed = parseForm(fields, given);
    if (!parsed.ok) errors.push(...parsed.errors);
    const found: Record<string, string | null> = {};
    for (const [name, { what, required }] of Object.entries(dates) as [Name, DateQuestion][]) {
      const read = readDate(given, name, what, { required });
      if (read.ok) found[name] = read.date;
      else errors.push(read.error);
    }
    const value = parsed.ok ? ({ ...parsed.value, ...found } as Fields & Record<Name, string | null>) : null;
    if (value && errors.length === 0) errors.push(...check(value));
    for (const { field, message } of errors) context.addIssue({ code: 'custom', path: [field], message });
    return value && errors.length === 0 ? value : z.NEVER;
  });
}
