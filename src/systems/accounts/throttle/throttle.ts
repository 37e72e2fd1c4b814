import { createHmac } from 'node:crypto';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '#platform/services.ts';
import { secondsUntilNext, throttle } from '#platform/throttle/throttle.ts';

const WINDOW_SECONDS = 300;

/**
 * Guesses allowed in a window of 5 minutes. A window begins with its first guess, so that any 5 minutes touch two of
 * them at most: 5 for an account keep every 5 minutes at 10 or fewer (Cyber Essentials; proof.md S6), from however many
 * addresses. The counts of an address and of everybody together take only wrong guesses.
 */
const LIMITS = { account: 5, address: 50, everybody: 2000 } as const;

const byAccount = throttle('account', {
  points: LIMITS.account,
  duration: WINDOW_SECONDS,
  blockDuration: WINDOW_SECONDS,
});
const byAddress = throttle('address', { points: LIMITS.address, duration: WINDOW_SECONDS });
const byEverybody = throttle('everybody', { points: LIMITS.everybody, duration: WINDOW_SECONDS });

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
  const [here, everywhere] = await Promise.all([
    byAddress(services).get(guess.address),
    byEverybody(services).get('all'),
  ]);
  const waitAddress = secondsLeft(here, LIMITS.address);
  const waitAll = guess.knownDevice ? 0 : secondsLeft(everywhere, LIMITS.everybody);
  if (waitAddress || waitAll) return { waitSeconds: Math.max(waitAddress, waitAll), left: 0, made: 0 };
  try {
    const taken = await byAccount(services).consume(accountKey(services, guess));
    return { waitSeconds: 0, left: taken.remainingPoints, made: taken.consumedPoints };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { waitSeconds: secondsUntilNext(refused), left: 0, made: refused.consumedPoints };
  }
}

function secondsLeft(found: RateLimiterRes | null, points: number): number {
  return found && found.consumedPoints >= points ? secondsUntilNext(found) : 0;
}

/** The guess was wrong: it counts against the address and everybody as well. */
export async function guessWasWrong(services: Services, guess: Guess): Promise<void> {
  await Promise.all([byAddress(services).penalty(guess.address), byEverybody(services).penalty('all')]);
}

/** The guess was right: the account's count begins anew. */
export async function guessWasRight(services: Services, guess: Guess): Promise<void> {
  await byAccount(services).delete(accountKey(services, guess));
}

/** "a minute", "5 minutes": a wait in words. */
export function waitInWords(seconds: number): string {
  return seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`;
}
