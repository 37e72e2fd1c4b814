import type { Reader } from '#platform/database/database.ts';
import type { Role } from '#platform/permissions/capabilities.ts';

/** The people who hold one of these roles at the organisation today and have opened its dashboard: whom to notify. */
export async function holdersOf(
  reader: Pick<Reader, 'db'>,
  organisationId: string,
  roles: readonly Role[],
): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('accounts.published_current_roles')
    .select('person_id')
    .distinct()
    .where('organisation_id', '=', organisationId)
    .where('role', 'in', roles)
    .where('opened', '=', true)
    .execute();
  return rows.map((row) => row.person_id);
}
