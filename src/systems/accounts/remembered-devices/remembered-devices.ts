import { sql } from 'kysely';
import type { Queries, Writer } from '#platform/database/database.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Settings } from '#platform/settings/settings.ts';
import { passwordSetAt } from '../passwords/set-at.ts';
import { deviceRemembered, devicesForgotten } from '../second-factors/audit.ts';
import { hashToken, newToken } from '../tokens/token.ts';

/** How long a device that was ticked is not asked for a second factor. */
export const REMEMBERED_DAYS = 30;

/** People who share a computer keep a token each; older ones fall out. */
const TOKENS_IN_COOKIE = 5;

const cookieName = ({ publicUrl }: Settings) => (publicUrl.startsWith('https:') ? '__Host-remembered' : 'remembered');

/** 256 bits each, joined by full stops; whatever does not look like one is left out. */
const tokensOf = ({ request, services }: Pick<Context, 'request' | 'services'>) =>
  (request.cookies[cookieName(services.settings)] ?? '').split('.').filter((token) => /^[\w-]{43}$/.test(token));

/** The remembered devices of a person that count now: not ended, not expired, remembered since the last change of password. */
function counting(db: Pick<Queries, 'selectFrom'>, personId: string, now: Date) {
  return db
    .selectFrom('accounts.remembered_devices as d')
    .innerJoin('accounts.credentials as c', 'c.person_id', 'd.person_id')
    .where('d.person_id', '=', personId)
    .where('d.ended_at', 'is', null)
    .where('d.expires_at', '>', now)
    .whereRef('d.password_changed_at', '=', 'c.changed_at');
}

export interface RememberedDevice {
  readonly id: string;
  readonly device: string | null;
  readonly address: string | null;
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

/** Those that count now, the last used first. System's scope. */
export async function rememberedDevicesOf(
  reader: { readonly db: Pick<Queries, 'selectFrom'>; readonly now: Date },
  personId: string,
): Promise<readonly RememberedDevice[]> {
  const rows = await counting(reader.db, personId, reader.now)
    .select(['d.id', 'd.device', 'd.address', 'd.used_at', 'd.expires_at'])
    .orderBy('d.used_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    address: row.address,
    usedAt: row.used_at,
    expiresAt: row.expires_at,
  }));
}

/** Whether this browser is remembered for this very person; notes that it was used. */
export async function isRemembered(context: Context, personId: string): Promise<boolean> {
  const hashes = tokensOf(context).map(hashToken);
  if (hashes.length === 0) return false;
  return context.services.database.write(SYSTEM, async ({ db, now }) => {
    const found = await counting(db, personId, now)
      .select('d.id')
      .where('d.token_hash', 'in', hashes)
      .executeTakeFirst();
    if (!found) return false;
    await db.updateTable('accounts.remembered_devices').set({ used_at: now }).where('id', '=', found.id).execute();
    return true;
  });
}

/** Remembers this browser for a person who has just given a second factor, in the caller's transaction (of the system). */
export async function rememberThisDevice(context: Context, writer: Writer, personId: string): Promise<void> {
  const { settings } = context.services;
  const token = newToken();
  const { now } = writer;
  await writer.db
    .insertInto('accounts.remembered_devices')
    .values({
      token_hash: hashToken(token),
      person_id: personId,
      device: context.device,
      address: context.address,
      remembered_at: now,
      password_changed_at: passwordSetAt(personId),
      used_at: now,
      expires_at: new Date(now.getTime() + REMEMBERED_DAYS * 86_400_000),
    })
    .execute();
  await writer.audit(deviceRemembered, { kind: 'person', id: personId }, { device: context.device });
  context.reply.setCookie(cookieName(settings), [token, ...tokensOf(context)].slice(0, TOKENS_IN_COOKIE).join('.'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.publicUrl.startsWith('https:'),
    maxAge: REMEMBERED_DAYS * 86_400,
  });
}

/** Ends remembered devices of a person, all or one. Returns how many. System's scope. */
export async function forgetDevices(writer: Writer, personId: string, reason: string, id?: string): Promise<number> {
  let update = writer.db
    .updateTable('accounts.remembered_devices')
    .set({ ended_at: writer.now, end_reason: reason })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null);
  if (id) update = update.where(sql`id::text`, '=', id);
  const { numUpdatedRows } = await update.executeTakeFirst();
  const count = Number(numUpdatedRows);
  if (count > 0) await writer.audit(devicesForgotten, { kind: 'person', id: personId }, { reason, count });
  return count;
}
