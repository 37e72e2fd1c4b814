import type { Writer } from '#platform/database/database.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Settings } from '#platform/settings/settings.ts';
import { passwordSetAt } from '../passwords/set-at.ts';
import { isRemembered } from '../remembered-devices/remembered-devices.ts';
import { hashToken, newToken } from '../tokens/token.ts';

/** How long somebody has for the second step of a log-in, and how many tries at it. */
const PENDING_MINUTES = 10;
export const PENDING_TRIES = 5;

const cookieName = ({ publicUrl }: Settings) => (publicUrl.startsWith('https:') ? '__Host-second-step' : 'second-step');
const cookieRules = ({ publicUrl }: Settings) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') }) as const;

export interface PendingLogIn {
  readonly tokenHash: Buffer;
  readonly personId: string;
  readonly username: string;
  readonly next: string;
  readonly tries: number;
}

/**
 * What follows the right password. `open`: the session, at once, because the person has no second factor or (then
 * `secondFactorAt` says when) this device is remembered. `asked`: no session; the second step waits for this browser.
 */
export async function afterPassword(
  context: Context,
  personId: string,
  next: string,
): Promise<{ readonly kind: 'open'; readonly secondFactorAt: Date | null } | { readonly kind: 'asked' }> {
  const { services, now } = context;
  const has = await services.database.pool.query<{ has: boolean }>('select accounts.has_second_factor($1) as has', [
    personId,
  ]);
  if (!has.rows[0]?.has) return { kind: 'open', secondFactorAt: null };
  if (await isRemembered(context, personId)) return { kind: 'open', secondFactorAt: now };
  const token = newToken();
  await services.database.write(SYSTEM, async (writer) => {
    const { db } = writer;
    await db
      .deleteFrom('accounts.pending_log_ins')
      .where('expires_at', '<', new Date(writer.now.getTime() - 86_400_000))
      .execute();
    await db
      .insertInto('accounts.pending_log_ins')
      .values({
        token_hash: hashToken(token),
        person_id: personId,
        next,
        began_at: writer.now,
        password_changed_at: passwordSetAt(personId),
        expires_at: new Date(writer.now.getTime() + PENDING_MINUTES * 60_000),
      })
      .execute();
  });
  context.reply.setCookie(cookieName(services.settings), token, {
    ...cookieRules(services.settings),
    maxAge: PENDING_MINUTES * 60,
  });
  return { kind: 'asked' };
}

/** Pending log-ins that count: not used, not expired, tries left, of an active person whose password is the same. */
function alive({ db, now }: { db: Pick<Writer['db'], 'selectFrom'>; now: Date }, tokenHash: Buffer) {
  return db
    .selectFrom('accounts.pending_log_ins as l')
    .innerJoin('accounts.people as p', 'p.id', 'l.person_id')
    .innerJoin('accounts.credentials as c', 'c.person_id', 'l.person_id')
    .select(['l.person_id', 'c.username', 'l.next', 'l.tries'])
    .where('l.token_hash', '=', tokenHash)
    .where('l.used_at', 'is', null)
    .where('l.expires_at', '>', now)
    .where('l.tries', '<', PENDING_TRIES)
    .where('p.status', '=', 'active')
    .whereRef('l.password_changed_at', '=', 'c.changed_at');
}

/** The log-in of this browser that waits for its second step, or null. */
export async function pendingLogIn({ services, request }: Context): Promise<PendingLogIn | null> {
  const token = request.cookies[cookieName(services.settings)];
  if (!token) return null;
  const tokenHash = hashToken(token);
  const row = await services.database.read(SYSTEM, (reader) =>
    alive({ db: reader.db as Writer['db'], now: reader.now }, tokenHash).executeTakeFirst(),
  );
  return (
    (row && { tokenHash, personId: row.person_id, username: row.username, next: row.next, tries: row.tries }) ?? null
  );
}

/** Counts one try, before the code is looked at. False when the log-in does not wait any more. */
export async function claimTry({ services }: Context, pending: PendingLogIn): Promise<boolean> {
  return services.database.write(SYSTEM, async ({ db, now }) => {
    const claimed = await db
      .updateTable('accounts.pending_log_ins')
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('token_hash', '=', pending.tokenHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .where('tries', '<', PENDING_TRIES)
      .executeTakeFirst();
    return claimed.numUpdatedRows > 0n;
  });
}

/**
 * Spends the pending log-in, in the transaction that takes the factor: of two requests that come with it at the same
 * time one alone gets true. System's scope.
 */
export async function spendPending(writer: Writer, pending: PendingLogIn): Promise<boolean> {
  const spent = await writer.db
    .updateTable('accounts.pending_log_ins')
    .set({ used_at: writer.now })
    .where('token_hash', '=', pending.tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', writer.now)
    .executeTakeFirst();
  return spent.numUpdatedRows > 0n;
}

export function clearPendingCookie({ services, reply }: Context): void {
  reply.clearCookie(cookieName(services.settings), cookieRules(services.settings));
}
