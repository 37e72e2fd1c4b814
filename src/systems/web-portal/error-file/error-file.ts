import { stringify } from 'csv-stringify/sync';
import { type Answer, file, NotFound } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { safeCell } from '#platform/list-file/csv-text.ts';
import { listBytes } from '#platform/list-file/list-file.ts';
import { importParams } from '../imports/import-page.ts';
import { type Import, type ImportRow, importById, rowsOf } from '../imports/imports.ts';
import { encode } from '../read-table/encoding.ts';

/** The heading of the column that is added. It is no column of candidates, so the file can be chosen again as it is. */
const WHAT_IS_WRONG = 'What is wrong';

/** GET /web-portal/imports/:importId/errors: the rows that are not registered, in the form of the file, with the reasons. */
export const fetchErrors = handler({ params: importParams }, async (context): Promise<Answer> => {
  const { from, rows } = await context.read(async (reader) => {
    const from = await importById(reader, context.params.importId, context.centreId());
    return { from, rows: await rowsOf(reader, from, { states: ['fault', 'undecided', 'left_out'] }) };
  });
  if (from.state !== 'checked' && from.state !== 'registered') throw new NotFound();
  const name = `${from.fileName.replace(/\.[^.]*$/, '')}-errors`;
  if (from.format === 'xlsx') {
    const workbook = { name, headings: [...from.headings, WHAT_IS_WRONG], rows: rows.map((row) => cellsOf(from, row)) };
    return { kind: 'file', ...(await listBytes(workbook, 'xlsx')) };
  }
  return file(errorFile(from, rows), {
    type: 'text/csv',
    name: `${name}.${from.fileName.endsWith('.txt') ? 'txt' : 'csv'}`,
  });
});

type Row = Pick<ImportRow, 'cells' | 'faults' | 'warnings' | 'choice'>;

const cellsOf = ({ headings }: Pick<Import, 'headings'>, row: Row): string[] => [
  ...headings.map((_, at) => row.cells[at] ?? ''),
  reasons(row),
];

/** Columns, delimiter and encoding as they came. No cell begins like a formula. */
function errorFile(
  { headings, encoding, delimiter }: Pick<Import, 'headings' | 'encoding' | 'delimiter'>,
  rows: readonly Row[],
): Buffer {
  const lines = [[...headings, WHAT_IS_WRONG], ...rows.map((row) => cellsOf({ headings }, row))];
  const text = stringify(
    lines.map((line) => line.map(safeCell)),
    { delimiter: delimiter ?? ',', record_delimiter: '\r\n' },
  );
  return encode(text, encoding ?? 'utf-8-mark');
}

function reasons({ faults, warnings, choice }: Row): string {
  const all = [
    ...(choice === 'leave_out' ? ['Left out'] : []),
    ...[...faults, ...warnings].map(({ message }) => message),
  ];
  return `${all.join('. ')}.`;
}
