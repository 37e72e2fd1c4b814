/** Our CSV of questions to items (`items-csv.md` is its documentation). */
import { CsvError, parse } from 'csv-parse/sync';
import { type ArchiveSource, withArchive } from './archive.ts';
import {
  COLUMNS,
  type Column,
  canonicalText,
  inlineOf,
  isFormulaFault,
  NEEDED,
  OPTION_LETTERS,
  unescapeCell,
} from './csv-cells.ts';
import { type Diagnostic, hasErrors, quote, wordList } from './diagnostics.ts';
import { DEFAULT_LIMITS, type ImportLimits, sizeText } from './limits.ts';
import { type Block, type Item, MODEL_VERSION, picturesOf } from './model.ts';
import { type Picture, takePicture, takePictures } from './package-pictures.ts';
import { finished, type Imported } from './read-package.ts';
import { validateItem } from './validate.ts';

type Options = { readonly label?: string; readonly limits?: Partial<ImportLimits> };

/** Items of the rows, with the pictures that they name still to be found. */
type Rows = { items: Item[]; diagnostics: Diagnostic[]; uses: { name: string; usedBy: string }[] };

/**
 * Reads a CSV file and the pictures that belong to it (by the names used in the column `picture`).
 * Bad input never throws. Unused pictures are left out with a warning.
 */
export function readItemsCsv(
  bytes: Uint8Array,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
  options: Options = {},
): Imported {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { items, diagnostics, uses } = readRows(bytes, options.label ?? 'items.csv', limits);
  const taken = new Map<string, Picture>();
  const refused = new Set<string>();
  for (const { name, usedBy } of uses) {
    if (taken.has(name) || refused.has(name)) continue;
    const given = pictures.get(name);
    const picture = given === undefined ? pictureMissing(name, usedBy) : takeGiven(name, given, limits);
    if ('severity' in picture) {
      refused.add(name);
      diagnostics.push(picture);
    } else taken.set(name, picture);
  }
  for (const name of pictures.keys()) if (!taken.has(name) && !refused.has(name)) diagnostics.push(leftOut(name));
  return finished(items, [...taken.values()], diagnostics, limits);
}

function takeGiven(name: string, given: Uint8Array, limits: ImportLimits): Picture | Diagnostic {
  if (given.length <= limits.pictureBytes) return takePicture(name, Buffer.from(given), limits);
  const message = `The picture ${quote(name)} is larger than ${sizeText(limits.pictureBytes)}. Make it smaller.`;
  return { code: 'file-size', severity: 'error', message, file: name };
}

function pictureMissing(name: string, usedBy: string): Diagnostic {
  const message = `${usedBy}: the picture ${quote(name)} was not given. Add it, or correct its name (capital letters count).`;
  return { code: 'picture-missing', severity: 'error', message, file: usedBy };
}

function leftOut(name: string): Diagnostic {
  const message = `The file ${quote(name)} is used by no question and was left out.`;
  return { code: 'left-out', severity: 'warning', message, file: name };
}

/** Reads a zip that holds one CSV file and its pictures; picture names count from the folder of the CSV file. */
export async function readItemsCsvPackage(source: ArchiveSource, options: Options = {}): Promise<Imported> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const label = options.label ?? 'The package';
  const result = await withArchive(source, label, limits, async (archive): Promise<Imported> => {
    const csvFiles = archive.names.filter((name) => /\.(csv|tsv|txt)$/i.test(name));
    const [csv] = csvFiles;
    if (csv === undefined || csvFiles.length > 1) {
      const has = csv === undefined ? 'no CSV file' : `${csvFiles.length} CSV files`;
      const message = `${label} has ${has}. It needs exactly one, with its pictures beside it.`;
      return finished([], [], [{ code: 'csv-count', severity: 'error', message, file: label }], limits);
    }
    const bytes = await archive.read(csv, limits.csvBytes);
    if (!Buffer.isBuffer(bytes)) return finished([], [], [bytes], limits);
    const { items, diagnostics, uses } = readRows(bytes, csv, limits);
    const folder = csv.slice(0, csv.lastIndexOf('/') + 1);
    const found = await takePictures(
      archive,
      uses.map((use) => ({ ...use, name: folder + use.name })),
      limits,
    );
    const pictures = found.pictures.map((picture) => ({ ...picture, name: picture.name.slice(folder.length) }));
    const known = new Set([csv, ...uses.map((use) => folder + use.name)]);
    const surplus = archive.names.filter((name) => !known.has(name)).map(leftOut);
    return finished(items, pictures, [...diagnostics, ...found.diagnostics, ...surplus], limits);
  });
  return 'severity' in result ? finished([], [], [result], limits) : result;
}

function decode(bytes: Uint8Array): string | null {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The separator that stands most often in the first line, outside quotation marks. */
function separatorOf(text: string): string {
  const head =
    text
      .slice(0, 4096)
      .split(/\r|\n/, 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const count = (mark: string) => head.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function readRows(bytes: Uint8Array, file: string, limits: ImportLimits): Rows {
  const fail = (code: string, text: string, line?: number): Rows => {
    const message = `${line === undefined ? file : `${file}, row ${line}`}: ${text}`;
    return {
      items: [],
      uses: [],
      diagnostics: [{ code, severity: 'error', message, file, ...(line ? { line } : {}) }],
    };
  };
  if (bytes.length > limits.csvBytes)
    return fail('csv-size', `the file is larger than ${sizeText(limits.csvBytes)}. Split it.`);
  const text = decode(bytes);
  if (text === null) return fail('csv-encoding', 'the file is not written in UTF-8. Save it as "CSV UTF-8".');
  // Line ends and tabs are ordinary; any other control character is a sign of a damaged or binary file.
  const control = /(?![\t\r\n])\p{Cc}/u.exec(text);
  if (control) {
    const line = text.slice(0, control.index).split('\n').length;
    return fail(
      'csv-character',
      `there is a control character in line ${line} of the file. Take it out, or save the table as "CSV UTF-8".`,
    );
  }
  let records: string[][];
  try {
    records = parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 32 * 1024,
      to: limits.items + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const lines = Number(error.lines);
    const why =
      error.code === 'CSV_MAX_RECORD_SIZE'
        ? 'a row is far too long'
        : 'a quotation mark is not closed or stands within a cell';
    return fail('csv-broken', `${why} (near line ${lines} of the file). Save the table again as CSV.`);
  }
  const [header, ...rows] = records;
  if (!header || rows.every((row) => row.every((cell) => cell.trim() === ''))) {
    return fail(
      'csv-empty',
      'there are no questions. Write the column names in row 1 and a question in each further row.',
    );
  }
  if (rows.length > limits.items)
    return fail('too-many-items', `there are more than ${limits.items} questions. Split the file.`);
  const columns = header.map((name) => name.trim().toLowerCase());
  const headerFault = checkHeader(columns);
  if (headerFault) return fail('csv-header', headerFault, 1);
  return readItems(columns as Column[], rows, file, limits);
}

/** Why the first row is no header, as a sentence; null when it is one. */
function checkHeader(columns: readonly string[]): string | null {
  const known: readonly string[] = COLUMNS;
  const strange = columns.filter((name) => !known.includes(name));
  if (strange.length > 0) {
    return `the columns ${wordList(strange.map(quote))} are not known. The columns are ${wordList(known)}.`;
  }
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) return `the columns ${wordList(missing)} are missing. Add them.`;
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  return twice === undefined ? null : `the column ${twice} stands there twice. Keep one.`;
}

function readItems(columns: readonly Column[], rows: readonly string[][], file: string, limits: ImportLimits): Rows {
  const out: Rows = { items: [], diagnostics: [], uses: [] };
  const codes = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    if (out.diagnostics.filter((each) => each.severity === 'error').length >= limits.errors) break;
    if (row.every((cell) => cell.trim() === '')) continue;
    const number = i + 2;
    const place = `${file}, row ${number}`;
    const { item, diagnostics } = readRow(columns, row, file, number);
    out.diagnostics.push(...diagnostics);
    if (!item) continue;
    const twin = codes.get(item.code);
    if (twin !== undefined) {
      const message = `${place}, column code: ${quote(item.code)} is the code of row ${twin} too. Give each question its own.`;
      out.diagnostics.push({ code: 'repeated-code', severity: 'error', message, file, line: number, column: 'code' });
    }
    codes.set(item.code, number);
    out.items.push(item);
    for (const picture of item.pictures) out.uses.push({ name: picture.name, usedBy: place });
  }
  return out;
}

function readRow(
  columns: readonly Column[],
  row: readonly string[],
  file: string,
  line: number,
): { item: Item | null; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, column: Column, text: string) => {
    const message = `${file}, row ${line}, column ${column}: ${text}`;
    diagnostics.push({ code, severity: 'error', message, file, line, column });
  };
  if (row.slice(columns.length).some((cell) => cell.trim() !== '')) {
    const message = `${file}, row ${line}: there are more cells than columns. Put texts with separators into quotation marks.`;
    return { item: null, diagnostics: [{ code: 'csv-cells', severity: 'error', message, file, line }] };
  }
  const cell = (column: Column): string => {
    const at = columns.indexOf(column);
    const raw = at < 0 ? '' : (row[at] ?? '');
    if (isFormulaFault(raw, column)) {
      say('formula', column, `the cell begins with ${quote(raw.slice(0, 1))}, like a formula. Take that sign out.`);
    }
    return unescapeCell(canonicalText(raw));
  };
  const item = itemOf(cell, say);
  if (hasErrors(diagnostics)) return { item: null, diagnostics };
  diagnostics.push(...validateItem(item, `${file}, row ${line}`, line).map((each) => ({ ...each, file })));
  return { item: hasErrors(diagnostics) ? null : item, diagnostics };
}

type Say = (code: string, column: Column, text: string) => void;

function itemOf(cell: (column: Column) => string, say: Say): Item {
  const code = cell('code');
  const kind = cell('kind').toLowerCase() || 'choice';
  if (kind !== 'choice' && kind !== 'multiple')
    say('kind', 'kind', `${quote(kind)} is no kind of question. Write choice or multiple.`);
  const texts = OPTION_LETTERS.map((letter) => cell(`option_${letter.toLowerCase()}` as Column));
  const count = texts.findLastIndex((text) => text !== '') + 1;
  for (const [i, text] of texts.slice(0, count).entries()) {
    const column = `option_${OPTION_LETTERS[i]?.toLowerCase()}` as Column;
    if (text === '')
      say('option-gap', column, 'the cell is empty but a later option is not. Fill the options from the left.');
  }
  const letters = OPTION_LETTERS.slice(0, count);
  const key = lettersIn('key', cell('key'), letters, say);
  if (key.length === 0)
    say(
      'no-key',
      'key',
      'the question has no key. Write the letter of the right option, such as C, or A;C for several.',
    );
  const fixed = lettersIn('fixed', cell('fixed'), letters, say);
  const choices = letters.map((letter, i) => ({
    id: letter,
    content: inlineOf(texts[i] ?? ''),
    ...(fixed.includes(letter) ? { fixed: true } : {}),
  }));
  const stem: Block[] = cell('question')
    .split('\n\n')
    .filter((text) => text !== '')
    .map((text) => ({ t: 'paragraph', content: inlineOf(text) }));
  const picture = cell('picture');
  const alt = cell('picture_alt');
  if (picture !== '') stem.push({ t: 'figure', name: picture, alt });
  if (picture === '' && alt !== '')
    say(
      'no-picture',
      'picture',
      'there is a description but no picture. Name the picture or take the description out.',
    );
  if (/^\/|[\\:]|(^|\/)\.\.?(\/|$)/.test(picture))
    say(
      'picture-address',
      'picture',
      'write the name of a picture that comes with the file, without a path to elsewhere.',
    );
  const optional = (['group', 'topic'] as const)
    .map((name) => [name, cell(name)] as const)
    .filter(([, text]) => text !== '');
  const rationale = cell('rationale');
  return {
    model: MODEL_VERSION,
    code,
    title: code,
    kind: kind === 'multiple' ? 'multiple' : 'choice',
    stem,
    choices,
    minChoices: 1,
    maxChoices: kind === 'multiple' ? Math.max(1, count) : 1,
    pictures: picturesOf({ stem, choices }),
    ...Object.fromEntries(optional),
    key: { correct: key, ...(rationale === '' ? {} : { rationale }) },
  };
}

/** Letters of options, separated by ; , or spaces, in any case; answered in the order of the options. */
function lettersIn(column: Column, text: string, letters: readonly string[], say: Say): string[] {
  const named = text
    .toUpperCase()
    .split(/[\s;,]+/)
    .filter((part) => part !== '');
  for (const part of new Set(named)) {
    if (!letters.includes(part))
      say('key-unknown-choice', column, `${quote(part)} is not a filled option. Write the letter of a filled option.`);
  }
  if (new Set(named).size !== named.length)
    say('key-repeats', column, 'a letter stands there twice. Write each letter once.');
  return letters.filter((letter) => named.includes(letter));
}
