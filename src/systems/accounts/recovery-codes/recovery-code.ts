import { randomInt } from 'node:crypto';

/** How many codes a person is given at a time. */
export const RECOVERY_CODES = 10;

// No 0, 1, I, L, O, U: nothing that is taken for something else when it is written down, and few words by chance.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const HALF = 5;

/** One code: 10 letters and digits in two halves, 49 bits of chance. */
function newRecoveryCode(): string {
  const half = () => Array.from({ length: HALF }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${half()}-${half()}`;
}

/** Ten codes, all different. */
export function newRecoveryCodes(): readonly string[] {
  const codes = new Set<string>();
  while (codes.size < RECOVERY_CODES) codes.add(newRecoveryCode());
  return [...codes];
}

/** A code as typed, in the one way of writing it: spaces, hyphens and small letters make no difference. Null when it is none. */
export function readRecoveryCode(typed: string): string | null {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  if (plain.length !== 2 * HALF || [...plain].some((letter) => !LETTERS.includes(letter))) return null;
  return `${plain.slice(0, HALF)}-${plain.slice(HALF)}`;
}
