/** A table as it stands in a file, and how much of one is taken. */
import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './encoding.ts';

/** Caps, far above honest files and low enough that a hostile one costs little (docs/operations.md). */
export const TABLE_LIMITS = {
  bytes: 10_000_000,
  rows: 20_000,
  columns: 60,
  cell: 1000,
  /** Of XLSX: files in it, and all of them together, unpacked. */
  entries: 500,
  unpackedBytes: 100_000_000,
} as const;

/** A row with the number a spreadsheet gives it: the headings are in row 1 unless empty rows stand above. */
interface TableRow {
  readonly number: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly format: 'csv' | 'xlsx';
  /** Null for XLSX. */
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly headings: readonly string[];
  /** Without empty ones; at least one. */
  readonly rows: readonly TableRow[];
}

export type TableReading = { readonly ok: true; readonly table: Table } | { readonly ok: false; readonly why: string };

/** Headings and rows of the cells of a file, or why it is no table that can be taken. */
export function asTable(
  cells: readonly (readonly string[])[],
  form: Pick<Table, 'format' | 'encoding' | 'delimiter'>,
): TableReading {
  const refuse = (why: string): TableReading => ({ ok: false, why });
  const filled = cells
    .map((row, at) => ({ number: at + 1, cells: row }))
    .filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  const [first, ...rows] = filled;
  if (!first)
    return refuse('The file is empty. Choose one with headings in the first row and a candidate in each further row');
  const headings = withoutEmptyEnd(first.cells).map((cell) => cell.replace(/\s+/g, ' ').trim());
  if (headings.length < 2)
    return refuse(
      'The first row has one cell only. It must hold the headings, such as Given names, Family name, Date of birth',
    );
  if (headings.length > TABLE_LIMITS.columns)
    return refuse(
      `The file has ${headings.length} columns; ${TABLE_LIMITS.columns} are taken at most. Take out those that are not about the candidates`,
    );
  if (rows.length === 0) return refuse('There is no row below the headings. Add a row for each candidate');
  if (rows.length > TABLE_LIMITS.rows)
    return refuse(
      `The file has ${rows.length} rows; ${TABLE_LIMITS.rows} are taken at most. Split it into several files`,
    );
  const long = filled.find((row) => row.cells.some((cell) => cell.length > TABLE_LIMITS.cell));
  if (long)
    return refuse(
      `A cell in row ${long.number} is longer than ${TABLE_LIMITS.cell} characters. Shorten it; a quotation mark without its partner has the same effect`,
    );
  return {
    ok: true,
    table: {
      ...form,
      headings,
      rows: rows.map((row) => filledUp(trimmed(row, headings.length), form.format, headings.length)),
    },
  };
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1]?.trim() === '') end--;
  return cells.slice(0, end);
}

/** A workbook leaves out the empty cells at the end of a row; in a text file a missing cell is a missing delimiter. */
function filledUp(row: TableRow, format: Table['format'], columns: number): TableRow {
  if (format === 'csv' || row.cells.length >= columns) return row;
  return { ...row, cells: [...row.cells, ...Array<string>(columns - row.cells.length).fill('')] };
}

/** Empty cells beyond the headings are no cells: spreadsheets write them. */
function trimmed(row: TableRow, columns: number): TableRow {
  if (row.cells.length <= columns) return row;
  const used = withoutEmptyEnd(row.cells);
  return { ...row, cells: used.length >= columns ? used : row.cells.slice(0, columns) };
}
