/** Items to our CSV (`items-csv.md`). What a CSV cell cannot hold is refused by name, never dropped. */
import { COLUMNS, type Column, canonicalText, escapeCell, OPTION_LETTERS, plainOf } from './csv-cells.ts';
import { type Diagnostic, quote } from './diagnostics.ts';
import type { Item } from './model.ts';

export type WrittenCsv =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Writes items as CSV: UTF-8 with a byte order mark (so that spreadsheets read it rightly), commas, CRLF, every cell in
 * quotation marks. Reading it back gives the same items, with the title set to the code and options named by letter.
 * Cells that a spreadsheet would run as a formula get an apostrophe, which import takes off again.
 */
export function writeItemsCsv(items: readonly Item[]): WrittenCsv {
  const diagnostics: Diagnostic[] = [];
  const rows = items.map((item) => {
    const cells = new Map<Column, string>();
    const reason = fill(item, cells);
    if (reason !== null) {
      const message = `The question ${quote(item.code)} ${reason}, which the CSV format cannot hold. Leave it out of the export.`;
      diagnostics.push({ code: 'not-plain', severity: 'error', message, file: item.code });
    }
    return COLUMNS.map((column) => cells.get(column) ?? '');
  });
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const quoted = (cell: string) => `"${escapeCell(cell).replaceAll('"', '""')}"`;
  return {
    ok: true,
    text: `\uFEFF${[[...COLUMNS], ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`,
  };
}

/** Fills the cells of one item; says why it cannot, as the middle of a sentence. */
function fill(item: Item, cells: Map<Column, string>): string | null {
  const blocks = [...item.stem, ...(item.prompt ?? [])];
  const figures = blocks.filter((block) => block.t === 'figure');
  const paragraphs = blocks.map((block) => (block.t === 'paragraph' ? plainOf(block.content) : null));
  const [figure] = figures;
  if (figures.length > 1) return 'has more than one picture';
  if (figure && blocks.at(-1) !== figure) return 'has a picture that is not its last part';
  const texts = figure ? paragraphs.slice(0, -1) : paragraphs;
  if (texts.some((text) => text === null)) return 'has lists, tables, pictures within text, or marked text';
  if (texts.some((text) => text?.includes('\n\n'))) return 'has a blank line within a paragraph';
  const choices = item.choices.map((choice) => plainOf(choice.content));
  if (choices.some((text) => text === null)) return 'has pictures or marked text in its options';
  if (choices.length > OPTION_LETTERS.length) return `has more than ${OPTION_LETTERS.length} options`;
  const most = item.kind === 'choice' ? 1 : choices.length;
  if (item.maxChoices !== most || item.minChoices > 1) return 'limits how many options may be chosen';
  const letters = (wanted: (id: string, i: number) => boolean) =>
    OPTION_LETTERS.filter((_, i) => item.choices[i] && wanted(item.choices[i].id, i)).join(';');
  cells.set('code', item.code);
  cells.set('group', item.group ?? '');
  cells.set('topic', item.topic ?? '');
  cells.set('kind', item.kind);
  cells.set('question', texts.join('\n\n'));
  for (const [i, text] of choices.entries())
    cells.set(`option_${OPTION_LETTERS[i]?.toLowerCase()}` as Column, text ?? '');
  cells.set(
    'key',
    letters((id) => item.key.correct.includes(id)),
  );
  cells.set('picture', figure?.name ?? '');
  cells.set('picture_alt', figure?.alt ?? '');
  cells.set('rationale', item.key.rationale ?? '');
  cells.set(
    'fixed',
    letters((_, i) => item.choices[i]?.fixed === true),
  );
  for (const [column, text] of cells)
    if (text !== canonicalText(text)) return `has spaces or blank lines in its ${column} that would be folded`;
  return null;
}
