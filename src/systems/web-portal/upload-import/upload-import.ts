import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { AlreadySubmitted, submissionLedTo, type Writer } from '#platform/database/database.ts';
import { acceptOf } from '#platform/files/file-kind.ts';
import { type ReceivedFile, receiveForm } from '#platform/files/receive-form.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import { cleanText } from '#platform/http/clean-words.ts';
import type { Context } from '#platform/http/context.ts';
import { buttonRow, card, details, errorSummary, fileField, form, linkButton, pageHead, submitButton } from '#ui';
import { FIELD_WORDS, IMPORT_FIELDS, recogniseHeadings } from '../imports/import-fields.ts';
import { IMPORTS, importHref } from '../imports/import-page.ts';
import { noteImportState } from '../imports/imports.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { readTable } from '../read-table/read-table.ts';
import { TABLE_LIMITS, type Table } from '../read-table/table.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** GET /web-portal/imports/new */
export async function showUpload(context: Context): Promise<Answer> {
  context.centreId();
  return page(await uploadPage(context, []));
}

/** POST /web-portal/imports/new: takes the file in, as it is; nobody is registered yet. */
export async function uploadImport(context: Context): Promise<Answer> {
  const centreId = context.centreId();
  const refuse = async (message: string) => page(await uploadPage(context, [{ field: 'file', message }]), 422);
  const { fields, files } = await receiveForm(context.request, { mostBytes: TABLE_LIMITS.bytes, mostFiles: 1 });
  const [file] = files;
  if (!file) return refuse('Choose a file');
  if (file.tooLarge)
    return refuse(`"${file.name}" is larger than ${TABLE_LIMITS.bytes / 1_000_000} MB. Split it into several files`);
  const reading = await readTable(file.content);
  if (!reading.ok) return refuse(reading.why);
  const given = fields.submissionId;
  const submission = typeof given === 'string' && UUID.test(given) ? given : null;
  try {
    const location = await context.write(
      async (writer) => {
        const to = importHref({ id: await storeImport(writer, centreId, file, reading.table) }, '/columns');
        if (submission) await submissionLedTo(writer, submission, to);
        return to;
      },
      { submission },
    );
    return redirect(location);
  } catch (error) {
    if (error instanceof AlreadySubmitted) return redirect(error.location);
    throw error;
  }
}

/** Stores a table with its columns as recognised, or as the centre confirmed them last for the same headings. */
export async function storeImport(
  writer: Writer,
  centreId: string,
  file: Pick<ReceivedFile, 'name' | 'content' | 'sha256'>,
  table: Table,
): Promise<string> {
  const headings = table.headings.map(cleanText);
  const remembered = await writer.db
    .selectFrom('web_portal.import_columns')
    .select('columns')
    .where('centre_id', '=', centreId)
    .where(sql<boolean>`headings = ${headings}::text[]`)
    .executeTakeFirst();
  const { id } = await writer.db
    .insertInto('web_portal.imports')
    .values({
      centre_id: centreId,
      file_name: cleanText(file.name),
      sha256: file.sha256,
      bytes: file.content.length,
      format: table.format,
      encoding: table.encoding,
      delimiter: table.delimiter,
      headings: sql`${headings}::text[]`,
      columns: sql`${remembered?.columns ?? recogniseHeadings(headings)}::text[]`,
      state: 'uploaded',
      state_changed_at: writer.now,
      row_count: table.rows.length,
      uploaded_at: writer.now,
      uploaded_by: writer.identity.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = table.rows.map(({ number, cells }) => ({ number, cells: cells.map(cleanText) }));
  await writer.rows(sql`
    insert into web_portal.import_rows (import_id, centre_id, row_number, cells)
    select ${id}, ${centreId}, r.number,
      array(select c from jsonb_array_elements_text(r.cells) with ordinality as x (c, place) order by place)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (number int, cells jsonb)`);
  await noteImportState(writer, { id, centreId, from: null, to: 'uploaded', reason: null, fileName: file.name });
  return id;
}

async function uploadPage(context: Context, errors: readonly FieldError[]): Promise<Safe> {
  return portalPage(
    context,
    { title: 'Register many candidates', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${pageHead({ title: 'Register many candidates', lead: 'By a file from your own records. Nobody is registered before you have seen and confirmed every row.' })}
${form(
  { action: `${IMPORTS}/new`, multipart: true, submissionId: randomUUID(), class: 'wrap-m stack' },
  html`${card(
    { label: 'File' },
    html`${fileField({ name: 'file', label: 'File with candidates', hint: `CSV or XLSX with headings in the first row, one candidate in each further row; ${TABLE_LIMITS.rows.toLocaleString('en-GB')} rows and ${TABLE_LIMITS.bytes / 1_000_000} MB at most`, accept: acceptOf(['text', 'XLSX']), errors })}
${details('What the columns can be', html`<p>The headings may have other names, and stand in any order; you confirm them on the next page. Columns that IMI Connect does not need are left out.</p><ul>${IMPORT_FIELDS.map((field) => html`<li>${FIELD_WORDS[field]}</li>`)}</ul><p>What is the same for all candidates, such as the product and the programme start, needs no column.</p>`)}
${buttonRow(submitButton('Go on', { icon: 'upload' }), linkButton('Cancel', IMPORTS, { look: 'quiet' }))}`,
  )}`,
)}`,
  );
}
