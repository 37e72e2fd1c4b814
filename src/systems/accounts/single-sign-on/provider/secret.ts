import { AsyncLocalStorage } from 'node:async_hooks';
import { timingSafeEqual } from 'node:crypto';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { secondsUntilNext, throttle } from '#platform/throttle/throttle.ts';
import { hashToken } from '../../tokens/token.ts';
import { clientSecretRefused } from '../audit.ts';

/** The network address of the server that asks: the library passes no request on to where secrets are compared. */
export const askedFrom = new AsyncLocalStorage<string>();

/**
 * Wrong secrets of one client from one address in 5 minutes. Nobody guesses 256 random bits; the limit ends the noise of a
 * wrongly set up server, and by address, so that nobody else can lock a supplier out.
 */
const WRONG_SECRETS = 10;
const bySecret = throttle('client-secret', { points: WRONG_SECRETS, duration: 300 });

/** Whether a client's secret is right, in constant time; throws once there were too many wrong ones. */
export async function secretFits(
  services: Services,
  clientId: string,
  given: string,
  storedHash: Buffer,
): Promise<boolean> {
  const address = askedFrom.getStore() ?? 'unknown';
  const key = `${clientId} ${address}`;
  const state = await bySecret(services).get(key);
  if (state && state.consumedPoints >= WRONG_SECRETS) {
    const { errors } = await import('oidc-provider');
    throw Object.assign(
      new errors.CustomOIDCProviderError(
        'slow_down',
        `there were too many wrong secrets: try again in ${secondsUntilNext(state)} seconds`,
      ),
      { status: 429, statusCode: 429 },
    );
  }
  if (timingSafeEqual(hashToken(given), storedHash)) return true;
  await bySecret(services).penalty(key);
  await services.database.write(SYSTEM, (writer) =>
    writer.audit(clientSecretRefused, { kind: 'client', id: clientId }, { address }),
  );
  return false;
}
