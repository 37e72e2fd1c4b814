/**
 * Deterministic chance: the same seed gives the same order on every machine and in every release, so that a form can be
 * rebuilt from its stored seed. Numbers come from SHA-256 in counter mode: block i = SHA-256(seed digest, i as 32 bits,
 * big endian), read as 32-bit words. Whoever does not know the seed cannot guess the order; so seeds come from a
 * cryptographic source and stay on the server.
 */
import { createHash } from 'node:crypto';

export type Seed = string | Uint8Array;

function digest(seed: Seed): Buffer {
  return createHash('sha256').update(seed).digest();
}

/** A stream of unbiased whole numbers from a seed. */
export class SeededNumbers {
  readonly #seed: Buffer;
  #counter = 0;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(seed: Seed) {
    this.#seed = digest(seed);
  }

  #word(): number {
    if (this.#at >= this.#block.length) {
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(this.#counter++);
      this.#block = createHash('sha256').update(this.#seed).update(counter).digest();
      this.#at = 0;
    }
    const word = this.#block.readUInt32BE(this.#at);
    this.#at += 4;
    return word;
  }

  /** A whole number from 0 up to, not including, `bound` (1 to 2^32), each equally likely: surplus words are thrown away. */
  below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) throw new RangeError('A bound is 1 to 2^32');
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word = this.#word();
    while (word >= limit) word = this.#word();
    return word % bound;
  }

  /** A shuffled copy (Fisher-Yates, from the end). */
  shuffled<T>(values: readonly T[]): T[] {
    const out = [...values];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = out[i] as T;
      out[i] = out[j] as T;
      out[j] = kept;
    }
    return out;
  }
}

/**
 * A seed of its own for each purpose, made from one stored seed: `seedFor(sitting, 'options', itemId)`. Parts are joined
 * with their lengths, so that different parts never give the same seed.
 */
export function seedFor(seed: Seed, ...parts: readonly string[]): Uint8Array {
  const hash = createHash('sha256').update(digest(seed));
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

/**
 * The order in which n options are served: `order[position]` is the index of the option that stands at `position`.
 * Indexes named in `fixed` keep their place; the others are shuffled among the remaining places.
 */
export function shuffleOrder(seed: Seed, n: number, fixed: readonly number[] = []): number[] {
  if (!Number.isInteger(n) || n < 0) throw new RangeError('The number of options is a whole number, 0 or more');
  const stays = new Set(fixed);
  for (const index of stays) {
    if (!Number.isInteger(index) || index < 0 || index >= n) throw new RangeError('A fixed option is not in the list');
  }
  const indexes = Array.from({ length: n }, (_, index) => index);
  const moving = new SeededNumbers(seed).shuffled(indexes.filter((index) => !stays.has(index)));
  let next = 0;
  return indexes.map((index) => (stays.has(index) ? index : (moving[next++] as number)));
}
