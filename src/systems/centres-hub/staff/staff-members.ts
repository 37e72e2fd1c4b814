import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';

/** Somebody on the centre profile who is not a user: no PIN and no access (Operating Manual 3.1). */
export interface StaffMember {
  readonly id: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string | null;
  /** What the person does at the centre. */
  readonly function: string;
  readonly recordedAt: Date;
}

const STAFF = [
  'id',
  'given_names as givenNames',
  'family_name as familyName',
  'email',
  'function',
  'recorded_at as recordedAt',
] as const;

/** The staff members of a centre who are there now and are not users, by family name. */
export async function staffOf(reader: Pick<Reader, 'db'>, centreId: string): Promise<StaffMember[]> {
  return reader.db
    .selectFrom('centres_hub.staff_members')
    .select(STAFF)
    .where('centre_id', '=', centreId)
    .where('person_id', 'is', null)
    .where('left_at', 'is', null)
    .orderBy('family_name')
    .orderBy('given_names')
    .execute();
}

/** One of them; 404 for anybody else. */
export async function staffMemberOf(reader: Pick<Reader, 'db'>, centreId: string, id: string): Promise<StaffMember> {
  const found = await reader.db
    .selectFrom('centres_hub.staff_members')
    .select(STAFF)
    .where('centre_id', '=', centreId)
    .where('id', '=', id)
    .where('person_id', 'is', null)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  return found;
}
