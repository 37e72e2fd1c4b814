import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { tidyEmail } from '../people/people.ts';
import { tidyUsername } from '../usernames/username.ts';

export interface NamedAccount {
  readonly personId: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly status: 'active' | 'suspended';
}

/**
 * The account that somebody names by what is typed: its username, else the confirmed e-mail address of exactly one
 * account; else null. A username comes first, and may contain an @ only as its owner's own address. Asks the same of
 * the database whatever was typed.
 */
export async function accountNamed(reader: Pick<Reader, 'rows'>, typed: string): Promise<NamedAccount | null> {
  const username = tidyUsername(typed);
  const rows = await reader.rows(sql<NamedAccount & { byUsername: boolean }>`
    select c.person_id as "personId", c.username, c.password_hash as "passwordHash", p.status, true as "byUsername"
      from accounts.credentials c join accounts.people p on p.id = c.person_id where c.username = ${username}
    union all
    select c.person_id, c.username, c.password_hash, p.status, false
      from accounts.people p join accounts.credentials c on c.person_id = p.id
      where lower(p.email) = lower(${tidyEmail(typed)}) and p.email_confirmed_at is not null`);
  const named = rows.find((row) => row.byUsername) ?? (rows.length === 1 ? rows[0] : undefined);
  if (!named) return null;
  const { byUsername: _, ...account } = named;
  return account;
}
