import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '../services.ts';

export interface ThrottleLimits {
  /** Tries allowed in one window, for each key. */
  readonly points: number;
  /** Seconds of a window; it begins with its first try. */
  readonly duration: number;
  /** Seconds to wait after the last try allowed; 0: until the window ends. */
  readonly blockDuration?: number;
}

/**
 * Counts of one kind of try, in the database, so that all processes count together. Declared once for each kind, with a
 * name that no other has; each installation of the product in a process has counts of its own.
 */
export function throttle(name: string, limits: ThrottleLimits): (services: Services) => RateLimiterPostgres {
  const made = new WeakMap<Services, RateLimiterPostgres>();
  return (services) => {
    let limiter = made.get(services);
    if (!limiter) {
      limiter = new RateLimiterPostgres({
        storeClient: services.database.pool,
        storeType: 'client',
        schemaName: 'platform',
        tableName: 'throttles',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        ...limits,
      });
      made.set(services, limiter);
    }
    return limiter;
  };
}

/** Whole seconds until the next try, at least one. */
export function secondsUntilNext(state: RateLimiterRes): number {
  return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
}

/** Counts one try: 0 when it is allowed, else the seconds to wait. */
export async function secondsToWait(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return secondsUntilNext(refused);
    throw refused;
  }
}
