/** What an uploaded file is, by its content; its name is only what messages call it. */
import { open, readFile } from 'node:fs/promises';
import {
  DEFAULT_LIMITS,
  type Diagnostic,
  type Imported,
  readItemsCsv,
  readItemsCsvPackage,
  readQtiPackage,
} from '#qti';

export type ImportFormat = 'qti3_package' | 'csv' | 'csv_package';

/** The words a person reads for each format. */
export const FORMATS: Record<ImportFormat, string> = {
  qti3_package: 'QTI 3 package',
  csv: 'CSV',
  csv_package: 'CSV with pictures',
};

export type Recognised = Imported & { readonly format: ImportFormat };

/** Kinds of file that people give by mistake: how they begin, and what to say. */
const OTHERS: readonly { readonly begins: RegExp; readonly is: string; readonly hint: string }[] = [
  { begins: /^%PDF-/, is: 'a PDF document', hint: 'Questions cannot be read from it.' },
  { begins: /^\s*<(!doctype html|html|head|body)/i, is: 'a web page', hint: 'Save the table itself as CSV.' },
  {
    begins: /^\s*<\?xml|^\s*<qti-/i,
    is: 'an XML file',
    hint: 'Give the whole QTI 3 package, a zip with its imsmanifest.xml.',
  },
  {
    begins: /^\xd0\xcf/,
    is: 'a document of an older office program',
    hint: 'Open it and save the table as CSV UTF-8.',
  },
  {
    begins: /^(\x89PNG|GIF8|\xff\xd8\xff)/,
    is: 'a picture',
    hint: 'Put pictures into a zip with the CSV that names them.',
  },
];

/**
 * Reads an upload as whatever it is. Bad input never throws: it comes back as errors among the diagnostics, with
 * nothing to import.
 * @param path the file on disk.
 * @param label what messages call it: the name under which it was given.
 */
export async function recogniseAndRead(path: string, label: string): Promise<Recognised> {
  const head = await beginningOf(path);
  if (head.length === 0) return refused('csv', 'file-empty', `${label} is empty. Choose the file again.`, label);
  if (!head.startsWith('PK')) return readText(path, head, label);
  const qti = await readQtiPackage(path, { label });
  if (qti.diagnostics[0]?.code !== 'manifest-missing') return { ...qti, format: 'qti3_package' };
  const csv = await readItemsCsvPackage(path, { label });
  if (csv.diagnostics[0]?.code !== 'csv-count') return { ...csv, format: 'csv_package' };
  const nested = / It lies in the folder /.test(qti.diagnostics[0].message);
  if (nested) return { ...qti, format: 'qti3_package' };
  if (/ \d+ CSV files/.test(csv.diagnostics[0].message)) return { ...csv, format: 'csv_package' };
  return refused(
    'csv_package',
    'no-questions',
    `${label} holds neither an imsmanifest.xml (QTI 3) nor a CSV file at its top. Zip the package or the CSV with its pictures; save a spreadsheet as CSV UTF-8 first.`,
    label,
  );
}

async function readText(path: string, head: string, label: string): Promise<Recognised> {
  const other = OTHERS.find(({ begins }) => begins.test(head));
  if (other)
    return refused('csv', 'wrong-kind', `${label} is ${other.is}, not a CSV file or a zip. ${other.hint}`, label);
  const bytes = await readFile(path);
  if (bytes.length > DEFAULT_LIMITS.csvBytes) {
    return { ...readItemsCsv(bytes.subarray(0, DEFAULT_LIMITS.csvBytes + 1), new Map(), { label }), format: 'csv' };
  }
  return { ...readItemsCsv(bytes, new Map(), { label }), format: 'csv' };
}

async function beginningOf(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.toString('latin1', 0, bytesRead).replace(/^\xef\xbb\xbf/, '');
  } finally {
    await handle.close();
  }
}

function refused(format: ImportFormat, code: string, message: string, file: string): Recognised {
  const diagnostics: Diagnostic[] = [{ code, severity: 'error', message, file }];
  return { format, items: [], pictures: [], diagnostics };
}
