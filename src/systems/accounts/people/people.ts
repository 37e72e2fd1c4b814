import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';

export interface NewPerson {
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string | null;
}

/** An address as it is stored and compared: without spaces round it, composed, letters as given. */
export function tidyEmail(email: string): string {
  return email.trim().normalize('NFC');
}

/** Whether two addresses are one. Mail systems in use treat letters alike in either case. */
export function sameEmail(one: string, other: string): boolean {
  return tidyEmail(one).toLowerCase() === tidyEmail(other).toLowerCase();
}

/**
 * The person of this e-mail address (also of one that a merged record had), or a new one with these names; an address
 * that somebody typed but never confirmed finds nobody. Returns the person's id; the names of somebody who exists are not changed, and a centre cannot read them
 * before it has given a role. Callable in a centre's, the awarding body's or the system's scope.
 */
export async function ensurePerson(writer: Writer, person: NewPerson): Promise<string> {
  const email = person.email === null ? null : tidyEmail(person.email);
  const rows = await writer.rows(
    sql<{ id: string }>`select coalesce(accounts.person_of_former_address(${email}),
      accounts.ensure_person(${person.givenNames}, ${person.familyName}, ${email})) as id`,
  );
  return (rows[0] as { id: string }).id;
}
