import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { type Answer, type FieldError, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { readDate } from '#ui';
import { judgeRows, storeJudged } from '../imports/check-rows.ts';
import {
  COMMON_FIELDS,
  type CommonField,
  type CommonValues,
  columnProblems,
  IMPORT_FIELDS,
  type ImportField,
} from '../imports/import-fields.ts';
import { importHref, importParams } from '../imports/import-page.ts';
import { changeImport, type Import, importById, lockImport, rowsOf } from '../imports/imports.ts';
import { programmeStartProblem } from '../programme-days/programme-days.ts';
import { type Offer, offerOf, typed } from '../register-candidate/fields.ts';
import { columnsPage, type EarlierImport } from './page.ts';

/** GET /web-portal/imports/:importId/columns */
export const showColumns = handler({ params: importParams }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const shown = await context.read(async (reader) =>
    shownOf(reader, await importById(reader, context.params.importId, centreId)),
  );
  if (!['uploaded', 'mapped', 'checked'].includes(shown.from.state)) return redirect(importHref(shown.from));
  return page(await columnsPage(context as Context, { ...shown, values: valuesOf(shown.from), errors: [] }));
});

/** POST /web-portal/imports/:importId/columns: keeps what the columns are, and judges every row. */
export const mapColumns = handler({ params: importParams }, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { importId } = context.params;
  const { fields } = context;
  try {
    await context.write(async (writer) => {
      const from = await lockImport(writer, importId, centreId);
      const { columns, common } = readColumns(fields, from, await offerOf(writer, centreId), dayInLondon(writer.now));
      if ((await earlierImport(writer, from)) && typed(fields, 'again') !== 'yes')
        throw new Refused([
          { field: 'again', message: 'The same file was taken before. Say that you know it, or discard this one' },
        ]);
      await mapAndCheck(writer, from, columns, common);
    });
    return redirect(importHref({ id: importId }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const shown = await context.read(async (reader) => shownOf(reader, await importById(reader, importId, centreId)));
    return page(await columnsPage(context as Context, { ...shown, values: fields, errors: error.errors }), 422);
  }
});

/** Confirms the columns of an import, remembers them for the same headings, and judges all rows. */
export async function mapAndCheck(
  writer: Writer,
  from: Import,
  columns: readonly (ImportField | '')[],
  common: CommonValues,
): Promise<void> {
  const { centreId } = from;
  const mapped = await changeImport(writer, from, 'map');
  await writer.db
    .updateTable('web_portal.imports')
    .set({ columns: sql`${[...columns]}::text[]`, common: JSON.stringify(common), refusal: null })
    .where('id', '=', from.id)
    .where('centre_id', '=', centreId)
    .execute();
  await writer.rows(sql`
    insert into web_portal.import_columns (centre_id, headings, columns, confirmed_at)
    values (${centreId}, ${[...from.headings]}::text[], ${[...columns]}::text[], ${writer.now})
    on conflict (centre_id, headings) do update set columns = excluded.columns, confirmed_at = excluded.confirmed_at`);
  const now = { ...from, state: mapped, columns, common };
  const rows = await rowsOf(writer, now);
  await storeJudged(writer, now, await judgeRows(writer, now, rows));
  await changeImport(writer, now, 'check');
}

function readColumns(
  fields: FormValues,
  { headings }: Import,
  offer: Offer,
  today: string,
): { columns: (ImportField | '')[]; common: CommonValues } {
  const columns = headings.map((_, at): ImportField | '' => {
    const value = typed(fields, `column-${at}`);
    return IMPORT_FIELDS.find((field) => field === value) ?? '';
  });
  const errors: FieldError[] = [];
  const common: Partial<Record<CommonField, string>> = {};
  for (const field of COMMON_FIELDS) {
    const value = typed(fields, field).normalize('NFC').replace(/\s+/g, ' ').trim();
    if (field !== 'programmeStart' && value !== '') common[field] = value;
  }
  if (common.product && !offer.open.some(({ productId }) => productId === common.product))
    errors.push({ field: 'product', message: 'Choose a product from the list' });
  if (common.site && !offer.sites.some(({ id }) => id === common.site))
    errors.push({ field: 'site', message: 'Choose one of the sites of your centre' });
  const start = readDate(fields, 'programmeStart', 'programme start');
  if (!start.ok) errors.push(start.error);
  else if (start.date) {
    const problem = programmeStartProblem(start.date, today);
    if (problem) errors.push({ field: 'programmeStart', message: problem });
    common.programmeStart = start.date;
  }
  if (errors.length === 0) errors.push(...columnProblems(columns, headings, common));
  if (errors.length > 0) throw new Refused(errors);
  return { columns, common };
}

async function shownOf(reader: Reader, from: Import) {
  return {
    from,
    offer: await offerOf(reader, from.centreId),
    examples: await rowsOf(reader, from, { limit: 3 }),
    earlier: await earlierImport(reader, from),
    submissionId: randomUUID(),
  };
}

/** An import of the very same file by this centre that came before and was not discarded. */
async function earlierImport(reader: Pick<Reader, 'rows'>, from: Import): Promise<EarlierImport | null> {
  const [found] = await reader.rows(sql<EarlierImport>`
    select o.id, o.file_name as "fileName", o.uploaded_at as "uploadedAt", o.state from web_portal.imports o
    join web_portal.imports i on i.id = ${from.id} and i.centre_id = ${from.centreId}
    where o.centre_id = i.centre_id and o.sha256 = i.sha256 and o.id <> i.id and o.state <> 'discarded' and o.uploaded_at <= i.uploaded_at
    order by o.uploaded_at desc limit 1`);
  return found ?? null;
}

/** The columns and common values of an import, as the form names them. */
function valuesOf({ columns, common }: Import): FormValues {
  const values: Record<string, string> = { ...common };
  const [year = '', month = '', day = ''] = (common.programmeStart ?? '').split('-');
  Object.assign(values, { 'programmeStart-year': year, 'programmeStart-month': month, 'programmeStart-day': day });
  for (const [at, field] of columns.entries()) values[`column-${at}`] = field;
  return values;
}
