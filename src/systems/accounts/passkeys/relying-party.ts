import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '#platform/settings/settings.ts';

/** The name that passkeys are bound to, and the one origin whose pages may use them. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * The site as passkeys know it: the name in `PUBLIC_URL`. Browsers bind passkeys to names, not to addresses of numbers;
 * on a server that only this machine reaches, `localhost` serves as well. Null where passkeys cannot work.
 */
export function relyingPartyOf(
  settings: Pick<Settings, 'publicUrl' | 'loopback' | 'tls'>,
  host: string,
): RelyingParty | null {
  const site = new URL(settings.publicUrl);
  if (!isIP(site.hostname.replace(/^\[|\]$/g, ''))) return { id: site.hostname, origin: site.origin };
  if (!settings.loopback || !/^localhost(:\d{1,5})?$/.test(host)) return null;
  return { id: 'localhost', origin: `${settings.tls ? 'https' : 'http'}://${host}` };
}

export function relyingParty(settings: Settings, request: FastifyRequest): RelyingParty | null {
  return relyingPartyOf(settings, request.host);
}
