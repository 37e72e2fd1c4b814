import { sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { type Answer, NotFound, page, Refused, redirect } from '#platform/http/answers.ts';
import { cleanText } from '#platform/http/clean-words.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { errorSummary, link, pageHead } from '#ui';
import { importRowsChanged } from '../audit.ts';
import { checkChanged } from '../imports/check-rows.ts';
import { importCrumbs, importHref, importParams } from '../imports/import-page.ts';
import { type Import, type ImportRow, importById, lockImport, rowByNumber } from '../imports/imports.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { TABLE_LIMITS } from '../read-table/table.ts';
import { SHOWS } from '../view-import/shown.ts';
import { rowCard, rowName } from './row-card.ts';

const params = importParams.extend({ row: z.coerce.number().int().min(2).max(100_000) });
const show = z.enum(SHOWS).catch('fault');

/** GET /web-portal/imports/:importId/rows/:row: one row with its cells. */
export const showRow = handler({ params, query: z.object({ show }) }, async (context): Promise<Answer> => {
  const { importId, row: number } = context.params;
  const shown = await context.read(async (reader) => {
    const from = await importById(reader, importId, context.centreId());
    return { from, row: await rowByNumber(reader, from, number) };
  });
  if (shown.from.state !== 'checked') throw new NotFound();
  return page(await rowPage(context as Context, shown, context.query.show, []));
});

/** POST /web-portal/imports/:importId/rows/:row: cells corrected, a question answered, left out or taken in again. */
export const editRow = handler({ params }, async (context): Promise<Answer> => {
  const { importId, row: number } = context.params;
  const centreId = context.centreId();
  const fields = Object.fromEntries(
    Object.entries(context.fields).map(([name, value]) => [name, cleanText([value].flat()[0] ?? '')]),
  );
  const back = show.parse(fields.show);
  try {
    await context.write(async (writer) =>
      changeRow(writer, await lockImport(writer, importId, centreId), number, fields),
    );
    return redirect(importHref({ id: importId }, `?show=${back}`));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const shown = await context.read(async (reader) => {
      const from = await importById(reader, importId, centreId);
      return { from, row: await rowByNumber(reader, from, number) };
    });
    return page(await rowPage(context as Context, { ...shown, typed: fields }, back, error.errors), 422);
  }
});

/** Changes one row as a form asks for it, and judges it anew with those that speak of the same people. */
async function changeRow(writer: Writer, from: Import, number: number, fields: Record<string, string>): Promise<void> {
  if (from.state !== 'checked')
    throw new Refused('The rows of this file cannot be changed now: it is being registered, or that has ended');
  const row = await rowByNumber(writer, from, number);
  if (String(row.version) !== fields.rowVersion)
    throw new Refused(
      'This row was changed since the page was opened, in another window or by a colleague. What you typed stands below; save it if it is right',
    );
  const cells = from.headings.map((_, at) => {
    const field = from.columns[at];
    const typed = field ? fields[field] : undefined;
    return (typed ?? row.cells[at] ?? '').slice(0, TABLE_LIMITS.cell);
  });
  const choice = choiceOf(fields, row);
  await writer.db
    .updateTable('web_portal.import_rows')
    .set({ cells: sql`${cells}::text[]`, choice, version: row.version + 1 })
    .where('import_id', '=', from.id)
    .where('centre_id', '=', from.centreId)
    .where('row_number', '=', number)
    .execute();
  await checkChanged(writer, from, [row]);
  const what =
    fields.do === 'leave_out' ? 'left out' : fields.do === 'take_in' ? 'taken in again' : 'corrected or answered';
  await writer.audit(importRowsChanged, { kind: 'import', id: from.id }, { rows: [number], what }, from.centreId);
}

function choiceOf(fields: Record<string, string>, row: ImportRow): string | null {
  if (fields.do === 'leave_out') return 'leave_out';
  const said = fields.choice ?? '';
  if (said === 'another') return said;
  const same = row.warnings.some(({ candidateId }) => candidateId && said === `same:${candidateId}`);
  if (same) return said;
  // Saving the cells of a row that is left out does not take it in.
  return fields.do !== 'take_in' && row.choice === 'leave_out' ? 'leave_out' : null;
}

interface ShownRow {
  readonly from: Import;
  readonly row: ImportRow;
  readonly typed?: Record<string, string>;
}

function rowPage(context: Context, { from, row, typed }: ShownRow, back: string, errors: Refused['errors']) {
  const here = importHref(from);
  return portalPage(
    context,
    { title: `Row ${row.number} of ${from.fileName}`, form: true, hasErrors: errors.length > 0 },
    html`${importCrumbs(from.fileName, here, `Row ${row.number}`)}${errorSummary(errors, 'The row was not saved')}
${pageHead({ title: `Row ${row.number}`, lead: html`${rowName(from, row)}. ${link('Back to the rows', `${here}?show=${back}`)}` })}
<div class="wrap-m">${from.state === 'checked' && rowCard({ from, row, show: back, ...(typed && { typed }) })}</div>`,
  );
}
