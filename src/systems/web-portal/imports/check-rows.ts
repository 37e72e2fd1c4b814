/** Judges rows of an import with all that is known, and stores what was found. */
import { setImmediate as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { approvedProducts, sitesOf } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { FieldError } from '#platform/http/answers.ts';
import { nameKey } from '../names/names.ts';
import { findMatchesOfMany } from '../possible-match/find-many.ts';
import { DAYS_ALLOWED, programmeDays } from '../programme-days/programme-days.ts';
import { registrationPlans } from '../registrations/registration-plans.ts';
import { type Import, type ImportRow, type RowState, type RowWarning, rowColumns } from './imports.ts';
import { type RowEntry, rowReader } from './row-entry.ts';
import { answered, type EarlierRow, matchWarning, readChoice, repetition, rowState } from './weigh-row.ts';

/** A row with everything that was found about it. */
export interface JudgedRow {
  readonly row: ImportRow;
  readonly entry: RowEntry | null;
  readonly state: RowState;
  readonly faults: readonly FieldError[];
  readonly warnings: readonly RowWarning[];
  /** The known candidate that the row is about; null: somebody new, or nobody yet. */
  readonly candidateId: string | null;
}

/** So many rows are read before other requests have their turn. */
const AT_ONCE = 250;
/** So many earlier rows of one birth date are compared. */
const COMPARED = 20;

/**
 * Judges rows by the rules of the form for one candidate, by each other, by the candidates of the centre and by what the
 * centre may register today. `among`: rows of the same file that they are compared with as well.
 */
export async function judgeRows(
  reader: Reader,
  from: Import,
  rows: readonly ImportRow[],
  among: readonly ImportRow[] = [],
): Promise<JudgedRow[]> {
  const { centreId } = from;
  const known = { products: await approvedProducts(reader, centreId), sites: await sitesOf(reader, centreId) };
  const read = rowReader({ columns: from.columns, common: from.common, known, today: dayInLondon(reader.now) });
  const all = [...new Map([...among, ...rows].map((row) => [row.number, row])).values()].sort(
    (a, b) => a.number - b.number,
  );
  const readings = new Map<number, ReturnType<typeof read>>();
  for (const [at, row] of all.entries()) {
    if (at % AT_ONCE === 0) await pause();
    readings.set(row.number, read(row.cells));
  }
  const counted = all.flatMap((row) => {
    const reading = readings.get(row.number);
    return reading?.ok && row.choice !== 'leave_out' ? [{ number: row.number, identity: reading.entry.candidate }] : [];
  });
  const repeated = repetitions(counted);
  const good = rows.flatMap((row) => {
    const reading = readings.get(row.number);
    return reading?.ok ? [{ row, entry: reading.entry }] : [];
  });
  const matches = await findMatchesOfMany(
    reader,
    centreId,
    good.map(({ entry }) => entry.candidate),
  );
  const found = good.map(({ row, entry }, at) => {
    const { faults, warnings } = repeated(row.number, entry.candidate);
    const asking = [...(matches[at] ?? []).map((match) => matchWarning(entry.candidate, match)), ...warnings];
    const answer = answered(readChoice(row.choice), asking);
    return { row, entry, faults, asking, candidateId: answer.open ? null : answer.candidateId };
  });
  const plans = await registrationPlans(
    reader,
    centreId,
    found.map(({ entry: { candidate, programme }, candidateId }) => ({
      candidateId,
      name: `${candidate.givenNames} ${candidate.familyName}`,
      programme,
    })),
  );
  const judged = new Map<number, JudgedRow>();
  const asked = new Map<string, number>();
  for (const [at, { row, entry, asking, candidateId, ...one }] of found.entries()) {
    const plan = plans[at];
    const faults = plan && !plan.ok ? [...one.faults, plan.problem] : [...one.faults];
    const warnings = [...asking];
    if (candidateId !== null && row.choice !== 'leave_out') {
      const key = `${candidateId} ${entry.programme.productId}`;
      const first = asked.get(key);
      if (first !== undefined)
        faults.push({
          field: 'product',
          message: `Row ${first} registers the same candidate for the same product. Leave one of the two out`,
        });
      else asked.set(key, row.number);
    }
    if (plan?.ok) {
      const today = dayInLondon(reader.now);
      const days = programmeDays({ ...entry.programme, today, regulated: plan.plan.product.regulated });
      if (days.late)
        warnings.push({
          kind: 'late',
          message: `Registered late: ${days.daysUsed} days after the programme start, ${DAYS_ALLOWED} are allowed. The registration is marked for good`,
        });
    }
    const state = rowState(readChoice(row.choice), faults, warnings);
    judged.set(row.number, { row, entry, state, faults, warnings, candidateId });
  }
  return rows.map((row) => {
    const reading = readings.get(row.number);
    const one = judged.get(row.number);
    if (one) return one;
    const faults = reading && !reading.ok ? reading.faults : [];
    return {
      row,
      entry: null,
      state: rowState(readChoice(row.choice), faults, []),
      faults,
      warnings: [],
      candidateId: null,
    };
  });
}

/** Compares the rows of a file with each other: equal ULNs among all, people who are alike among those before. */
function repetitions(counted: readonly EarlierRow[]) {
  const byUln = group(counted, ({ identity }) => identity.uln);
  const byDate = group(counted, ({ identity }) => identity.birthDate);
  const byName = group(counted, ({ identity }) => nameKey(identity.givenNames, identity.familyName));
  return (number: number, identity: RowEntry['candidate']) => {
    const sameUln =
      identity.uln === null
        ? []
        : (byUln.get(identity.uln) ?? []).flatMap((row) => (row.number === number ? [] : [row.number]));
    const before = [
      ...(byDate.get(identity.birthDate) ?? []),
      ...(byName.get(nameKey(identity.givenNames, identity.familyName)) ?? []),
    ].filter((row) => row.number < number);
    return repetition(identity, sameUln, before.slice(-COMPARED));
  };
}

function group(rows: readonly EarlierRow[], key: (row: EarlierRow) => string | null): Map<string, EarlierRow[]> {
  const groups = new Map<string, EarlierRow[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === null) continue;
    const there = groups.get(name);
    if (there) there.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/** Stores what was found about rows, and counts the import anew; its version rises, so that no older page can confirm it. */
export async function storeJudged(writer: Writer, from: Import, judged: readonly JudgedRow[]): Promise<void> {
  const list = judged.map(({ row, entry, state, faults, warnings }) => ({
    number: row.number,
    state,
    faults,
    warnings,
    uln: entry?.candidate.uln ?? null,
    birthDate: entry?.candidate.birthDate ?? null,
    nameKey: entry ? nameKey(entry.candidate.givenNames, entry.candidate.familyName) : null,
  }));
  await writer.rows(sql`
    update web_portal.import_rows r set state = j.state, faults = j.faults, warnings = j.warnings, uln = j.uln,
      birth_date = j."birthDate", name_key = j."nameKey"
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
      as j (number int, state text, faults jsonb, warnings jsonb, uln text, "birthDate" date, "nameKey" text)
    where r.import_id = ${from.id} and r.centre_id = ${from.centreId} and r.row_number = j.number`);
  await writer.rows(sql`
    update web_portal.imports i set version = i.version + 1, ready_count = c.ready, fault_count = c.fault,
      undecided_count = c.undecided, left_out_count = c.left_out, late_count = c.late
    from (select count(*) filter (where r.state = 'ready') as ready, count(*) filter (where r.state = 'fault') as fault,
        count(*) filter (where r.state = 'undecided') as undecided, count(*) filter (where r.state = 'left_out') as left_out,
        count(*) filter (where r.state in ('ready', 'undecided') and r.warnings @> '[{"kind": "late"}]') as late
      from web_portal.import_rows r where r.import_id = ${from.id} and r.centre_id = ${from.centreId}) c
    where i.id = ${from.id} and i.centre_id = ${from.centreId}`);
}

/** Judges changed rows anew, and with them those rows of the file that speak of the same people, before or after. */
export async function checkChanged(writer: Writer, from: Import, before: readonly ImportRow[]): Promise<void> {
  const numbers = before.map(({ number }) => number);
  const changed = await writer.rows(sql<ImportRow>`
    select ${rowColumns} from web_portal.import_rows r
    where r.import_id = ${from.id} and r.centre_id = ${from.centreId} and r.row_number = any (${numbers}::int[])`);
  const first = await judgeRows(writer, from, changed);
  await storeJudged(writer, from, first);
  const after = first.flatMap(({ entry }) => (entry ? [entry.candidate] : []));
  const text = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))];
  const related = await writer.rows(sql<ImportRow>`
    select ${rowColumns} from web_portal.import_rows r
    where r.import_id = ${from.id} and r.centre_id = ${from.centreId} and (r.row_number = any (${numbers}::int[])
      or r.uln = any (${text([...before.map(({ uln }) => uln), ...after.map(({ uln }) => uln)])}::text[])
      or r.birth_date = any (${text([...before.map(({ birthDate }) => birthDate), ...after.map(({ birthDate }) => birthDate)])}::date[])
      or r.name_key = any (${text([...before.map((row) => row.nameKey), ...after.map((one) => nameKey(one.givenNames, one.familyName))])}::text[]))
    order by r.row_number`);
  await storeJudged(writer, from, await judgeRows(writer, from, related, related));
}
