/**
 * Words as they are searched. The same rule stands in SQL for the entries (`platform.search_fold`, `search_words` of
 * migration 0016); `agreement.test.ts` holds the two together.
 */

// Letters that do not come apart into a base letter and a mark, and letters that have a second form.
const LETTERS: Record<string, string> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  '’': "'",
  '‘': "'",
  '`': "'",
  '´': "'",
  ʻ: "'",
  ʼ: "'",
  '′': "'",
};
const TO_REPLACE = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
/** Accents, and the points of Hebrew and Arabic, which are written or left out at will. */
const MARKS = new RegExp(
  [
    '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
    '[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]',
  ].join('|'),
  'g',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: what stands between words, as the SQL has it
const BETWEEN = /[\u0001-\u0020\u0085\u1680\u2028\u2029\ufeff]+/;
const SIGNS = /[^\p{Alphabetic}0-9]+/u;

/** So long is a word at most; what stands behind is not compared. */
const LONGEST_WORD = 40;
/** So much of what was typed is read. */
export const LONGEST_QUERY = 100;
const MOST_WORDS = 6;
/** One letter would find everything. */
const SHORTEST_WORD = 2;

/** Lower case, without accents and marks; apostrophes are all alike. Folding twice changes nothing. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(TO_REPLACE, (letter) => LETTERS[letter] as string);
}

const chunksOf = (text: string) => fold(text).split(BETWEEN).filter(Boolean);
const partsOf = (chunk: string) => chunk.split(SIGNS).filter(Boolean);
const cut = (word: string) => [...word].slice(0, LONGEST_WORD).join('');

/**
 * The words of an entry, sorted, each once: "O'Neill-Byrne" gives byrne, neill, o, oneillbyrne; "500/6771/0" gives 0,
 * 500, 50067710, 6771. An e-mail address is one word.
 */
export function wordsOf(text: string): string[] {
  const words = chunksOf(text).flatMap((chunk) => {
    const parts = partsOf(chunk);
    return chunk.includes('@') ? [parts.join('')] : [...parts, parts.join('')];
  });
  return [...new Set(words.filter(Boolean).map(cut))].sort(byCodePoint);
}

/** As PostgreSQL sorts under "C". */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export interface Query {
  /** An entry is found when each of these begins one of its words; most letters first. */
  readonly words: readonly string[];
  /** Something was typed, but no word of two letters or digits. */
  readonly tooShort: boolean;
}

/**
 * What was typed, as words to look for. A word with a digit, an apostrophe or an @ in it is looked for without its signs
 * (500/6771/0, O'Neill, an e-mail address); other words come apart at hyphens. A number may be typed in groups.
 */
export function parseQuery(typed: string): Query {
  const chunks = chunksOf([...typed].slice(0, LONGEST_QUERY).join(''));
  const grouped = chunks.every((chunk) => /^\d+$/.test(chunk)) ? [chunks.join('')] : chunks;
  const words = grouped
    .flatMap((chunk) => (/[\d'@]/.test(chunk) ? [partsOf(chunk).join('')] : partsOf(chunk)))
    .filter(Boolean)
    .map(cut);
  const each = [...new Set(words)].slice(0, MOST_WORDS).sort((a, b) => b.length - a.length);
  const tooShort = (each[0]?.length ?? 0) < SHORTEST_WORD;
  return { words: tooShort ? [] : each, tooShort: tooShort && typed.trim() !== '' };
}

/** Whether each word of a query begins one of the words of an entry. */
export function matches(entryWords: readonly string[], query: Query): boolean {
  return query.words.length > 0 && query.words.every((word) => entryWords.some((one) => one.startsWith(word)));
}

/** A piece of a text, and whether it is what was looked for. */
export type Piece = readonly [text: string, hit: boolean];

const WORDS = /[\p{Alphabetic}\p{M}0-9'’‘`´ʻʼ′]+/gu;

/** The text in pieces, so that a page can mark the beginnings of words that were looked for. Joined they are the text. */
export function piecesOf(text: string, query: Query): Piece[] {
  const pieces: Piece[] = [];
  const add = (piece: string, hit: boolean) => {
    if (piece) pieces.push([piece, hit]);
  };
  let end = 0;
  for (const found of text.matchAll(WORDS)) {
    const length = Math.max(0, ...query.words.map((word) => lettersFor(found[0], word)));
    if (length === 0) continue;
    add(text.slice(end, found.index), false);
    add(found[0].slice(0, length), true);
    end = found.index + length;
  }
  add(text.slice(end), false);
  return pieces;
}

/** How much of a word as written stands for the beginning that was looked for; 0 when it does not begin so. */
function lettersFor(written: string, wanted: string): number {
  let taken = '';
  for (const letter of written) {
    taken += letter;
    const folded = fold(taken).replaceAll("'", '');
    if (folded.startsWith(wanted)) return withMarks(written, taken.length);
    if (!wanted.startsWith(folded)) return 0;
  }
  return 0;
}

/** Accents written as marks of their own belong to their letter. */
function withMarks(written: string, length: number): number {
  const marks = /^\p{M}+/u.exec(written.slice(length));
  return length + (marks?.[0].length ?? 0);
}
