import { csvTable } from './csv-table.ts';
import { TABLE_LIMITS, type TableReading } from './table.ts';
import { xlsxTable } from './xlsx-table.ts';

/** Reads a table by what the file is, whatever it is called; or says in a sentence why it cannot be taken. */
export async function readTable(bytes: Buffer): Promise<TableReading> {
  const refuse = (why: string): TableReading => ({ ok: false, why });
  if (bytes.length === 0) return refuse('The file is empty. Choose another');
  if (bytes.length > TABLE_LIMITS.bytes)
    return refuse(`The file is larger than ${TABLE_LIMITS.bytes / 1_000_000} MB. Split it into several files`);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return xlsxTable(bytes);
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    return refuse(
      'This is a workbook of the old form (XLS), or one with a password. Save it as XLSX without a password, or as CSV',
    );
  return csvTable(bytes);
}
