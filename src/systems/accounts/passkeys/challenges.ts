import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Settings } from '#platform/settings/settings.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';
import { hashToken, newToken } from '../tokens/token.ts';

export type Purpose = 'log-in' | 'second-step' | 'confirmation' | 'registration';

const MINUTES = 5;

/** Each stores a row, and one of them can be asked for by anybody. */
const byAddress = throttle('passkey-challenge', { points: 60, duration: 300 });

const cookieName = ({ publicUrl }: Settings) => (publicUrl.startsWith('https:') ? '__Host-passkey' : 'passkey');
const cookieRules = ({ publicUrl }: Settings) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') }) as const;

/** Seconds to wait until this address may ask for another challenge, 0 when it may now. */
export function secondsUntilChallenge({ services, address }: Context): Promise<number> {
  return secondsToWait(byAddress(services), address);
}

/** A challenge for this browser alone, for one purpose, for five minutes. */
export async function newChallenge(context: Context, purpose: Purpose, personId: string | null): Promise<string> {
  const { services, reply } = context;
  const token = newToken();
  const challenge = newToken();
  await services.database.write(SYSTEM, async ({ db, now }) => {
    await db
      .deleteFrom('accounts.passkey_challenges')
      .where('expires_at', '<', new Date(now.getTime() - 3_600_000))
      .execute();
    await db
      .insertInto('accounts.passkey_challenges')
      .values({
        token_hash: hashToken(token),
        challenge,
        purpose,
        person_id: personId,
        expires_at: new Date(now.getTime() + MINUTES * 60_000),
      })
      .execute();
  });
  reply.setCookie(cookieName(services.settings), token, {
    ...cookieRules(services.settings),
    maxAge: MINUTES * 60,
  });
  return challenge;
}

/** Takes the challenge of this browser, which is spent by that, whatever comes of it. Null when there is none. */
export async function takeChallenge(
  context: Context,
  purpose: Purpose,
  personId: string | null,
): Promise<string | null> {
  const { services, request, reply } = context;
  const token = request.cookies[cookieName(services.settings)];
  if (!token) return null;
  reply.clearCookie(cookieName(services.settings), cookieRules(services.settings));
  return services.database.write(SYSTEM, async ({ db, now }) => {
    const taken = await db
      .updateTable('accounts.passkey_challenges')
      .set({ used_at: now })
      .where('token_hash', '=', hashToken(token))
      .where('purpose', '=', purpose)
      .where('person_id', personId === null ? 'is' : '=', personId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('challenge')
      .executeTakeFirst();
    return taken?.challenge ?? null;
  });
}
