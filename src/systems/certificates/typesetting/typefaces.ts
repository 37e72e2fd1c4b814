/**
 * The typefaces that certificates are set in, and which file of a family has a letter. Each family comes in three files
 * (Latin, Latin extended, Vietnamese) with equal measures; a line takes every cluster of letters from the first file
 * that has all of it, so that no name is ever printed with an empty box.
 */
import { readFileSync } from 'node:fs';
import { newDocument } from './new-document.ts';

export type Family = 'display' | 'text' | 'strong' | 'code';

const parts = (name: string) => ['latin', 'latin-ext', 'vietnamese'].map((part) => `${name}-${part}`);
const TEXT = parts('hanken-400');

/** The files of each family, in the order in which they are asked; the plain text family comes last for all. */
const FILES: Record<Family, readonly string[]> = {
  display: [...parts('newsreader-500'), ...TEXT],
  text: TEXT,
  strong: [...parts('hanken-600'), ...TEXT],
  code: ['code-500', ...parts('hanken-600'), ...TEXT],
};

/** What is asked of a typeface that pdfkit has read. */
interface Font {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string): { readonly advanceWidth: number };
}

interface Typeface {
  readonly name: string;
  readonly bytes: Buffer;
  readonly font: Font;
}

/** Reads a typeface as pdfkit does; its types do not show what it has read (`_font` of the pinned version). */
function readFont(bytes: Buffer): Font {
  const reading = newDocument({ autoFirstPage: false }).font(bytes) as unknown as { _font: { font: Font } };
  return reading._font.font;
}

const loaded = new Map<string, Typeface>();

function typeface(name: string): Typeface {
  let found = loaded.get(name);
  if (!found) {
    const bytes = readFileSync(new URL(`./fonts/${name}.ttf`, import.meta.url));
    found = { name, bytes, font: readFont(bytes) };
    loaded.set(name, found);
  }
  return found;
}

/** All files, by the names that `Run` uses. */
export function typefaceNames(): string[] {
  return [...new Set(Object.values(FILES).flat())];
}

/** The bytes of a typeface, to be embedded. */
export function typefaceBytes(name: string): Buffer {
  return typeface(name).bytes;
}

/** A stretch of text in one file. */
export interface Run {
  readonly typeface: string;
  readonly text: string;
}

const clusters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

/** The file of a family that has every letter of a cluster; null when none has. */
function typefaceFor(family: Family, cluster: string): string | null {
  const has = (name: string) =>
    [...cluster].every((letter) => typeface(name).font.hasGlyphForCodePoint(letter.codePointAt(0) as number));
  return FILES[family].find(has) ?? null;
}

/** A text as it is set: composed letters, no characters that take no room. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** What of the texts cannot be set in this family, each cluster once; empty when all can. */
export function unprintable(family: Family, texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const { segment } of clusters.segment(tidyText(text))) if (!typefaceFor(family, segment)) found.add(segment);
  }
  return [...found];
}

/** A text divided by file. Throws for a letter that no file has: ask `unprintable` before. */
export function runsOf(family: Family, text: string): Run[] {
  const runs: { typeface: string; text: string }[] = [];
  for (const { segment } of clusters.segment(tidyText(text))) {
    const last = runs.at(-1);
    // A space stays in the file of what it follows.
    const name = segment === ' ' && last ? last.typeface : typefaceFor(family, segment);
    if (!name) throw new Error(`No typeface has "${segment}".`);
    if (last?.typeface === name) last.text += segment;
    else runs.push({ typeface: name, text: segment });
  }
  return runs;
}

/** Width of a text in points. */
export function widthOf(family: Family, text: string, size: number): number {
  let width = 0;
  for (const run of runsOf(family, text)) {
    const { font } = typeface(run.typeface);
    width += (font.layout(run.text).advanceWidth * size) / font.unitsPerEm;
  }
  return width;
}

/** Breaks a text into lines of a width at its spaces and after hyphens; a single word that is too long stays whole. */
export function linesOf(family: Family, text: string, size: number, width: number): string[] {
  const words = tidyText(text).split(/(?<=[\s\-\u2010])/u);
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && widthOf(family, line + word, size) > width) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

/** The largest size, from `sizes` downwards, at which a text needs at most `most` lines of the width; else the last. */
export function fitText(
  family: Family,
  text: string,
  { sizes, width, most }: { sizes: readonly number[]; width: number; most: number },
): { readonly size: number; readonly lines: readonly string[] } {
  let fitted: { size: number; lines: string[] } = { size: sizes.at(-1) as number, lines: [] };
  for (const size of sizes) {
    const lines = linesOf(family, text, size, width);
    fitted = { size, lines };
    if (lines.length <= most && lines.every((line) => widthOf(family, line, size) <= width)) break;
  }
  return fitted;
}
