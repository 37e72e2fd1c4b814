/** Reads the first sheet of an XLSX workbook, with the caps of TABLE_LIMITS on every side. */
import { type Archive, DEFAULT_LIMITS, withArchive } from '#qti';
import { SheetError, walkXml } from './sheet-xml.ts';
import { asTable, TABLE_LIMITS, type TableReading } from './table.ts';
import { dateStyles, sharedStrings, sheetCells } from './xlsx-cells.ts';

const LIMITS = {
  ...DEFAULT_LIMITS,
  fileBytes: TABLE_LIMITS.bytes,
  entries: TABLE_LIMITS.entries,
  unpackedBytes: TABLE_LIMITS.unpackedBytes,
  ratio: 200,
};
const REFUSED = 'Save it from your spreadsheet as a new workbook (XLSX) or as CSV, and choose that';

export async function xlsxTable(bytes: Uint8Array): Promise<TableReading> {
  try {
    const read = await withArchive(bytes, 'The workbook', LIMITS, readWorkbook);
    // What the archive itself is refused for, in its own sentence.
    if ('code' in read) return { ok: false, why: read.message.replace(/\.$/, '') };
    return asTable(read.cells, { format: 'xlsx', encoding: null, delimiter: null });
  } catch (error) {
    if (error instanceof SheetError)
      return { ok: false, why: `The workbook cannot be read: it holds ${error.message}. ${REFUSED}` };
    throw error;
  }
}

async function readWorkbook(archive: Archive): Promise<{ cells: string[][] }> {
  const text = async (name: string): Promise<string | null> => {
    if (!archive.names.includes(name)) return null;
    const bytes = await archive.read(name, TABLE_LIMITS.unpackedBytes);
    if (!Buffer.isBuffer(bytes)) throw new SheetError('a part that is damaged or too large');
    return new TextDecoder('utf-8').decode(bytes);
  };
  const book = firstSheet((await text('xl/workbook.xml')) ?? '', (await text('xl/_rels/workbook.xml.rels')) ?? '');
  const sheet = book && (await text(book.path));
  if (!book || sheet === null || sheet === '') throw new SheetError('no sheet');
  const strings = await text('xl/sharedStrings.xml');
  const styles = await text('xl/styles.xml');
  return {
    cells: sheetCells(sheet as string, {
      strings: strings ? sharedStrings(strings) : [],
      dates: styles ? dateStyles(styles) : [],
      from1904: book.from1904,
    }),
  };
}

/** The first sheet that is not hidden, and where it lies. */
function firstSheet(workbook: string, relations: string): { path: string; from1904: boolean } | null {
  const targets = new Map<string, string>();
  walkXml(relations, {
    tag({ name, attributes }) {
      if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '');
    },
    text() {},
  });
  let id: string | undefined;
  let from1904 = false;
  walkXml(workbook, {
    tag({ name, attributes }) {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name === 'sheet' && attributes.state === undefined) id ??= attributes.id;
      if (name === 'sheet' && attributes.state === 'visible') id ??= attributes.id;
    },
    text() {},
  });
  const target = id === undefined ? undefined : targets.get(id);
  if (target === undefined) return null;
  return { path: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 };
}
