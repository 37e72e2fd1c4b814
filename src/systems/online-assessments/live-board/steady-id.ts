import { createHash } from 'node:crypto';

/**
 * A submission id made of what a button is about, in place of a random one: the board shows the same button with the
 * same id every five seconds, and two presses on the same state of a seat take effect once.
 */
export function steadyId(...parts: readonly (string | number | Date)[]): string {
  const text = parts.map((part) => (part instanceof Date ? part.toISOString() : String(part))).join('|');
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
