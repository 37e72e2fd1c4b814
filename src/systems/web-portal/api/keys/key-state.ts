/** Whether a key opens anything today. */
export const KEY_STATES = ['working', 'expires_soon', 'stopped', 'expired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export const KEY_STATE_WORDS: Record<KeyState, string> = {
  working: 'Working',
  expires_soon: 'Expires soon',
  stopped: 'Stopped',
  expired: 'Expired',
  revoked: 'Revoked',
};

const DAY = 86_400_000;
const SOON_DAYS = 30;

interface KeyFacts {
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** Who made it, and may know it still, is suspended. */
  readonly makerSuspended: boolean;
}

/**
 * The state of a key at a moment. It works before the moment it expires, and no longer. It belongs to the centre and
 * outlives the membership of its maker, but it opens nothing while that person is suspended.
 */
export function keyState(key: KeyFacts, now: Date): KeyState {
  if (key.revokedAt) return 'revoked';
  const left = key.expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  if (key.makerSuspended) return 'stopped';
  return left <= SOON_DAYS * DAY ? 'expires_soon' : 'working';
}
