import type { UserState } from '../users/user-state.ts';

/** The one thing a coordinator does next about a user; null when it is the user's move, or nothing is left to do. */
export type NextAct = 'send' | 'send_again' | 'change_email' | 'withdraw';

/** After so many hours without a look at the link, the address is the likeliest reason. */
const CHECK_ADDRESS_AFTER_HOURS = 24;

export interface OnTheWay {
  readonly state: UserState;
  readonly email: string | null;
  readonly sentAt: Date | null;
}

/**
 * Send what was never sent or ran out; look at the address when nobody opened the link for a day; before that an
 * invitation can be taken back. Somebody who opened the link, or has an account, is reminded by the same mail.
 */
export function nextAct({ state, email, sentAt }: OnTheWay, now: Date): NextAct | null {
  if (state === 'activated' || state === 'suspended' || email === null) return null;
  if (state === 'not_invited') return 'send';
  if (state !== 'invited') return 'send_again';
  const hours = sentAt === null ? 0 : (now.getTime() - sentAt.getTime()) / 3_600_000;
  return hours >= CHECK_ADDRESS_AFTER_HOURS ? 'change_email' : 'withdraw';
}
