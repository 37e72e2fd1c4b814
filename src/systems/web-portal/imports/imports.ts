/** Imports and their rows as they are stored. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { type FieldError, NotFound, Refused } from '#platform/http/answers.ts';
import { importStateChanged } from '../audit.ts';
import type { Delimiter } from '../read-table/delimiter.ts';
import type { Encoding } from '../read-table/encoding.ts';
import type { CommonValues, ImportField } from './import-fields.ts';
import { type ImportAct, type ImportState, importTransition } from './import-state.ts';

export interface Import {
  readonly id: string;
  readonly centreId: string;
  readonly fileName: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly headings: readonly string[];
  readonly columns: readonly (ImportField | '')[];
  readonly common: CommonValues;
  readonly state: ImportState;
  readonly stateChangedAt: Date;
  readonly version: number;
  readonly rowCount: number;
  readonly readyCount: number;
  readonly faultCount: number;
  readonly undecidedCount: number;
  readonly leftOutCount: number;
  readonly lateCount: number;
  readonly registeredCount: number;
  readonly uploadedAt: Date;
  readonly uploadedBy: string | null;
  readonly confirmedBy: string | null;
  readonly registeredAt: Date | null;
  readonly refusal: string | null;
}

const importColumns = sql`i.id, i.centre_id as "centreId", i.file_name as "fileName", i.format, i.encoding, i.delimiter,
  i.headings, i.columns, i.common, i.state, i.state_changed_at as "stateChangedAt", i.version, i.row_count as "rowCount",
  i.ready_count as "readyCount", i.fault_count as "faultCount", i.undecided_count as "undecidedCount",
  i.left_out_count as "leftOutCount", i.late_count as "lateCount", i.registered_count as "registeredCount",
  i.uploaded_at as "uploadedAt", i.uploaded_by as "uploadedBy", i.confirmed_by as "confirmedBy",
  i.registered_at as "registeredAt", i.refusal`;

/** An import of the centre; with null of whatever centre whoever asks may see. 404 when it is not there. */
export async function importById(
  reader: Pick<Reader, 'rows'>,
  importId: string,
  centreId: string | null,
): Promise<Import> {
  const [found] = await reader.rows(sql<Import>`
    select ${importColumns} from web_portal.imports i
    where i.id = ${importId} and (${centreId}::uuid is null or i.centre_id = ${centreId}::uuid)`);
  if (!found) throw new NotFound();
  return found;
}

/** The import, locked against every other change until the end of the transaction. */
export async function lockImport(writer: Writer, importId: string, centreId: string): Promise<Import> {
  const [found] = await writer.rows(sql<Import>`
    select ${importColumns} from web_portal.imports i where i.id = ${importId} and i.centre_id = ${centreId} for update`);
  if (!found) throw new NotFound();
  return found;
}

/** Refused unless the page that sent the form showed the import as it is now. */
export function mustBeAsShown({ version }: Import, shown: string | undefined): void {
  if (String(version) === shown) return;
  throw new Refused(
    'The rows were changed since this page was opened, in another window or by a colleague. Nothing was done. Look through them as they are now, and go on from here',
  );
}

/** Changes the state of an import by the one transition function, and notes who, when and why. */
export async function changeImport(
  writer: Writer,
  { id, centreId, state: from, fileName }: Pick<Import, 'id' | 'centreId' | 'state' | 'fileName'>,
  act: ImportAct,
  reason: string | null = null,
): Promise<ImportState> {
  const result = importTransition(from, act);
  if (!result.ok) throw new Refused(result.message);
  await writer.db
    .updateTable('web_portal.imports')
    .set({ state: result.to, state_changed_at: writer.now })
    .where('id', '=', id)
    .where('centre_id', '=', centreId)
    .execute();
  await noteImportState(writer, { id, centreId, from, to: result.to, reason, fileName });
  return result.to;
}

export async function noteImportState(
  writer: Writer,
  line: {
    id: string;
    centreId: string;
    from: ImportState | null;
    to: ImportState;
    reason: string | null;
    fileName: string;
  },
): Promise<void> {
  const { id, centreId, from, to, reason, fileName } = line;
  await writer.db
    .insertInto('web_portal.import_states')
    .values({
      centre_id: centreId,
      import_id: id,
      from_state: from,
      to_state: to,
      at: writer.now,
      person_id: writer.identity.personId,
      reason,
    })
    .execute();
  await writer.audit(importStateChanged, { kind: 'import', id }, { file: fileName, from, to, reason }, centreId);
}

export type RowState = 'new' | 'ready' | 'fault' | 'undecided' | 'left_out';
type WarningKind = 'match' | 'repeated' | 'late';

/** Something about a row that a person should know; a match and a repetition ask for an answer. */
export interface RowWarning {
  readonly kind: WarningKind;
  readonly message: string;
  /** Of a match: the candidate, and what is said of him or her beside the radio. */
  readonly candidateId?: string;
  readonly label?: string;
  /** Equal in ULN, name and birth date: the same person without a question. */
  readonly certain?: boolean;
  /** Two people never share a ULN: "another person" is no answer. */
  readonly sameUln?: boolean;
}

export interface ImportRow {
  readonly number: number;
  readonly cells: readonly string[];
  readonly version: number;
  readonly state: RowState;
  readonly choice: string | null;
  readonly faults: readonly FieldError[];
  readonly warnings: readonly RowWarning[];
  readonly uln: string | null;
  readonly birthDate: string | null;
  readonly nameKey: string | null;
  readonly registrationId: string | null;
}

export const rowColumns = sql`r.row_number as number, r.cells, r.version, r.state, r.choice, r.faults, r.warnings, r.uln,
  r.birth_date as "birthDate", r.name_key as "nameKey", r.registration_id as "registrationId"`;

/** Rows of an import in their order. */
export function rowsOf(
  reader: Pick<Reader, 'rows'>,
  { id, centreId }: Pick<Import, 'id' | 'centreId'>,
  which: {
    readonly states?: readonly RowState[];
    readonly late?: boolean;
    readonly limit?: number;
    readonly offset?: number;
  } = {},
): Promise<ImportRow[]> {
  const { states = null, late = false, limit = null, offset = 0 } = which;
  return reader.rows(sql<ImportRow>`
    select ${rowColumns} from web_portal.import_rows r
    where r.import_id = ${id} and r.centre_id = ${centreId}
      and (${states}::text[] is null or r.state = any (${states}::text[]))
      and (not ${late}::boolean or r.warnings @> '[{"kind": "late"}]')
    order by r.row_number limit ${limit}::int offset ${offset}`);
}

export async function rowByNumber(
  reader: Pick<Reader, 'rows'>,
  { id, centreId }: Pick<Import, 'id' | 'centreId'>,
  number: number,
): Promise<ImportRow> {
  const [row] = await reader.rows(sql<ImportRow>`
    select ${rowColumns} from web_portal.import_rows r
    where r.import_id = ${id} and r.centre_id = ${centreId} and r.row_number = ${number}`);
  if (!row) throw new NotFound();
  return row;
}
