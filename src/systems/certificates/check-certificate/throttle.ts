import type { Services } from '#platform/services.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';

/** Checks that find nothing, per address in 5 minutes. Those that find a certificate are free: employers check many. */
const misses = throttle('certificate-check', { points: 20, duration: 300 });

/** Counts a check before it looks, so that checks made at the same time do not pass together. Seconds to wait, 0 when it may. */
export async function claimCheck(services: Services, address: string): Promise<number> {
  return secondsToWait(misses(services), address);
}

/** The check found a certificate: it does not count. */
export async function checkFound(services: Services, address: string): Promise<void> {
  await misses(services).reward(address);
}
