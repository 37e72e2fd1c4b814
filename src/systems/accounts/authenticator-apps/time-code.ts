import { Secret, TOTP } from 'otpauth';

/** Seconds that one code of an authenticator app stands for (RFC 6238). */
const STEP_SECONDS = 30;
/** How many periods before and after the present one are taken, for clocks that go wrong (RFC 6238 5.2). */
const WINDOW = 1;

function codesOf(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  // What all authenticator apps know; other values are ignored by some of them.
  return new TOTP({
    ...names,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
  });
}

/** A new secret of 160 bits, in base 32: 32 letters and digits. */
export function newAppSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address in the square code that an app reads: names the service and the account. */
export function appAddress(secret: string, names: { readonly issuer: string; readonly username: string }): string {
  return codesOf(secret, { issuer: names.issuer, label: names.username }).toString();
}

/** The 6 digits as typed, without spaces; null when it is something else. */
export function readTimeCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '');
  return /^\d{6}$/.test(code) ? code : null;
}

/**
 * The period (30 seconds each since 1970) whose code this is: the present one, the one before or the one after. Null
 * for any other code, and for a period that is not later than `lastStep`: no code is taken twice (RFC 6238 5.2).
 */
export function stepOfCode(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const delta = codesOf(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** A secret in groups of four, to be typed by hand. */
export function secretInGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
