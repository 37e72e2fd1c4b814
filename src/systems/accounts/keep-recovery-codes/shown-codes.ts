import { z } from 'zod';
import type { Context } from '#platform/http/context.ts';
import { KeysError } from '#platform/keys/key-files.ts';
import type { Settings } from '#platform/settings/settings.ts';

/**
 * New recovery codes are stored as hashes alone. So that their page can be loaded again, printed and saved without
 * script, the browser that made them carries them for ten minutes in a cookie that only the server can open.
 */
const MINUTES = 10;

const cookieName = ({ publicUrl }: Settings) =>
  publicUrl.startsWith('https:') ? '__Host-recovery-codes' : 'recovery-codes';
const cookieRules = ({ publicUrl }: Settings) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') }) as const;
const ownerOf = (personId: string) => `recovery codes shown to ${personId}`;

const shown = z.object({ codes: z.array(z.string()), until: z.number() });

export function showCodesOnce({ services, reply, now }: Context, personId: string, codes: readonly string[]): void {
  const until = now.getTime() + MINUTES * 60_000;
  const sealed = services.keys.secondFactors.encrypt(JSON.stringify({ codes, until }), ownerOf(personId));
  reply.setCookie(cookieName(services.settings), sealed.toString('base64url'), {
    ...cookieRules(services.settings),
    maxAge: MINUTES * 60,
  });
}

/** The codes that this person made in this browser a few minutes ago, or null. */
export function shownCodes({ services, request, now }: Context, personId: string): readonly string[] | null {
  const sealed = request.cookies[cookieName(services.settings)];
  if (!sealed) return null;
  try {
    const text = services.keys.secondFactors.decrypt(Buffer.from(sealed, 'base64url'), ownerOf(personId));
    const { codes, until } = shown.parse(JSON.parse(text));
    return until > now.getTime() ? codes : null;
  } catch (error) {
    // Made for somebody else who uses this browser, or tampered with.
    if (error instanceof KeysError) return null;
    throw error;
  }
}

export function hideCodes({ services, reply }: Context): void {
  reply.clearCookie(cookieName(services.settings), cookieRules(services.settings));
}
