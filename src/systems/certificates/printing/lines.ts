/** Setting lines of text on the page: by family, aligned, in colour. */
import { type Family, runsOf, tidyText, widthOf } from '../typesetting/typefaces.ts';
import { COLOURS } from './measures.ts';

export interface LineOptions {
  readonly family: Family;
  readonly size: number;
  /** The left edge, the middle or the right edge, by `align`. */
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly align?: 'left' | 'centre' | 'right';
  readonly colour?: string;
  /** More of the same paragraph follows: a space is set after it, so that the words stay apart when read aloud. */
  readonly follows?: boolean;
}

/** Sets one line. */
export function setLine(doc: PDFKit.PDFDocument, text: string, options: LineOptions): void {
  const { family, size, y, align = 'left', colour = COLOURS.ink } = options;
  const tidy = tidyText(text);
  const width = align === 'left' ? 0 : widthOf(family, tidy, size);
  let x = options.x - (align === 'centre' ? width / 2 : width);
  doc.fontSize(size).fillColor(colour);
  const runs = runsOf(family, tidy);
  for (const [index, run] of runs.entries()) {
    const text = options.follows && index === runs.length - 1 ? `${run.text} ` : run.text;
    doc.font(run.typeface).text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
    x += doc.widthOfString(text);
  }
}

/** Sets several pieces in one line, each in its family; the whole is aligned. */
export function setPieces(
  doc: PDFKit.PDFDocument,
  pieces: readonly { readonly family: Family; readonly text: string }[],
  options: Omit<LineOptions, 'family'>,
): void {
  const space = options.size * 0.26;
  const widths = pieces.map(({ family, text }) => widthOf(family, text, options.size));
  const width = widths.reduce((sum, one) => sum + one, 0) + space * (pieces.length - 1);
  let x = options.x - (options.align === 'centre' ? width / 2 : options.align === 'right' ? width : 0);
  for (const [index, piece] of pieces.entries()) {
    const follows = options.follows || index < pieces.length - 1;
    setLine(doc, piece.text, { ...options, family: piece.family, x, align: 'left', follows });
    x += (widths[index] as number) + space;
  }
}

/** Sets lines one below the other; gives the base line after the last. */
export function setLines(
  doc: PDFKit.PDFDocument,
  lines: readonly string[],
  options: LineOptions & { readonly leading: number },
): number {
  for (const [index, line] of lines.entries()) {
    setLine(doc, line, { ...options, y: options.y + index * options.leading, follows: index < lines.length - 1 });
  }
  return options.y + lines.length * options.leading;
}
