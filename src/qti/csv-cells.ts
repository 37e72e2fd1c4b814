/** The cells of our CSV: columns, separators, formula escapes, and text to paragraphs and back. */
import type { Inline } from './model.ts';

export const OPTION_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

/** Every column of the format, in the order in which export writes them. */
export const COLUMNS = [
  'code',
  'group',
  'topic',
  'kind',
  'question',
  'option_a',
  'option_b',
  'option_c',
  'option_d',
  'option_e',
  'option_f',
  'key',
  'picture',
  'picture_alt',
  'rationale',
  'fixed',
] as const;

export type Column = (typeof COLUMNS)[number];

/** Without these columns there is no item; the others may be left out. */
export const NEEDED: readonly Column[] = ['code', 'question', 'option_a', 'option_b', 'key'];

/** Columns of free words, in which "+5 V" or "=" may begin a text. The others are names and begin with no formula sign. */
const WORDS: ReadonlySet<Column> = new Set<Column>([
  'question',
  'option_a',
  'option_b',
  'option_c',
  'option_d',
  'option_e',
  'option_f',
  'picture_alt',
  'rationale',
]);

// A spreadsheet may take a cell that begins so for a formula.
const TRIGGER = /^[=+\-@\t\r]/;
const ESCAPED = /^'+[=+\-@\t\r]/;

/** Puts an apostrophe before what a spreadsheet would run, and before an apostrophe that import would take off. */
export function escapeCell(text: string): string {
  return TRIGGER.test(text) || ESCAPED.test(text) ? `'${text}` : text;
}

/** Takes off the apostrophe of `escapeCell`. */
export function unescapeCell(text: string): string {
  return ESCAPED.test(text) ? text.slice(1) : text;
}

/** True for a cell that begins like a formula in a column where no text begins so ("-" may begin any text). */
export function isFormulaFault(raw: string, column: Column): boolean {
  return !WORDS.has(column) && /^[=+@\t\r]/.test(raw);
}

/** A cell's text as it counts: lines ended by line feeds, spaces folded, no spaces at the ends of lines, at most one blank line. */
export function canonicalText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^[ \n]+|[ \n]+$/g, '');
}

/** Lines of one paragraph to running text. */
export function inlineOf(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, i): Inline[] => (i === 0 ? [{ t: 'text', text: line }] : [{ t: 'br' }, { t: 'text', text: line }]));
}

/** Running text to lines; null when it holds what a cell cannot say. */
export function plainOf(content: readonly Inline[]): string | null {
  let out = '';
  for (const part of content) {
    if (part.t === 'text') out += part.text;
    else if (part.t === 'br') out += '\n';
    else return null;
  }
  return out;
}
