import { CsvError, parse } from 'csv-parse/sync';
import { delimiterOf } from './delimiter.ts';
import { decode, encodingOf } from './encoding.ts';
import { asTable, TABLE_LIMITS, type TableReading } from './table.ts';

/** Reads a table of text in whatever common encoding and with whatever common delimiter. Pure. */
export function csvTable(bytes: Uint8Array): TableReading {
  const encoding = encodingOf(bytes);
  if (encoding === null)
    return {
      ok: false,
      why: 'The file is no table that can be read. Save it from your spreadsheet as CSV (UTF-8) or XLSX, and choose that',
    };
  const text = decode(bytes, encoding);
  if (text.includes('\0'))
    return { ok: false, why: 'The file holds NUL characters, which no text has. Save it again as CSV (UTF-8)' };
  const delimiter = delimiterOf(text);
  try {
    const cells: string[][] = parse(text, {
      delimiter,
      relax_column_count: true,
      // A quotation mark within a name is a letter like any other.
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: TABLE_LIMITS.columns * TABLE_LIMITS.cell * 2,
      to: TABLE_LIMITS.rows * 2,
    });
    return asTable(cells, { format: 'csv', encoding, delimiter });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      ok: false,
      why: `A quotation mark that opens a cell before line ${error.lines ?? 'the last one'} has no partner that closes it. Take it out, or close it`,
    };
  }
}
