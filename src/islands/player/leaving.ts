/** After the end: nothing of the candidate stays on a shared machine. */
import { forgetLook } from './look.ts';
import type { Opened } from './open-seat.ts';
import { forgetShell } from './shell-keeper.ts';

/** Removes journal, keys, pictures, shell and choices. A disk that refuses is no reason to keep the candidate waiting. */
export async function finishedWith({ device, paper }: Pick<Opened, 'device' | 'paper'>): Promise<void> {
  forgetLook();
  await Promise.allSettled([device?.forget(paper.sittingId), forgetShell()]);
}
