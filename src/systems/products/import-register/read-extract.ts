/**
 * An extract of the register of regulated qualifications as CSV: columns are found by their names, each row is new,
 * changed, the same or faulty. Pure. Nothing is ever published by it.
 */
import { parse } from 'csv-parse/sync';
import type { Content } from '../drafts/content.ts';
import { qualificationNumberFrom } from '../qualification-number/qualification-number.ts';

/** Facts of one row; a field that the file does not have is left out, an empty cell is null. */
export type ExtractFacts = Partial<
  Pick<
    Content,
    | 'title'
    | 'level'
    | 'kind'
    | 'totalQualificationTime'
    | 'guidedLearningHours'
    | 'credits'
    | 'operationalStart'
    | 'operationalEnd'
    | 'certificationEnd'
    | 'reviewOn'
  >
>;

export interface ExtractRow {
  /** Of the file: 2 is the first beneath the headings. */
  readonly line: number;
  readonly qualificationNumber: string;
  readonly facts: ExtractFacts;
  /** What is wrong, sentences; such a row is left out. */
  readonly faults: readonly string[];
}

export type ReadExtract =
  | { readonly ok: true; readonly rows: readonly ExtractRow[]; readonly ignored: readonly string[] }
  | { readonly ok: false; readonly message: string };

export const MOST_ROWS = 2000;

type Field = 'qualificationNumber' | keyof ExtractFacts;
// Names in the extracts of the regulators, without spaces, signs and case.
const NAMES: Record<string, Field> = {
  qualificationnumber: 'qualificationNumber',
  qn: 'qualificationNumber',
  qan: 'qualificationNumber',
  title: 'title',
  qualificationtitle: 'title',
  level: 'level',
  qualificationlevel: 'level',
  type: 'kind',
  qualificationtype: 'kind',
  tqt: 'totalQualificationTime',
  totalqualificationtime: 'totalQualificationTime',
  glh: 'guidedLearningHours',
  guidedlearninghours: 'guidedLearningHours',
  guidedlearning: 'guidedLearningHours',
  credit: 'credits',
  credits: 'credits',
  totalcredits: 'credits',
  operationalstart: 'operationalStart',
  operationalstartdate: 'operationalStart',
  operationalend: 'operationalEnd',
  operationalenddate: 'operationalEnd',
  certificationend: 'certificationEnd',
  certificationenddate: 'certificationEnd',
  review: 'reviewOn',
  reviewdate: 'reviewOn',
};

/** Reads the text of a file. Commas, semicolons and tabs are understood. */
export function readExtract(text: string): ReadExtract {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [',', ';', '\t'].reduce((best, one) =>
    first.split(one).length > first.split(best).length ? one : best,
  );
  let cells: string[][];
  try {
    cells = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return {
      ok: false,
      message: 'The file is no CSV that can be read: a quotation mark is left open. Save it as CSV again',
    };
  }
  const [headings = [], ...rows] = cells;
  const fields = headings.map((heading) => NAMES[heading.toLowerCase().replace(/[^a-z]/g, '')]);
  if (!fields.includes('qualificationNumber'))
    return {
      ok: false,
      message: 'No column is called Qualification Number or QN. The first row must hold the names of the columns',
    };
  if (rows.length === 0) return { ok: false, message: 'The file has no rows beneath its headings' };
  if (rows.length > MOST_ROWS)
    return {
      ok: false,
      message: `The file has ${rows.length} rows, and ${MOST_ROWS} are read at once. Send it in parts`,
    };
  const seen = new Map<string, number>();
  return {
    ok: true,
    ignored: headings.filter((_, index) => fields[index] === undefined).filter(Boolean),
    rows: rows.map((row, index) => {
      const read = readRow(row, fields, index + 2);
      const earlier = seen.get(read.qualificationNumber);
      if (earlier === undefined) seen.set(read.qualificationNumber, read.line);
      else
        return { ...read, faults: [...read.faults, `${read.qualificationNumber} stands in row ${earlier} already.`] };
      return read;
    }),
  };
}

function readRow(cells: readonly string[], fields: readonly (Field | undefined)[], line: number): ExtractRow {
  const faults: string[] = [];
  const facts: Record<string, unknown> = {};
  let qualificationNumber = '';
  fields.forEach((field, index) => {
    // A spreadsheet's guard before a sign that it would take for a formula.
    const cell = (cells[index] ?? '').replace(/^'(?=[=+\-@])/, '');
    if (field === undefined) return;
    if (field === 'qualificationNumber') {
      qualificationNumber = qualificationNumberFrom(cell) ?? cell;
      if (qualificationNumberFrom(cell) === null)
        faults.push(`"${cell}" is no qualification number: it looks like 500/6771/0.`);
      return;
    }
    const value = readCell(field, cell);
    if (value === undefined) faults.push(`"${cell}" cannot be read as ${WHAT[field]}.`);
    else facts[field] = value;
  });
  if (facts.title === '') faults.push('The title is empty.');
  return { line, qualificationNumber, facts, faults };
}

const WHAT: Record<keyof ExtractFacts, string> = {
  title: 'a title',
  level: 'a level: 0 to 8 or "Level 3"',
  kind: 'a type',
  totalQualificationTime: 'hours',
  guidedLearningHours: 'hours',
  credits: 'credits',
  operationalStart: 'a date: 2026-09-01 or 01/09/2026',
  operationalEnd: 'a date: 2026-09-01 or 01/09/2026',
  certificationEnd: 'a date: 2026-09-01 or 01/09/2026',
  reviewOn: 'a date: 2026-09-01 or 01/09/2026',
};

/** Undefined: it cannot be read. */
function readCell(field: keyof ExtractFacts, cell: string): string | number | null | undefined {
  switch (field) {
    case 'title':
      return cell.length > 200 ? undefined : cell;
    case 'kind':
      return /end[- ]point/i.test(cell) ? 'end_point_assessment' : 'qualification';
    case 'level': {
      if (cell === '') return null;
      if (/entry/i.test(cell)) return 0;
      const match = /^(?:level\s*)?([0-8])$/i.exec(cell);
      return match ? Number(match[1]) : undefined;
    }
    case 'totalQualificationTime':
    case 'guidedLearningHours':
    case 'credits':
      if (cell === '') return null;
      return /^\d{1,5}$/.test(cell) ? Number(cell) : undefined;
    default:
      return readDay(cell);
  }
}

function readDay(cell: string): string | null | undefined {
  if (cell === '') return null;
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(cell);
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: .*)?$/.exec(cell);
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : british
      ? [Number(british[3]), Number(british[2]), Number(british[1])]
      : [0, 0, 0];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2199 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

export interface Compared {
  readonly row: ExtractRow;
  readonly state: 'new' | 'changed' | 'same' | 'faulty';
  /** Of the product here, or the one that a new product would get. */
  readonly code: string;
  /** The facts that differ. */
  readonly changes: readonly string[];
}

/** What a row would do to the product of its number: the draft under work counts, else the version in force. */
export function compareRow(
  row: ExtractRow,
  here: { readonly code: string; readonly content: Content } | null,
): Compared {
  const code = here?.code ?? codeFor(row.qualificationNumber);
  if (row.faults.length > 0) return { row, state: 'faulty', code, changes: [] };
  if (!here) {
    const lacking = row.facts.title ? [] : ['The title is missing, and the product is new.'];
    if (lacking.length > 0) return { row: { ...row, faults: lacking }, state: 'faulty', code, changes: [] };
    return { row, state: 'new', code, changes: Object.keys(row.facts) };
  }
  const changes = Object.entries(row.facts)
    .filter(([field, value]) => here.content[field as keyof ExtractFacts] !== value)
    .map(([field]) => field);
  return { row, state: changes.length > 0 ? 'changed' : 'same', code, changes };
}

/** A code for a product that has none yet: "Q500-6771-0". An officer gives no other once it exists. */
export const codeFor = (qualificationNumber: string): string => `Q${qualificationNumber.replaceAll('/', '-')}`;
