/** Guessing at a seat: counted by session code and by address. */
import type { Services } from '#platform/services.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';

// A whole room mistypes now and then; a guesser needs millions.
const byCode = throttle('seat code', { points: 30, duration: 300, blockDuration: 300 });
const byAddress = throttle('seat address', { points: 60, duration: 300, blockDuration: 300 });

/**
 * Counts a try before anything is looked up. Returns the seconds to wait, or 0. A try that was right is given back by
 * `giveBack`.
 */
export async function claimTry(services: Services, guess: { code: string; address: string }): Promise<number> {
  return Math.max(
    await secondsToWait(byCode(services), guess.code),
    await secondsToWait(byAddress(services), guess.address),
  );
}

export async function giveBack(services: Services, guess: { code: string; address: string }): Promise<void> {
  await Promise.all([byCode(services).reward(guess.code), byAddress(services).reward(guess.address)]);
}
