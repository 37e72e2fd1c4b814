import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { textField } from '#ui';

const nameField = (missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(100, 'Shorten the name to 100 characters')
    // No line ends either: names stand in mails.
    .regex(/^[^\p{C}<>]*$/u, 'Use letters, spaces and marks only, without < or >');

/** The two names of a person who makes an account for himself or herself. */
export const namesForm = z.object({
  givenNames: nameField('Enter your given names'),
  familyName: nameField('Enter your family name'),
});

/** The fields of `namesForm`. */
export function nameFields(values: FormValues, errors: readonly FieldError[]): Safe {
  const value = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  return html`${textField({ name: 'givenNames', label: 'Given names', value: value('givenNames'), errors, autocomplete: 'given-name' })}
${textField({ name: 'familyName', label: 'Family name', value: value('familyName'), errors, autocomplete: 'family-name' })}`;
}
