import { createHmac } from 'node:crypto';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '#platform/services.ts';
import { secondsToWait, secondsUntilNext, throttle } from '#platform/throttle/throttle.ts';
import { networkOf } from './network.ts';

const WINDOW_SECONDS = 300;

/**
 * Guesses allowed in a window of 5 minutes. A window begins with its first guess, so that any 5 minutes touch two of
 * them at most: 5 for an account keep every 5 minutes at 10 or fewer (Cyber Essentials; proof.md S6), from however many
 * addresses. An address (IPv6: its network) and everybody together are counted by wrong guesses.
 */
const LIMITS = { account: 5, address: 50, everybody: 2000 } as const;

const byAccount = throttle('account', {
  points: LIMITS.account,
  duration: WINDOW_SECONDS,
  blockDuration: WINDOW_SECONDS,
});
const byPerson = throttle('person', {
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
  /** How many were made in this window, this one included and right ones left out. */
  readonly made: number;
}

/** The key of a count does not show what was typed: some type their password in the place of their name. */
function accountKey(services: Services, { kind, account, knownDevice }: Guess): string {
  const text = JSON.stringify([kind, account, knownDevice ?? null]);
  return createHmac('sha256', services.keys.sessions).update(text).digest('base64url');
}

/**
 * Asks for one guess, before the secret is looked at: it is counted at once, at the account and at the address, so that
 * guesses made at the same time do not pass together. Say afterwards whether it was right or wrong. A known device is
 * held by its own count alone: neither its network nor everybody's guesses lock it out.
 */
export async function claimGuess(services: Services, guess: Guess): Promise<Claim> {
  if (!guess.knownDevice) {
    const wait = await claimPlace(services, guess);
    if (wait) return { waitSeconds: wait, left: 0, made: 0 };
  }
  try {
    const taken = await byAccount(services).consume(accountKey(services, guess));
    return { waitSeconds: 0, left: taken.remainingPoints, made: taken.consumedPoints };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    await giveBackPlace(services, guess);
    return { waitSeconds: secondsUntilNext(refused), left: 0, made: refused.consumedPoints };
  }
}

/** Takes one guess of the address; 0, or the seconds to wait. */
async function claimPlace(services: Services, { address }: Guess): Promise<number> {
  const everywhere = await byEverybody(services).get('all');
  const waitAll = secondsLeft(everywhere, LIMITS.everybody);
  return waitAll || secondsToWait(byAddress(services), networkOf(address));
}

async function giveBackPlace(services: Services, guess: Guess): Promise<void> {
  if (!guess.knownDevice) await byAddress(services).reward(networkOf(guess.address));
}

/** The guess with the account that was found: an account has several names, and its guesses count together. */
const atPerson = (guess: Guess, personId: string | null): Guess => ({
  ...guess,
  kind: `${guess.kind} of one person`,
  account: personId ?? guess.account,
});

/**
 * Whether the account that was found may be guessed at once more, by whichever of its names. The answer must not show
 * that it may not: the same wait for two names would say that they belong together. Null: no account; the same work.
 */
export async function claimAtPerson(services: Services, guess: Guess, personId: string | null): Promise<boolean> {
  return (await secondsToWait(byPerson(services), accountKey(services, atPerson(guess, personId)))) === 0;
}

function secondsLeft(found: RateLimiterRes | null, points: number): number {
  return found && found.consumedPoints >= points ? secondsUntilNext(found) : 0;
}

/** The guess was wrong: it stays counted, and counts against everybody as well. */
export async function guessWasWrong(services: Services, guess: Guess): Promise<void> {
  if (!guess.knownDevice) await byEverybody(services).penalty('all');
}

/** The guess was right: it is taken back from all counts. The wrong ones stay, or the owner's log-in would hand others new guesses. */
export async function guessWasRight(services: Services, guess: Guess, personId?: string): Promise<void> {
  await giveBackPlace(services, guess);
  await byAccount(services).reward(accountKey(services, guess));
  if (personId) await byPerson(services).reward(accountKey(services, atPerson(guess, personId)));
}

/** "a minute", "5 minutes": a wait in words. */
export function waitInWords(seconds: number): string {
  return seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`;
}
