import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { apiKeyMade, apiKeyRevoked } from '../audit.ts';
import type { NewKey } from './key-token.ts';
import { isScope, type Scope } from './scopes.ts';

/** A key of a centre as its people see it. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly madeAt: Date;
  readonly madeBy: string | null;
  readonly makerSuspended: boolean;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastUsedFrom: string | null;
  readonly revokedAt: Date | null;
  readonly revokedReason: string | null;
}

/** Every key that the centre has ever had, the newest first. */
export async function keysOf(reader: Pick<Reader, 'db'>, centreId: string): Promise<ApiKey[]> {
  const rows = await reader.db
    .selectFrom('web_portal.api_keys as k')
    .leftJoin('accounts.published_people as p', 'p.id', 'k.made_by')
    .select([
      'k.id',
      'k.name',
      'k.prefix',
      'k.scopes',
      'k.made_at as madeAt',
      'k.expires_at as expiresAt',
      'k.last_used_at as lastUsedAt',
      'k.last_used_from as lastUsedFrom',
      'k.revoked_at as revokedAt',
      'k.revoked_reason as revokedReason',
      'p.given_names',
      'p.family_name',
      'p.status as makerStatus',
    ])
    .where('k.centre_id', '=', centreId)
    .orderBy('k.made_at', 'desc')
    .orderBy('k.id', 'desc')
    .execute();
  return rows.map(({ given_names, family_name, makerStatus, scopes, ...key }) => ({
    ...key,
    scopes: scopes.filter(isScope),
    madeBy: family_name === null ? null : `${given_names} ${family_name}`,
    makerSuspended: makerStatus === 'suspended',
  }));
}

/** One key of the centre; null when it has none of this id. */
export async function keyOf(reader: Pick<Reader, 'db'>, centreId: string, keyId: string): Promise<ApiKey | null> {
  return (await keysOf(reader, centreId)).find(({ id }) => id === keyId) ?? null;
}

/** A centre has so many keys that work at most: more would be lost from sight. */
const MOST_KEYS = 20;

export interface KeyToMake {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
}

/** Enters a key of the centre. Refused when another that works has the name, or there are too many. */
export async function enterKey(writer: Writer, centreId: string, key: KeyToMake, made: NewKey): Promise<string> {
  // One at a time, so that two who make keys at one moment see each other's.
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.api-keys:${centreId}`}, 0))`);
  const working = (await keysOf(writer, centreId)).filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > writer.now,
  );
  if (working.some(({ name }) => name.toLowerCase() === key.name.toLowerCase()))
    throw new Refused([{ field: 'name', message: 'Another key has this name. Choose one that tells them apart' }]);
  if (working.length >= MOST_KEYS)
    throw new Refused(`Your centre has ${MOST_KEYS} keys that work. Revoke one that is not needed any more`);
  const { id } = await writer.db
    .insertInto('web_portal.api_keys')
    .values({
      centre_id: centreId,
      name: key.name,
      prefix: made.prefix,
      token_hash: made.hash,
      scopes: [...key.scopes],
      made_at: writer.now,
      made_by: writer.identity.personId,
      expires_at: key.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.audit(
    apiKeyMade,
    { kind: 'api-key', id },
    { name: key.name, prefix: made.prefix, scopes: [...key.scopes], expiresAt: key.expiresAt.toISOString() },
    centreId,
  );
  return id;
}

/** Ends a key from the next request on. False when it is not there or was revoked before. */
export async function revokeKey(
  writer: Writer,
  centreId: string,
  { keyId, reason }: { readonly keyId: string; readonly reason: string },
): Promise<boolean> {
  const revoked = await writer.db
    .updateTable('web_portal.api_keys')
    .set({ revoked_at: writer.now, revoked_by: writer.identity.personId, revoked_reason: reason })
    .where('id', '=', keyId)
    .where('centre_id', '=', centreId)
    .where('revoked_at', 'is', null)
    .returning(['name', 'prefix'])
    .executeTakeFirst();
  if (!revoked) return false;
  await writer.audit(apiKeyRevoked, { kind: 'api-key', id: keyId }, { ...revoked, reason }, centreId);
  return true;
}
