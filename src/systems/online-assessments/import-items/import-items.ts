import { AlreadySubmitted, submissionLedTo } from '#platform/database/database.ts';
import { type FileOnDisk, receiveToDisk } from '#platform/files/receive-to-disk.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { DEFAULT_LIMITS, type Diagnostic, hasErrors } from '#qti';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  fileField,
  form,
  link,
  linkButton,
  pageHead,
  plural,
  submitButton,
  table,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { type Bank, bankByCode } from '../item-bank/banks.ts';
import { bankParams, bankPath } from '../item-bank/list-items.ts';
import { recogniseAndRead } from './recognise.ts';
import { storeImport } from './store-import.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function bankOf(context: Context<{ bank: string }>): Promise<Bank> {
  const bank = await context.read((reader) => bankByCode(reader, context.params.bank));
  if (!bank) throw new NotFound();
  return bank;
}

/** GET /online-assessments/item-bank/:bank/import */
export const showImport = handler({ params: bankParams }, async (context): Promise<Answer> => {
  return page(await importPage(context as Context, await bankOf(context), {}));
});

/** POST /online-assessments/item-bank/:bank/import: reads the file whole, then writes all of it or nothing. */
export const importItems = handler({ params: bankParams }, async (context): Promise<Answer> => {
  const bank = await bankOf(context);
  const upload = await receiveToDisk(context.request, {
    mostBytes: DEFAULT_LIMITS.fileBytes,
    mostFiles: 1,
    mostFieldBytes: 10_000,
  });
  try {
    const refuse = async (refused: Refusal) => page(await importPage(context as Context, bank, refused), 422);
    const [file] = upload.files;
    if (!file) return await refuse({ message: 'Choose a file to import' });
    if (file.tooLarge) {
      const most = Math.round(DEFAULT_LIMITS.fileBytes / 1024 / 1024);
      return await refuse({ message: `${file.name} is larger than ${most} MB. Split it into smaller packages` });
    }
    const read = await recogniseAndRead(file.path, file.name);
    if (hasErrors(read.diagnostics)) return await refuse({ file, diagnostics: read.diagnostics });
    const { submissionId } = upload.fields;
    const submission = typeof submissionId === 'string' && UUID.test(submissionId) ? submissionId : null;
    const location = await context.write(
      async (writer) => {
        const stored = await storeImport(context.services, writer, {
          bankId: bank.id,
          fileName: file.name,
          fileSha256: file.sha256,
          read,
        });
        const to = `${bankPath(bank.code)}/imports/${stored.id}`;
        if (submission) await submissionLedTo(writer, submission, to);
        return to;
      },
      { submission },
    );
    return redirect(location);
  } catch (error) {
    if (error instanceof AlreadySubmitted) return redirect(error.location);
    throw error;
  } finally {
    await upload.discard();
  }
});

interface Refusal {
  readonly message?: string;
  readonly file?: FileOnDisk;
  readonly diagnostics?: readonly Diagnostic[];
}

function importPage(context: Context, bank: Bank, refusal: Refusal): Promise<Safe> {
  const { diagnostics, file } = refusal;
  const path = `${bankPath(bank.code)}/import`;
  const message =
    refusal.message ??
    (diagnostics &&
      `${file?.name ?? 'The file'} has ${plural(diagnostics.length, 'fault')}. Put ${diagnostics.length === 1 ? 'it' : 'them'} right and import again`);
  const errors: FieldError[] = message ? [{ field: 'file', message }] : [];
  return assessmentsPage(
    context,
    { title: `Import questions into ${bank.code}`, form: true, hasErrors: errors.length > 0 },
    html`${crumbs([
      { label: 'Item bank', href: '/online-assessments/item-bank' },
      { label: bank.code, href: bankPath(bank.code) },
      { label: 'Import' },
    ])}${errorSummary(errors, 'Nothing was imported')}
${pageHead({ title: 'Import questions', lead: html`Into ${bank.title}` })}
${diagnostics && diagnosticsTable(diagnostics)}
<div class="split wide${diagnostics && ' mt'}">
${form(
  { action: path, multipart: true, submissionId: crypto.randomUUID(), class: 'ao-card' },
  html`${fileField({ name: 'file', label: 'File', hint: 'A QTI 3 package (.zip), a CSV, or a zip that holds a CSV and its pictures. It is recognised by what is in it.', accept: '.zip,.csv,application/zip,text/csv', errors })}
${buttonRow(submitButton('Import', { icon: 'upload' }), linkButton('Cancel', bankPath(bank.code), { look: 'text' }))}`,
)}
${card(
  { title: 'What happens', id: 'what-happens' },
  html`<ul class="govuk-list govuk-list--bullet"><li>All of the file is taken, or nothing and you see every fault.</li><li>A question whose code is new is added. One that has changed gets a new version; one that has not is left as it is.</li><li>Questions of the bank that the file does not name stay.</li></ul><p class="m0">${link('How to write questions as CSV', '/online-assessments/item-bank/csv')}</p>`,
)}
</div>`,
  );
}

function diagnosticsTable(diagnostics: readonly Diagnostic[]): Safe {
  return card(
    { title: plural(diagnostics.length, 'fault'), id: 'faults', flush: true },
    table<Diagnostic>({
      caption: 'Faults of the file',
      rows: diagnostics,
      columns: [
        { label: 'What is wrong, and what to do', header: true, cell: (each) => each.message },
        { label: 'File', cell: (each) => each.file },
        { label: 'Row or line', numeric: true, cell: (each) => each.line ?? '' },
        { label: 'Column', cell: (each) => each.column ?? '' },
      ],
    }),
  );
}
