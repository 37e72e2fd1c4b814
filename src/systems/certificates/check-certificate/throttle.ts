import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '#platform/services.ts';

/** Checks that find nothing, per address in 5 minutes. Those that find a certificate are free: employers check many. */
const MISSES_ALLOWED = 20;
const WINDOW_SECONDS = 300;

const limiters = new WeakMap<Services, RateLimiterPostgres>();

function limiterOf(services: Services): RateLimiterPostgres {
  let found = limiters.get(services);
  if (!found) {
    found = new RateLimiterPostgres({
      storeClient: services.database.pool,
      storeType: 'client',
      schemaName: 'platform',
      tableName: 'throttles',
      tableCreated: true,
      keyPrefix: 'certificate-check',
      clearExpiredByTimeout: false,
      points: MISSES_ALLOWED,
      duration: WINDOW_SECONDS,
    });
    limiters.set(services, found);
  }
  return found;
}

/** Counts a check before it looks, so that checks made at the same time do not pass together. Seconds to wait, 0 when it may. */
export async function claimCheck(services: Services, address: string): Promise<number> {
  try {
    await limiterOf(services).consume(address);
    return 0;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}

/** The check found a certificate: it does not count. */
export async function checkFound(services: Services, address: string): Promise<void> {
  await limiterOf(services).reward(address);
}
