import { sql } from 'kysely';
import { type Member, membersOf } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';

/** One user of a centre; 404 for anybody who is not (or no longer) one. */
export async function userOf(reader: Reader, centreId: string, personId: string): Promise<Member> {
  const member = (await membersOf(reader, centreId)).find((one) => one.personId === personId);
  if (!member) throw new NotFound();
  return member;
}

/** Waits until nobody else changes users of the centre, until the end of the transaction. */
export async function lockUsers(writer: Writer, centreId: string): Promise<void> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`centres-hub.users ${centreId}`}, 0))`);
}

/** What the person does, as written on the centre profile, or null. */
export async function functionOf(reader: Reader, centreId: string, personId: string): Promise<string | null> {
  const row = await reader.db
    .selectFrom('centres_hub.staff_members')
    .select('function')
    .where('centre_id', '=', centreId)
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row?.function ?? null;
}
