import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { secondFactorRefused } from '../second-factors/audit.ts';
import { newChallenge, type Purpose, takeChallenge } from './challenges.ts';
import { userHandleOf } from './register.ts';
import { type RelyingParty, relyingParty } from './relying-party.ts';

const assertion = z.object({
  id: z.string().max(1400),
  rawId: z.string().max(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: z.string().max(10_000),
    authenticatorData: z.string().max(10_000),
    signature: z.string().max(10_000),
    userHandle: z.string().max(200).optional(),
  }),
});

/** What the browser needs to use a passkey: any of this person, or, for null, any that it holds for this site. */
export async function proofOptions(
  context: Context,
  party: RelyingParty,
  purpose: Exclude<Purpose, 'registration'>,
  personId: string | null,
) {
  const held =
    personId === null
      ? []
      : await context.services.database.read(SYSTEM, ({ db }) =>
          db
            .selectFrom('accounts.passkeys')
            .select(['credential_id', 'transports'])
            .where('person_id', '=', personId)
            .where('removed_at', 'is', null)
            .execute(),
        );
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: new Uint8Array(Buffer.from(await newChallenge(context, purpose, personId), 'base64url')),
    userVerification: 'required',
    allowCredentials: held.map((one) => ({ id: one.credential_id, transports: one.transports })),
  });
}

type Why = 'wrong' | 'challenge' | 'unknown' | 'another-person' | 'counter';

export type Proof = { readonly personId: string; readonly username: string } | null;

/**
 * Who has just used a passkey in this browser, with PIN, finger or face; null when anything about it is wrong, which
 * is recorded. The challenge is spent in either case. With `personId` only a passkey of that person counts.
 */
export async function proveByPasskey(
  context: Context,
  purpose: Exclude<Purpose, 'registration'>,
  personId: string | null,
  typed: unknown,
): Promise<Proof> {
  const { services, request, address } = context;
  const party = relyingParty(services.settings, request);
  const challenge = await takeChallenge(context, purpose, personId);
  const parsed = assertion.safeParse(typed);
  if (!party || !parsed.success) return null;
  const refuse = async (why: Why, owner: string | null): Promise<null> => {
    await services.database.write({ kind: 'system', ...(personId ? { personId } : {}) }, (writer) =>
      writer.audit(
        secondFactorRefused,
        { kind: 'person', id: personId ?? owner ?? 'unknown' },
        { factor: 'passkey', why, address },
      ),
    );
    return null;
  };
  const passkey = await findPasskey(context, parsed.data.id);
  if (!challenge) return refuse('challenge', passkey?.person_id ?? null);
  if (!passkey) return refuse('unknown', null);
  const owner = passkey.person_id;
  const handle = parsed.data.response.userHandle;
  if (personId !== null && owner !== personId) return refuse('another-person', owner);
  if (handle !== undefined && !userHandleOf(owner).equals(Buffer.from(handle, 'base64url')))
    return refuse('another-person', owner);
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyAuthenticationResponse({
    response: { ...parsed.data, clientExtensionResults: {} } as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    // The counter is judged below, under a lock: two answers of one authenticator may come at the same time.
    credential: { id: parsed.data.id, publicKey: new Uint8Array(passkey.public_key), counter: 0 },
  }).catch(() => null);
  if (!verified?.verified) return refuse('wrong', owner);
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  const counted = await services.database.write(SYSTEM, async ({ db, now }) => {
    const held = await db
      .selectFrom('accounts.passkeys')
      .select('counter')
      .where('id', '=', passkey.id)
      .where('removed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!held || !counterMayFollow(held.counter, newCounter)) return false;
    await db
      .updateTable('accounts.passkeys')
      .set({ counter: newCounter, backed_up: credentialBackedUp, used_at: now })
      .where('id', '=', passkey.id)
      .execute();
    return true;
  });
  return counted ? { personId: owner, username: passkey.username } : refuse('counter', owner);
}

/**
 * Whether an authenticator that counted to `last` may count `next` now (WebAuthn 6.1.1): it goes up with each use, or
 * stays 0 for ever. One that does not is a copy.
 */
export function counterMayFollow(last: number, next: number): boolean {
  return (last === 0 && next === 0) || next > last;
}

async function findPasskey({ services }: Context, credentialId: string) {
  return services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.passkeys as k')
      .innerJoin('accounts.people as p', 'p.id', 'k.person_id')
      .innerJoin('accounts.credentials as c', 'c.person_id', 'k.person_id')
      .select(['k.id', 'k.person_id', 'k.public_key', 'c.username'])
      .where('k.credential_id', '=', credentialId)
      .where('k.removed_at', 'is', null)
      .where('p.status', '=', 'active')
      .executeTakeFirst(),
  );
}
