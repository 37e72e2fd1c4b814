import { z } from 'zod';
import type { FormValues } from '#platform/http/context.ts';
import { USER_ROLES } from '../users/roles.ts';

/** Checkboxes come as nothing, one text or several. */
export const rolesField = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.enum(USER_ROLES, 'Choose roles from the list')).min(1, 'Choose at least one role'),
);

/** What is ticked in a form that came back. */
export function tickedRoles(values: FormValues): readonly string[] {
  return [values.roles ?? []].flat();
}

const nameField = (missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(100, 'Shorten the name to 100 characters')
    .regex(/^[^\p{C}<>]*$/u, 'Use letters, spaces and marks only, without < or >');

/** Names and e-mail of somebody on the centre profile. */
export const personFields = {
  givenNames: nameField('Enter the given names'),
  familyName: nameField('Enter the family name'),
};

const EMAIL_WRONG = 'Enter an e-mail address with a name, an @ and a domain, such as name@example.com';

export const emailField = z
  .string('Enter the e-mail address')
  .trim()
  .min(1, 'Enter the e-mail address')
  .max(200, 'Shorten the e-mail address to 200 characters')
  .pipe(z.email(EMAIL_WRONG));

export const addUserForm = z.object({ ...personFields, email: emailField, roles: rolesField });
