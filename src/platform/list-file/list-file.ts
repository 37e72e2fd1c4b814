/** A list as a file: CSV, or XLSX where the address asks for it by `format=xlsx`. */
import writeExcelFile from 'write-excel-file/node';
import type { Answer, ListCell } from '../http/answers.ts';
import { csvText } from './csv-text.ts';

/** The answer that saves a list under `name` and the ending of its format: "users" becomes "users.csv" or "users.xlsx". */
export function listFile(
  name: string,
  headings: readonly string[],
  rows: Iterable<readonly ListCell[]>,
): Extract<Answer, { kind: 'list' }> {
  return { kind: 'list', name, headings, rows: [...rows] };
}

export interface ListBytes {
  readonly name: string;
  readonly type: string;
  readonly bytes: string | Buffer;
}

/** The bytes of a list in the format that was asked for; CSV unless it is `xlsx`. */
export async function listBytes(
  { name, headings, rows }: Pick<Extract<Answer, { kind: 'list' }>, 'name' | 'headings' | 'rows'>,
  format: unknown,
): Promise<ListBytes> {
  if (format !== 'xlsx')
    return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', bytes: csvText(headings, rows) };
  return {
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await xlsx(headings, rows),
  };
}

/** The longest text of a cell, and of a column in characters. */
const LONGEST_CELL = 32_767;
const WIDEST = 60;
const NARROWEST = 8;

/** One sheet: bold headings that stay in sight, numbers as numbers, all else as text, so that no cell is a formula. */
async function xlsx(headings: readonly string[], rows: readonly (readonly ListCell[])[]): Promise<Buffer> {
  const bold = headings.map((value) => ({ value: plain(value), type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map(cell));
  const columns = headings.map((heading, at) => {
    const longest = rows.reduce((most, row) => Math.max(most, String(row[at] ?? '').length), heading.length);
    return { width: Math.min(WIDEST, Math.max(NARROWEST, longest + 2)) };
  });
  return writeExcelFile([bold, ...body], { columns, stickyRowsCount: 1 }).toBuffer();
}

function cell(value: ListCell) {
  if (value === null || value === '') return null;
  return typeof value === 'number' ? { value, type: Number } : { value: plain(value), type: String };
}

/** Without the signs that XML 1.0 has no way to write; halves of signs become the mark for that. */
function plain(text: string): string {
  const written = text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .slice(0, LONGEST_CELL);
  // The writer keeps its texts as names of a plain object, where these few stand for something else already.
  return written in Object.prototype ? `${written} ` : written;
}
