import { randomInt } from 'node:crypto';

/** Digits of a PIN (proof.md, PINs): enough only together with an e-mail address or a password. */
const PIN_DIGITS = 8;

/** A new PIN: 8 unpredictable digits, zeros in front included. */
export function newPin(): string {
  return String(randomInt(0, 10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0');
}

/** The digits of a PIN as somebody typed it, with spaces or hyphens between them; null when it cannot be a PIN. */
export function readPin(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{8}$/.test(digits) ? digits : null;
}

/** A PIN in two groups of four, as it is shown. */
export function showPin(pin: string): string {
  return `${pin.slice(0, 4)} ${pin.slice(4)}`;
}
