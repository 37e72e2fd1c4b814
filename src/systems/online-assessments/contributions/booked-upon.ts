import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { BuiltUpon, RegistrationsAsked } from '#web-portal';

/** The part of Online Assessments in undoing registrations: sittings that were ever booked on them. */
export async function sittingsBookedUpon(
  reader: Pick<Reader, 'rows'>,
  { centreId, registrationIds }: RegistrationsAsked,
): Promise<BuiltUpon[]> {
  const [row] = await reader.rows(sql<{ count: number }>`
    select count(*)::int as count from online_assessments.sittings s
    where s.centre_id = ${centreId} and s.registration_id = any (${[...registrationIds]}::uuid[])`);
  return [{ name: 'Sittings booked', count: row?.count ?? 0 }];
}
