import { createHmac } from 'node:crypto';
import type { Services } from '#platform/services.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';
import { networkOf } from './network.ts';

const QUARTER = 900;
const HOUR = 3600;

/** Mails that anybody may ask for without a log-in: few for what is typed, some from a network, a bounded number in all. */
const byTyped = throttle('mail request typed', { points: 3, duration: QUARTER });
const byNetwork = throttle('mail request network', { points: 20, duration: QUARTER });
const inAll = throttle('mail request all', { points: 1000, duration: HOUR });
/** Mails to one person, whether asked for by username or by address: counted where nobody sees the count. */
const byPerson = throttle('mail request person', { points: 5, duration: HOUR });
/** Mailed links that do not exist, from one network. */
const byWrongLink = throttle('wrong link', { points: 50, duration: 300 });

/** Asks for one mail: 0, or the seconds to wait, which depend on what is typed alone and not on what is known of it. */
export async function claimMailRequest(services: Services, typed: string, address: string): Promise<number> {
  const key = createHmac('sha256', services.keys.sessions).update(`mail request ${typed}`).digest('base64url');
  return (
    (await secondsToWait(byNetwork(services), networkOf(address))) ||
    (await secondsToWait(byTyped(services), key)) ||
    (await secondsToWait(inAll(services), 'all'))
  );
}

/** Whether this person is mailed once more on request. */
export async function mayMailPerson(services: Services, personId: string): Promise<boolean> {
  return (await secondsToWait(byPerson(services), personId)) === 0;
}

/** Whether this network tried too many links that do not exist. */
export async function triedTooManyLinks(services: Services, address: string): Promise<boolean> {
  const found = await byWrongLink(services).get(networkOf(address));
  return found !== null && found.consumedPoints >= 50;
}

/** Counts a link that does not exist. */
export async function linkWasWrong(services: Services, address: string): Promise<void> {
  await byWrongLink(services).penalty(networkOf(address));
}
