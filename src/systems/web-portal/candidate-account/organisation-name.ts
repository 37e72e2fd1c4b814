import type { Reader } from '#platform/database/database.ts';

/** The name of a centre, as people know it. */
export async function organisationName(reader: Pick<Reader, 'db'>, organisationId: string): Promise<string> {
  const { name } = await reader.db
    .selectFrom('accounts.published_organisations')
    .select('name')
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow();
  return name as string;
}
