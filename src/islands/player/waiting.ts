/** The waiting page: goes on by itself when the invigilator has confirmed who the candidate is. */
import { ask, isState } from './server.ts';

const EVERY_MS = 3_000;

/** Asks until the seat belongs elsewhere. */
export async function waitForAdmission(): Promise<void> {
  for (;;) {
    const reply = await ask('GET', '/sit/state').catch(() => null);
    if (reply && isState(reply)) {
      const admitted = reply.body.state === 'checked_in';
      if (admitted && !document.querySelector('a[href="/sit/test"]')) return location.reload();
      if (!admitted && reply.body.goTo !== '/sit/waiting') return location.replace(reply.body.goTo);
    }
    if (reply?.status === 401) return location.replace('/sit');
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
