import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

/** How long the two links of a change work. */
export const CHANGE_HOURS = 72;

export interface PendingEmail {
  readonly id: string;
  /** Null where the new address alone decides. */
  readonly oldEmail: string | null;
  readonly newEmail: string;
  readonly expiresAt: Date;
  readonly oldConfirmed: boolean;
  readonly newConfirmed: boolean;
}

/** The change of address that a person has asked for and that is neither done, cancelled nor expired. System's scope. */
export async function pendingEmailOf(
  { db, now }: Pick<Reader, 'db' | 'now'>,
  personId: string,
): Promise<PendingEmail | null> {
  const row = await db
    .selectFrom('accounts.email_changes')
    .select(['id', 'old_email', 'new_email', 'expires_at', 'old_confirmed_at', 'new_confirmed_at'])
    .where('person_id', '=', personId)
    .where('done_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row
    ? {
        id: row.id,
        oldEmail: row.old_email,
        newEmail: row.new_email,
        expiresAt: row.expires_at,
        oldConfirmed: row.old_confirmed_at !== null,
        newConfirmed: row.new_confirmed_at !== null,
      }
    : null;
}

/** Whether the address is the confirmed one of somebody else. System's scope. */
export async function isTaken({ db }: Pick<Reader, 'db'>, email: string, but: string): Promise<boolean> {
  const found = await db
    .selectFrom('accounts.people')
    .select('id')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .where('email_confirmed_at', 'is not', null)
    .where('id', '<>', but)
    .executeTakeFirst();
  return found !== undefined;
}
