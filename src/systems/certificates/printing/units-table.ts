/** The table of units: on the front if it fits, in smaller type if it must, else continued on a second page. */
import type { Content } from '../content/content.ts';
import { linesOf } from '../typesetting/typefaces.ts';
import { setLine, setLines } from './lines.ts';
import { COLOURS } from './measures.ts';
import { decoration } from './patterns.ts';

type Document = PDFKit.PDFDocument;
type Unit = Content['units'][number];

interface Column {
  readonly label: string;
  readonly numeric: boolean;
  readonly code: boolean;
  readonly cell: (unit: Unit) => string;
}

/** The columns of a certificate: those that regulated units have, and grades only where they differ. */
function columnsOf({ template, units }: Pick<Content, 'template' | 'units'>): Column[] {
  const regulated = template !== 'accreditation';
  const graded = units.some((unit) => unit.grade !== 'Pass');
  return [
    { label: 'Unit', numeric: false, code: true, cell: (unit) => unit.reference },
    { label: 'Title', numeric: false, code: false, cell: (unit) => unit.title },
    ...(regulated ? [{ label: 'Level', numeric: true, code: false, cell: (unit: Unit) => String(unit.level) }] : []),
    ...(regulated && units.some((unit) => unit.credits !== null)
      ? [{ label: 'Credit', numeric: true, code: false, cell: (unit: Unit) => String(unit.credits ?? '') }]
      : []),
    ...(graded ? [{ label: 'Grade', numeric: true, code: false, cell: (unit: Unit) => unit.grade }] : []),
  ];
}

export interface TablePlan {
  readonly size: number;
  readonly left: number;
  readonly right: number;
  /** Lines of each title, in order. */
  readonly titles: readonly (readonly string[])[];
  readonly padding: number;
  /** Height of all rows with the heading. */
  readonly height: number;
}

const CODE_WIDTH = 13;
const NUMBER_WIDTH = 4.6;

/** Plans a table of a width and type size. */
export function planTable(
  content: Pick<Content, 'template' | 'units'>,
  size: number,
  left: number,
  right: number,
): TablePlan {
  const numbers = columnsOf(content).filter((column) => column.numeric).length;
  const room = right - left - 12 - size * (CODE_WIDTH * 0.62 + numbers * NUMBER_WIDTH);
  const titles = content.units.map((unit) => linesOf('text', unit.title, size, room));
  const padding = size >= 9 ? 12 : size >= 8 ? 7 : 4;
  const leading = size * 1.2;
  const height = size * 1.4 + 6 + titles.reduce((sum, lines) => sum + lines.length * leading + padding, 0);
  return { size, left, right, titles, padding, height };
}

/** Draws rows `from` to `to` of a planned table into a structure element, the heading first. Gives the y below. */
export function drawTable(
  doc: Document,
  parent: PDFKit.PDFStructureElement,
  content: Pick<Content, 'template' | 'units'>,
  plan: TablePlan,
  rows: { readonly from: number; readonly to: number },
  top: number,
): number {
  const { size, left, right, padding } = plan;
  const columns = columnsOf(content);
  const numeric = columns.filter((column) => column.numeric);
  const numberWidth = size * NUMBER_WIDTH;
  const edgeOf = (column: Column): number => {
    if (column.code) return left + 6;
    if (!column.numeric) return left + 6 + size * CODE_WIDTH * 0.62;
    return right - 6 - (numeric.length - 1 - numeric.indexOf(column)) * numberWidth;
  };
  const table = doc.struct('Table', { title: 'Units achieved' });
  parent.add(table);

  let y = top;
  const head = doc.struct('TR');
  table.add(head);
  for (const column of columns) {
    const cell = doc.struct('TH', { scope: 'Column' } as PDFKit.Mixins.StructureElementOptions);
    head.add(cell);
    cell.add(() =>
      setLine(doc, column.label, {
        family: 'strong',
        size: size * 0.92,
        x: edgeOf(column),
        y: y + size,
        align: column.numeric ? 'right' : 'left',
        colour: COLOURS.grey,
      }),
    );
    cell.end();
  }
  head.end();
  y += size * 1.4 + 3;
  decoration(doc, () => rule(doc, left, right, y, 0.9, COLOURS.petrol));
  y += 3;
  for (let index = rows.from; index < rows.to; index += 1) {
    y = drawRow(doc, table, {
      unit: content.units[index] as Unit,
      lines: plan.titles[index] ?? [],
      columns,
      edgeOf,
      size,
      y,
      padding,
    });
    decoration(doc, () => rule(doc, left, right, y, 0.4, COLOURS.line));
  }
  table.end();
  return y;
}

interface RowToDraw {
  readonly unit: Unit;
  readonly lines: readonly string[];
  readonly columns: readonly Column[];
  readonly edgeOf: (column: Column) => number;
  readonly size: number;
  readonly y: number;
  readonly padding: number;
}

function drawRow(doc: Document, table: PDFKit.PDFStructureElement, row: RowToDraw): number {
  const { unit, lines, size, y, padding } = row;
  const base = y + padding / 2 + size * 0.85;
  const tr = doc.struct('TR');
  table.add(tr);
  for (const column of row.columns) {
    const cell = doc.struct('TD');
    tr.add(cell);
    cell.add(() => {
      const x = row.edgeOf(column);
      if (!column.numeric && !column.code) {
        setLines(doc, lines, { family: 'text', size, x, y: base, leading: size * 1.2 });
        return;
      }
      const align = column.numeric ? 'right' : 'left';
      setLine(doc, column.cell(unit), { family: column.code ? 'code' : 'text', size, x, y: base, align });
    });
    cell.end();
  }
  tr.end();
  return y + lines.length * size * 1.2 + padding;
}

function rule(doc: Document, left: number, right: number, y: number, width: number, colour: string): void {
  doc.lineWidth(width).strokeColor(colour).moveTo(left, y).lineTo(right, y).stroke();
}
