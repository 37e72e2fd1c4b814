import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { NEW_ACCOUNT_HOURS } from '../mail-requests/kinds.ts';
import { newAccountMail } from '../mail-requests/mails.ts';
import { invitingOrganisation, ownersOf } from '../mail-requests/owner-of-address.ts';
import type { NewPerson } from '../people/people.ts';
import { hashToken, newToken } from '../tokens/token.ts';

/** Mails the link that makes a free account. */
export async function mailNewAccountLink(
  writer: Writer,
  services: Services,
  person: NewPerson & { readonly email: string },
): Promise<void> {
  const link = `${services.settings.publicUrl}/new-account?token=${await newAccountLink(writer, person)}`;
  await writer.mail({ kind: 'accounts.new-account', to: person.email, ...newAccountMail(brand, link) });
}

/**
 * The token of a link that makes a free account of this address; earlier ones stop working. Give it only to whoever has
 * proved to own the address. In the system's scope.
 */
export async function newAccountLink(
  { db, now }: Writer,
  { givenNames, familyName, email }: NewPerson & { readonly email: string },
): Promise<string> {
  const token = newToken();
  await db
    .updateTable('accounts.new_account_links')
    .set({ withdrawn_at: now })
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  await db
    .insertInto('accounts.new_account_links')
    .values({
      given_names: givenNames,
      family_name: familyName,
      email,
      token_hash: hashToken(token),
      asked_at: now,
      expires_at: new Date(now.getTime() + NEW_ACCOUNT_HOURS * 3_600_000),
    })
    .execute();
  return token;
}

export interface FoundLink {
  readonly id: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string;
  /** `account`: somebody has the address by now. `invited`: an invitation to it waits. */
  readonly state: 'open' | 'account' | 'invited' | 'used' | 'expired' | 'withdrawn';
}

/**
 * The link of a mailed token, or null. A free account is always a new person: where the address is somebody's already,
 * or an invitation waits for it, the link makes none, so that nobody comes into another's roles or results by it.
 */
export async function findLink(reader: Reader, token: string): Promise<FoundLink | null> {
  const { db, now } = reader;
  const row = await db
    .selectFrom('accounts.new_account_links')
    .select(['id', 'given_names', 'family_name', 'email', 'expires_at', 'used_at', 'withdrawn_at'])
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  if (!row) return null;
  const state = async (): Promise<FoundLink['state']> => {
    if (row.used_at) return 'used';
    if (row.withdrawn_at) return 'withdrawn';
    if (row.expires_at <= now) return 'expired';
    if ((await ownersOf(reader, row.email)).length > 0) return 'account';
    return (await invitingOrganisation(reader, row.email)) ? 'invited' : 'open';
  };
  return {
    id: row.id,
    givenNames: row.given_names,
    familyName: row.family_name,
    email: row.email,
    state: await state(),
  };
}
