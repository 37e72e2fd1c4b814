/** Guessing at a seat: counted by session code and by address, in the database, so that all processes count together. */
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '#platform/services.ts';

// A whole room mistypes now and then; a guesser needs millions.
const LIMITS = {
  code: { points: 30, duration: 300, blockDuration: 300 },
  address: { points: 60, duration: 300, blockDuration: 300 },
} as const;
type Limited = keyof typeof LIMITS;

const limiters = new WeakMap<Services, Record<Limited, RateLimiterPostgres>>();

function limitersOf(services: Services): Record<Limited, RateLimiterPostgres> {
  let found = limiters.get(services);
  if (!found) {
    const make = (kind: Limited) =>
      new RateLimiterPostgres({
        storeClient: services.database.pool,
        storeType: 'client',
        schemaName: 'platform',
        tableName: 'throttles',
        tableCreated: true,
        keyPrefix: `seat ${kind}`,
        clearExpiredByTimeout: false,
        ...LIMITS[kind],
      });
    found = { code: make('code'), address: make('address') };
    limiters.set(services, found);
  }
  return found;
}

/**
 * Counts a try before anything is looked up. Returns the seconds to wait, or 0. A try that was right is given back by
 * `giveBack`.
 */
export async function claimTry(services: Services, guess: { code: string; address: string }): Promise<number> {
  const { code, address } = limitersOf(services);
  const consume = async (limiter: RateLimiterPostgres, key: string): Promise<number> => {
    try {
      await limiter.consume(key);
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw error;
    }
  };
  return Math.max(await consume(code, guess.code), await consume(address, guess.address));
}

export async function giveBack(services: Services, guess: { code: string; address: string }): Promise<void> {
  const { code, address } = limitersOf(services);
  await Promise.all([code.reward(guess.code), address.reward(guess.address)]);
}
