import type { Reader } from '#platform/database/database.ts';

/** Names of people by id, as far as the reader may know them: a centre does not see the awarding body's. */
export async function peopleNames(
  reader: Pick<Reader, 'db'>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('accounts.published_people')
    .select(['id', 'given_names', 'family_name'])
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map((row) => [row.id as string, `${row.given_names} ${row.family_name}`]));
}
