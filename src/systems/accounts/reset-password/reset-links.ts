import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import type { NamedAccount } from '../account-names/account-named.ts';
import { resetLinkMailed } from '../audit.ts';
import { RESET_MINUTES } from '../mail-requests/kinds.ts';
import { resetMail } from '../mail-requests/mails.ts';
import { sameEmail } from '../people/people.ts';
import { hashToken, newToken } from '../tokens/token.ts';

/** Names the password that a link may replace, without telling anything of it. */
const mark = (passwordHash: string): Buffer => createHash('sha256').update(passwordHash).digest();

/** Mails the link that chooses a new password; earlier links of the person stop working. */
export async function mailResetLink(
  writer: Writer,
  services: Services,
  account: NamedAccount & { readonly name: string; readonly email: string },
): Promise<void> {
  const { db, now } = writer;
  const { personId, email } = account;
  const token = newToken();
  await db
    .updateTable('accounts.password_resets')
    .set({ withdrawn_at: now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  await db
    .insertInto('accounts.password_resets')
    .values({
      person_id: personId,
      email,
      token_hash: hashToken(token),
      replaces: mark(account.passwordHash),
      asked_at: now,
      expires_at: new Date(now.getTime() + RESET_MINUTES * 60_000),
    })
    .execute();
  await writer.audit(resetLinkMailed, { kind: 'person', id: personId }, {});
  const link = `${services.settings.publicUrl}/reset-password?token=${token}`;
  await writer.mail({
    kind: 'accounts.password-reset',
    to: email,
    personId,
    ...resetMail(brand, account.name, account.username, link),
  });
}

export interface FoundReset {
  readonly id: string;
  readonly personId: string;
  readonly username: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string;
  /** `withdrawn`: a newer link was sent, or the password, the address or the account is no longer as it was. */
  readonly state: 'open' | 'used' | 'expired' | 'withdrawn';
}

/** The link of a mailed token, or null. With `lock` nobody else can use it, or change the password, until the transaction ends. */
export async function findReset(
  { rows: ask, now }: Pick<Reader, 'rows' | 'now'>,
  token: string,
  { lock = false } = {},
): Promise<FoundReset | null> {
  const [row] = await ask(sql<{
    id: string;
    person_id: string;
    sent_to: string;
    replaces: Buffer;
    expires_at: Date;
    used_at: Date | null;
    withdrawn_at: Date | null;
    username: string;
    password_hash: string;
    given_names: string;
    family_name: string;
    email: string | null;
    email_confirmed_at: Date | null;
    status: string;
  }>`select r.id, r.person_id, r.email as sent_to, r.replaces, r.expires_at, r.used_at, r.withdrawn_at, c.username, c.password_hash,
      p.given_names, p.family_name, p.email, p.email_confirmed_at, p.status
    from accounts.password_resets r
    join accounts.credentials c on c.person_id = r.person_id
    join accounts.people p on p.id = r.person_id
    where r.token_hash = ${hashToken(token)} ${lock ? sql`for update of r, c` : sql``}`);
  if (!row) return null;
  const asItWas =
    row.status === 'active' &&
    row.email !== null &&
    row.email_confirmed_at !== null &&
    sameEmail(row.email, row.sent_to) &&
    row.replaces.equals(mark(row.password_hash));
  const state = row.used_at
    ? 'used'
    : row.withdrawn_at || !asItWas
      ? 'withdrawn'
      : row.expires_at <= now
        ? 'expired'
        : 'open';
  return {
    id: row.id,
    personId: row.person_id,
    username: row.username,
    givenNames: row.given_names,
    familyName: row.family_name,
    email: row.sent_to,
    state,
  };
}
