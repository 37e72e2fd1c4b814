import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { BODY_ROLES } from '#platform/permissions/capabilities.ts';

/** Roles of the awarding body, ticked in a form: checkboxes come as nothing, one text or several. */
export const bodyRolesField = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.enum(BODY_ROLES, 'Choose roles from the list')).min(1, 'Choose at least one role'),
);

/** The awarding body itself, as an organisation. */
export async function awardingBody({ db }: Pick<Reader, 'db'>): Promise<{ id: string; name: string }> {
  const found = await db
    .selectFrom('accounts.organisations')
    .select(['id', 'name'])
    .where('kind', '=', 'awarding_body')
    .executeTakeFirst();
  if (!found) throw new NotFound();
  return found;
}
