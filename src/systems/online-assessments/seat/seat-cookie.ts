import { hash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '#platform/settings/settings.ts';

/** The cookie of an admitted seat: with the prefix that binds it to this host where the site is served over TLS. */
function seatCookieName(settings: Settings): string {
  return settings.publicUrl.startsWith('https:') ? '__Host-seat' : 'seat';
}

/** A new token of a seat: 256 bits, base64url. */
export const newSeatToken = (): string => randomBytes(32).toString('base64url');

export const hashSeatToken = (token: string): Buffer => hash('sha256', token, 'buffer');

/** The token that the request carries, or null. */
export function seatTokenOf(settings: Settings, request: FastifyRequest): string | null {
  const token = request.cookies?.[seatCookieName(settings)];
  return token && token.length <= 64 ? token : null;
}

/** The same for setting and for clearing: a browser refuses to clear a `__Host-` cookie by one that lacks them. */
const cookieRules = ({ publicUrl }: Settings) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') }) as const;

/** Path '/': the prefix of the name demands it; requests outside /sit do not look at it. */
export function setSeatCookie(settings: Settings, reply: FastifyReply, token: string): void {
  reply.setCookie(seatCookieName(settings), token, cookieRules(settings));
}

export function clearSeatCookie(settings: Settings, reply: FastifyReply): void {
  reply.clearCookie(seatCookieName(settings), cookieRules(settings));
}
