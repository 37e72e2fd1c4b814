/** Whether a key opens anything today. */
export const KEY_STATES = ['working', 'expires_soon', 'expired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export const KEY_STATE_WORDS: Record<KeyState, string> = {
  working: 'Working',
  expires_soon: 'Expires soon',
  expired: 'Expired',
  revoked: 'Revoked',
};

const DAY = 86_400_000;
const SOON_DAYS = 30;

/** The state of a key at a moment. It works before the moment it expires, and no longer. */
export function keyState(key: { readonly expiresAt: Date; readonly revokedAt: Date | null }, now: Date): KeyState {
  if (key.revokedAt) return 'revoked';
  const left = key.expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left <= SOON_DAYS * DAY ? 'expires_soon' : 'working';
}
