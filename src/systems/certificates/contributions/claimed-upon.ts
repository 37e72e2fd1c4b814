import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { BuiltUpon, RegistrationsAsked } from '#web-portal';

/** The part of certificates in undoing registrations: claims that were ever made on them. */
export async function claimedUpon(
  reader: Pick<Reader, 'rows'>,
  { centreId, registrationIds }: RegistrationsAsked,
): Promise<BuiltUpon[]> {
  const [row] = await reader.rows(sql<{ count: number }>`
    select count(*)::int as count from certificates.claims c
    where c.centre_id = ${centreId} and c.registration_id = any (${[...registrationIds]}::uuid[])`);
  return [{ name: 'Certificates claimed', count: row?.count ?? 0 }];
}
