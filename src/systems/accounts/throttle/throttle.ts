import { createHmac } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '#platform/services.ts';

const WINDOW_SECONDS = 300;

/**
 * Guesses allowed in a window of 5 minutes. A window begins with its first guess, so that any 5 minutes touch two of
 * them at most: 5 for an account keep every 5 minutes at 10 or fewer (Cyber Essentials; proof.md S6), from however many
 * addresses. The counts of an address and of everybody together take only wrong guesses.
 */
const LIMITS = { account: 5, address: 50, everybody: 2000 } as const;

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
        points: LIMITS[kind],
        duration: WINDOW_SECONDS,
        blockDuration: kind === 'account' ? WINDOW_SECONDS : 0,
      });
    found = { account: make('account'), address: make('address'), everybody: make('everybody') };
    limiters.set(services, found);
  }
  return found;
}

/** What is being guessed, and from where. */
export interface Guess {
  /** What the guess is at: `log-in` or `pin`. */
  readonly kind: string;
  /** Whose it would be: a username as typed, a person's id. */
  readonly account: string;
  readonly address: string;
  /** A device on which this account was logged in before: its guesses count apart, so that others cannot lock it out. */
  readonly knownDevice?: string | null;
}

export interface Claim {
  /** Seconds until the next guess is allowed, 0 when this one is. */
  readonly waitSeconds: number;
  /** Guesses left at the account after this one. */
  readonly left: number;
  /** How many of them were made since the last right one, this one included. */
  readonly made: number;
}

/** The key of a count does not show what was typed: some type their password in the place of their name. */
function accountKey(services: Services, { kind, account, knownDevice }: Guess): string {
  const text = JSON.stringify([kind, account, knownDevice ?? null]);
  return createHmac('sha256', services.keys.sessions).update(text).digest('base64url');
}

/**
 * Asks for one guess, before the secret is looked at: it is counted at once, so that guesses made at the same time
 * do not pass together. Say afterwards whether it was right or wrong.
 */
export async function claimGuess(services: Services, guess: Guess): Promise<Claim> {
  const { account, address, everybody } = limitersOf(services);
  const [byAddress, byAll] = await Promise.all([address.get(guess.address), everybody.get('all')]);
  const waitAddress = secondsLeft(byAddress, LIMITS.address);
  const waitAll = guess.knownDevice ? 0 : secondsLeft(byAll, LIMITS.everybody);
  if (waitAddress || waitAll) return { waitSeconds: Math.max(waitAddress, waitAll), left: 0, made: 0 };
  try {
    const taken = await account.consume(accountKey(services, guess));
    return { waitSeconds: 0, left: taken.remainingPoints, made: taken.consumedPoints };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { waitSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)), left: 0, made: refused.consumedPoints };
  }
}

function secondsLeft(found: RateLimiterRes | null, points: number): number {
  return found && found.consumedPoints >= points ? Math.max(1, Math.ceil(found.msBeforeNext / 1000)) : 0;
}

/** The guess was wrong: it counts against the address and everybody as well. */
export async function guessWasWrong(services: Services, guess: Guess): Promise<void> {
  const { address, everybody } = limitersOf(services);
  await Promise.all([address.penalty(guess.address), everybody.penalty('all')]);
}

/** The guess was right: the account's count begins anew. */
export async function guessWasRight(services: Services, guess: Guess): Promise<void> {
  await limitersOf(services).account.delete(accountKey(services, guess));
}

/** "a minute", "5 minutes": a wait in words. */
export function waitInWords(seconds: number): string {
  return seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`;
}
