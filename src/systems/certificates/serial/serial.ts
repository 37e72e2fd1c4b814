/**
 * The certificate number: 11 random symbols (55 bits) and a check symbol, as C7K4-92HF-08PT. 32 symbols without I, L, O
 * and U, so that what is read from paper or over the telephone cannot be mistaken; the check symbol tells a typing error
 * from a number that was never given (domain 5, General Condition I3.2).
 */
import { randomBytes } from 'node:crypto';

/** The symbols by their value, 0 to 31. */
export const SERIAL_SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Symbols of a number, the check symbol included. */
export const SERIAL_LENGTH = 12;

/**
 * Powers of the generator 2 of the field GF(32) with x^5 + x^2 + 1. Place i weighs 2^i: the weights of all places
 * differ, so a wrong symbol anywhere and any two symbols exchanged always break the sum.
 */
const WEIGHTS: readonly number[] = powersOfTwo(SERIAL_LENGTH);

function powersOfTwo(count: number): number[] {
  const powers = [1];
  while (powers.length < count) powers.push(times(powers.at(-1) as number, 2));
  return powers;
}

/** Product in GF(32). */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 8; bit >= 5; bit -= 1) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
  return product;
}

function sumOf(values: readonly number[], places: readonly number[]): number {
  return values.reduce((sum, value, index) => sum ^ times(value, places[index] as number), 0);
}

/** A new number, from the system's source of randomness. Whether it was given before, the register says. */
export function newSerial(random: (bytes: number) => Uint8Array = randomBytes): string {
  const values = [...random(SERIAL_LENGTH - 1)].map((byte) => byte & 31);
  // The check symbol stands last, in the place of weight 1.
  const check = sumOf(values, WEIGHTS.slice(1));
  return [...values, check].map((value) => SERIAL_SYMBOLS[value]).join('');
}

/** Whether the check symbol fits. `symbols` are 12 of the alphabet. */
export function checkSymbolFits(symbols: string): boolean {
  const values = [...symbols].map((symbol) => SERIAL_SYMBOLS.indexOf(symbol));
  return sumOf(values, [...WEIGHTS.slice(1), 1]) === 0;
}

export type SerialReading =
  | { readonly kind: 'serial'; readonly serial: string }
  /** Nothing was typed. */
  | { readonly kind: 'empty' }
  /** Too few or too many symbols, or one that no number has: `symbols` were understood. */
  | { readonly kind: 'shape'; readonly symbols: number }
  /** 12 symbols whose check symbol does not fit: a typing error, or never one of ours. */
  | { readonly kind: 'altered' };

/** Reads a number as people type it: any case, spaces and hyphens or none, O for 0, I and L for 1. */
export function readSerial(typed: string): SerialReading {
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}_./]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (symbols === '') return { kind: 'empty' };
  const known = [...symbols].filter((symbol) => SERIAL_SYMBOLS.includes(symbol));
  if (known.length !== symbols.length || known.length !== SERIAL_LENGTH)
    return { kind: 'shape', symbols: known.length };
  return checkSymbolFits(symbols) ? { kind: 'serial', serial: symbols } : { kind: 'altered' };
}

/** As it is shown and printed: C7K4-92HF-08PT. */
export function formatSerial(serial: string): string {
  return serial.replace(/(.{4})(?=.)/g, '$1-');
}
