import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A power of two, more than twice the 49,233 entries of the list. */
const PLACES = 131_072;
/** Letters of its longest entry. */
const LONGEST = 20;

/**
 * The list of common passwords (small letters), as two 32-bit marks of each entry in an open table: 1 MB in all. Read at
 * the first password that somebody chooses. Two texts have the same marks once in 2^64.
 */
let table: Int32Array | undefined;

/** Reads the list byte by byte, a JSON list of plain texts: parsed, it would be megabytes of texts to throw away. */
function readTable(): Int32Array {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve('@zxcvbn-ts/language-common/src/passwords.json')));
  const made = new Int32Array(PLACES * 2);
  let marks: Marks | undefined;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE && marks) {
      const place = placeOf(made, marks);
      made[place] = marks.first;
      made[place + 1] = marks.second;
      marks = undefined;
    } else if (byte === QUOTE) marks = new Marks();
    else marks?.add(byte === BACKSLASH ? (bytes[++at] as number) : byte);
  }
  return made;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Two independent hashes (FNV-1a and a multiplicative one) that grow letter by letter; neither is ever 0. */
class Marks {
  #a = 0x811c9dc5 | 0;
  #b = 0x9e3779b9 | 0;
  add(code: number): void {
    this.#a = Math.imul(this.#a ^ code, 0x01000193);
    this.#b = Math.imul((this.#b ^ (this.#b >>> 15)) + code, 0x85ebca6b);
  }
  get first(): number {
    return this.#a || 1;
  }
  get second(): number {
    return this.#b ^ (this.#b >>> 13) || 1;
  }
}

/** Where these marks stand, or the free place where they would. */
function placeOf(marked: Int32Array, { first, second }: Marks): number {
  for (let place = (first ^ (second >>> 7)) & (PLACES - 1); ; place = (place + 1) & (PLACES - 1)) {
    const at = place * 2;
    if (marked[at] === 0 || (marked[at] === first && marked[at + 1] === second)) return at;
  }
}

/** The parts of a text, of 4 letters and more, that stand in the list of common passwords; the longest first. */
export function commonPartsOf(text: string): readonly string[] {
  table ??= readTable();
  const found = new Set<string>();
  for (let from = 0; from < text.length; from++) {
    const marks = new Marks();
    for (let to = from; to < Math.min(text.length, from + LONGEST); to++) {
      marks.add(text.charCodeAt(to));
      if (to - from >= 3 && table[placeOf(table, marks)] !== 0) found.add(text.slice(from, to + 1));
    }
  }
  return [...found].sort((one, other) => other.length - one.length);
}
