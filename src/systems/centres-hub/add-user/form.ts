import { z } from 'zod';
import { emailField, personFields } from '#accounts';
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

export const addUserForm = z.object({ ...personFields, email: emailField, roles: rolesField });
