import { stringify } from 'csv-stringify/sync';
import type { ListCell } from '../http/answers.ts';

// What a spreadsheet takes for the start of a formula (CWE-1236), also in its wide forms.
const FORMULA_START = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front. */
export function safeCell(value: ListCell): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/** A CSV text with headings (UTF-8 with its mark, so that spreadsheets read accents), every cell safe. */
export function csvText(headings: readonly string[], rows: Iterable<readonly ListCell[]>): string {
  const lines = [headings.map(safeCell)];
  for (const row of rows) lines.push(row.map(safeCell));
  return `\ufeff${stringify(lines, { record_delimiter: '\r\n' })}`;
}
