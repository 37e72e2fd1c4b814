import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Context } from '#platform/http/context.ts';
import { type KeyPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';
import { keyState } from '../keys/key-state.ts';
import { hashKey, keyIn } from '../keys/key-token.ts';
import { isScope, SCOPE_FACTS, type Scope } from '../keys/scopes.ts';
import { Problem } from './problem.ts';

/** Requests of one key in a minute. */
const REQUESTS_A_MINUTE = 120;
const byKey = throttle('api-key', { points: REQUESTS_A_MINUTE, duration: 60 });
/** Nobody guesses 256 random bits: the limit ends the noise of a program that was set up wrongly. */
const wrongByAddress = throttle('api-wrong-key', { points: 60, duration: 60 });

/** Last use is written down when it is this old, or came from another address: not at each request. */
const NOTED_EVERY_MS = 60_000;

export interface KnownKey {
  readonly principal: KeyPrincipal;
  readonly scopes: ReadonlySet<Scope>;
  readonly centre: { readonly id: string; readonly name: string; readonly number: string };
}

/** Whose key a request carries. Throws a Problem: 401 without one that works, 429 when it asks too often. Cookies say nothing here. */
export async function knownKey(context: Context): Promise<KnownKey> {
  const { services, address, now } = context;
  const token = keyIn(context.request.headers.authorization);
  const found =
    token &&
    (await services.database.read(SYSTEM, ({ db }) =>
      db
        .selectFrom('web_portal.api_keys as k')
        .innerJoin('accounts.published_organisations as o', 'o.id', 'k.centre_id')
        .leftJoin('accounts.published_people as p', 'p.id', 'k.made_by')
        .select([
          'k.id',
          'k.name',
          'k.scopes',
          'k.centre_id as centreId',
          'k.expires_at as expiresAt',
          'k.revoked_at as revokedAt',
          'k.last_used_at as lastUsedAt',
          'k.last_used_from as lastUsedFrom',
          'o.name as centreName',
          'o.number as centreNumber',
          'p.status as makerStatus',
        ])
        .where('k.token_hash', '=', hashKey(token))
        .executeTakeFirst(),
    ));
  if (!found) {
    const wait = await secondsToWait(wrongByAddress(services), address);
    if (wait > 0) throw tooMany('There were too many requests without a key that works', wait);
    throw noKey(token ? 'The key is not known' : 'Send the header Authorization: Bearer with a key of the centre');
  }
  // Counted before it is judged: a program that goes on with a key that has ended is slowed down as well.
  const wait = await secondsToWait(byKey(services), found.id);
  if (wait > 0) throw tooMany(`A key may make ${REQUESTS_A_MINUTE} requests a minute`, wait);
  const state = keyState({ ...found, makerSuspended: found.makerStatus === 'suspended' }, now);
  if (state === 'revoked') throw noKey('The key is revoked. Ask the coordinator of the centre for another');
  if (state === 'expired')
    throw noKey(`The key expired on ${dayInLondon(found.expiresAt)}. Ask the coordinator of the centre for another`);
  if (state === 'stopped')
    throw noKey('The person who made the key is suspended. Ask a coordinator of the centre for another');
  await noteUse(context, found);
  const scopes = new Set(found.scopes.filter(isScope));
  return {
    principal: {
      kind: 'key',
      keyId: found.id,
      name: found.name,
      centreId: found.centreId,
      capabilities: new Set([...scopes].map((scope) => SCOPE_FACTS[scope].capability)),
    },
    scopes,
    centre: { id: found.centreId, name: found.centreName, number: found.centreNumber },
  };
}

async function noteUse(
  { services, address, now }: Context,
  key: { id: string; lastUsedAt: Date | null; lastUsedFrom: string | null },
): Promise<void> {
  const fresh = key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < NOTED_EVERY_MS;
  if (fresh && key.lastUsedFrom === address) return;
  await services.database.write(SYSTEM, ({ db }) =>
    db
      .updateTable('web_portal.api_keys')
      .set({ last_used_at: now, last_used_from: address })
      .where('id', '=', key.id)
      .execute(),
  );
}

const noKey = (detail: string) => new Problem('no-key', detail, { headers: { 'www-authenticate': 'Bearer' } });
const tooMany = (detail: string, seconds: number) =>
  new Problem('too-many', `${detail}. Wait ${seconds} s`, { headers: { 'retry-after': String(seconds) } });
