import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '#platform/services.ts';

/** At most 10 wrong passwords for one account in 5 minutes (Cyber Essentials), and 50 from one address. */
const LIMITS = {
  account: { points: 10, duration: 300, blockDuration: 300 },
  address: { points: 50, duration: 300, blockDuration: 300 },
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
        keyPrefix: kind,
        clearExpiredByTimeout: false,
        ...LIMITS[kind],
      });
    found = { account: make('account'), address: make('address') };
    limiters.set(services, found);
  }
  return found;
}

/** What is being guessed (a username, a PIN), and from where. */
export interface Guess {
  readonly account: string;
  readonly address: string;
}

/** Seconds until the next guess is allowed, or 0. */
export async function secondsToWait(services: Services, guess: Guess): Promise<number> {
  const { account, address } = limitersOf(services);
  const [byAccount, byAddress] = await Promise.all([account.get(guess.account), address.get(guess.address)]);
  const wait = (found: RateLimiterRes | null, points: number) =>
    found && found.consumedPoints >= points ? Math.ceil(found.msBeforeNext / 1000) : 0;
  return Math.max(wait(byAccount, LIMITS.account.points), wait(byAddress, LIMITS.address.points));
}

/** Counts a wrong guess. */
export async function countWrongGuess(services: Services, guess: Guess): Promise<void> {
  const { account, address } = limitersOf(services);
  const swallowBlock = (error: unknown) => {
    if (!(error instanceof RateLimiterRes)) throw error;
  };
  await Promise.all([
    account.consume(guess.account).catch(swallowBlock),
    address.consume(guess.address).catch(swallowBlock),
  ]);
}

/** Forgets the wrong guesses at an account after a right one. */
export async function forgetGuesses(services: Services, guess: Guess): Promise<void> {
  await limitersOf(services).account.delete(guess.account);
}
