import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { tidyEmail } from '../people/people.ts';

/** What is known of an address. `username` null: a person without an account. */
export interface AddressOwner {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly username: string | null;
  readonly suspended: boolean;
}

/** The people whose address it is by a mailed link; what was typed and never confirmed belongs to nobody. */
export async function ownersOf({ db }: Pick<Reader, 'db'>, address: string): Promise<readonly AddressOwner[]> {
  const rows = await db
    .selectFrom('accounts.people as p')
    .leftJoin('accounts.credentials as c', 'c.person_id', 'p.id')
    .select(['p.id', 'p.given_names', 'p.family_name', 'p.email', 'p.status', 'c.username'])
    .where(sql<boolean>`lower(p.email) = lower(${tidyEmail(address)})`)
    .where('p.email_confirmed_at', 'is not', null)
    .orderBy('c.username')
    .execute();
  return rows.map((row) => ({
    personId: row.id,
    name: `${row.given_names} ${row.family_name}`,
    email: row.email as string,
    username: row.username,
    suspended: row.status === 'suspended',
  }));
}

/** The organisation whose invitation to this address can still be used by somebody without an account, or null. */
export async function invitingOrganisation({ db, now }: Reader, address: string): Promise<string | null> {
  const row = await db
    .selectFrom('accounts.invitations as i')
    .innerJoin('accounts.organisations as o', 'o.id', 'i.organisation_id')
    .leftJoin('accounts.credentials as c', 'c.person_id', 'i.person_id')
    .select('o.name')
    .where(sql<boolean>`lower(i.email) = lower(${tidyEmail(address)})`)
    .where('i.used_at', 'is', null)
    .where('i.withdrawn_at', 'is', null)
    .where('i.expires_at', '>', now)
    .where('c.person_id', 'is', null)
    .orderBy('i.sent_at', 'desc')
    .executeTakeFirst();
  return row?.name ?? null;
}
