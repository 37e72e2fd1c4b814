import { randomInt } from 'node:crypto';

// Without what is mistaken for something else: I, O, 0 and 1 (the pattern stands in the table too).
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const DIGITS = '23456789';
export const CODE_PATTERN = /^[A-HJ-NP-Z2-9]{3}-[2-9]{3}$/;

const pick = (from: string, count: number) =>
  Array.from({ length: count }, () => from[randomInt(from.length)]).join('');

/** A new code of a session, such as "K7P-482": 16 million, so that throttling makes guessing hopeless. */
export function newSessionCode(): string {
  return `${pick(LETTERS, 3)}-${pick(DIGITS, 3)}`;
}

/** The code as people type it: small letters, spaces, no hyphen. Null when it cannot be a code. */
export function readSessionCode(typed: string): string | null {
  const compact = typed.toUpperCase().replace(/[\s-]/g, '');
  const code = `${compact.slice(0, 3)}-${compact.slice(3)}`;
  return CODE_PATTERN.test(code) ? code : null;
}
