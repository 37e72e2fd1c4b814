import { stringify } from 'csv-stringify/sync';

// What a spreadsheet takes for the start of a formula (CWE-1236).
const TRIGGER = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front. */
export function safeCell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  return TRIGGER.test(text) ? `'${text}` : text;
}

/** A CSV file with headings (UTF-8 with its mark, so that spreadsheets read accents), every cell safe. */
export function csvFile(headings: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [headings.map(safeCell)];
  for (const row of rows) lines.push(row.map(safeCell));
  return `\ufeff${stringify(lines, { record_delimiter: '\r\n' })}`;
}
