/** Cells of a sheet as the text that a person sees in them. Pure. */
import { Temporal } from 'temporal-polyfill';
import { SheetError, type Tag, walkXml } from './sheet-xml.ts';
import { TABLE_LIMITS } from './table.ts';

/** The texts that cells name by their number. */
export function sharedStrings(xml: string): string[] {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  walkXml(xml, {
    tag({ name, kind }) {
      if (name === 'si' && kind === 'open') text = '';
      if (name === 'si' && kind !== 'open') texts.push(kind === 'empty' ? '' : text);
      // How a name is said in another script stands beside it, and is no part of it.
      if (name === 'rPh' && kind !== 'empty') phonetic += kind === 'open' ? 1 : -1;
      if (name === 't') inText = kind === 'open';
    },
    text(piece) {
      if (inText && phonetic === 0) text += piece;
    },
  });
  return texts;
}

// The formats that Excel calls date and time, by its numbers (ECMA-376, 18.8.30).
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** For each style of a cell whether it shows a number as a date. */
export function dateStyles(xml: string): boolean[] {
  const own = new Set<number>();
  const styles: boolean[] = [];
  let inCells = false;
  walkXml(xml, {
    tag({ name, attributes, kind }) {
      if (name === 'numFmt') {
        const code = (attributes.formatCode ?? '').replace(/\[[^\]]*\]|"[^"]*"|\\./g, '');
        if (/[dy]/i.test(code)) own.add(Number(attributes.numFmtId));
      }
      if (name === 'cellXfs') inCells = kind === 'open';
      if (name === 'xf' && inCells && kind !== 'close') {
        const format = Number(attributes.numFmtId ?? 0);
        styles.push(DATE_FORMATS.has(format) || own.has(format));
      }
    },
    text() {},
  });
  return styles;
}

interface Workbook {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  /** Days are counted from 1904, as old Macintosh workbooks do. */
  readonly from1904: boolean;
}

/** The rows of a sheet from its first, empty ones included; as many as are taken at most. */
export function sheetCells(xml: string, workbook: Workbook): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell: { column: number; type: string; style: number } | null = null;
  let value = '';
  let reading = false;
  walkXml(xml, {
    tag({ name, attributes, kind }) {
      if (name === 'row' && kind !== 'close') {
        const number = attributes.r === undefined ? rows.length + 1 : Number(attributes.r);
        if (!Number.isInteger(number) || number <= rows.length) throw new SheetError('rows that are not in order');
        if (number > TABLE_LIMITS.rows * 2) throw new SheetError(`more than ${TABLE_LIMITS.rows} rows`);
        while (rows.length < number - 1) rows.push([]);
        row = [];
        rows.push(row);
      } else if (name === 'c') {
        if (kind === 'close') {
          if (cell) put(row, cell.column, shown(value, cell, workbook));
          cell = null;
        } else if (kind === 'open') {
          cell = {
            column: columnOf(attributes, row.length),
            type: attributes.t ?? 'n',
            style: Number(attributes.s ?? 0),
          };
          value = '';
        }
      } else if (name === 'v' || name === 't') reading = kind === 'open' && cell !== null;
    },
    text(piece) {
      if (reading) value += piece;
    },
  });
  return rows;
}

function columnOf(attributes: Tag['attributes'], next: number): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(attributes.r ?? '')?.[1];
  if (letters === undefined) return next;
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

function put(row: string[], column: number, text: string): void {
  if (text === '') return;
  // Far to the right stands what is no part of the table; one cell more than is taken tells that there is too much.
  const place = Math.min(column, TABLE_LIMITS.columns);
  while (row.length < place) row.push('');
  row[place] = text;
}

function shown(value: string, { type, style }: { type: string; style: number }, workbook: Workbook): string {
  if (type === 's') return workbook.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.slice(0, 10);
  if (type !== 'n' || value === '') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (workbook.dates[style]) return dayOf(number, workbook.from1904) ?? value;
  return Number.isInteger(number) ? BigInt(number).toString() : String(number);
}

/** The day of a spreadsheet's number, which counts a 29 February 1900 that never was. */
export function dayOf(number: number, from1904: boolean): string | null {
  const days = Math.floor(number);
  if (days < (from1904 ? 0 : 61) || days > 200_000) return null;
  return Temporal.PlainDate.from(from1904 ? '1904-01-01' : '1899-12-30')
    .add({ days })
    .toString();
}
