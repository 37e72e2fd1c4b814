/** An extract of the register is read, shown, and made into drafts. What is shown is what is made: the rows travel with the form. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { receiveForm } from '#platform/files/receive-form.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  codeText,
  crumbs,
  errorSummary,
  fileField,
  form,
  hiddenField,
  kpis,
  linkButton,
  note,
  pageHead,
  plural,
  submitButton,
  table,
  tag,
} from '#ui';
import { registerImported } from '../audit.ts';
import { productByCode } from '../catalogue/catalogue.ts';
import { emptyContent } from '../drafts/content.ts';
import { beginDraft, editedByCode, lockEdited, storeDraft } from '../drafts/drafts.ts';
import { EDITING, editHref, editingPage } from '../editing-page/editing-page.ts';
import { type Compared, compareRow, type ExtractRow, MOST_ROWS, readExtract } from './read-extract.ts';

const PATH = `${EDITING}/import`;
const MOST_BYTES = 500_000;

/** GET /products/editing/import */
export const showImport = handler({}, async (context) => page(importPage(await context.frame(), [])));

/** POST /products/editing/import: reads the file and shows what it would do. */
export const sendPreviewImport = handler({}, async (context) => {
  const refuse = async (message: string) =>
    page(importPage(await context.frame(), [{ field: 'extract', message }]), 422);
  const { files } = await receiveForm(context.request, { mostBytes: MOST_BYTES, mostFiles: 1 });
  const [file] = files;
  if (file?.tooLarge) return refuse('The file is larger than 500 kB. Send it in parts');
  if (!file || file.content.length === 0) return refuse('Choose the CSV file of the extract');
  const read = readExtract(textOf(file.content));
  if (!read.ok) return refuse(read.message);
  const compared = await context.read((reader) => compareAll(reader, read.rows));
  return page(previewPage(await context.frame(), compared, read.ignored, []));
});

/** Text in UTF-8, or as older spreadsheets save it. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function compareAll(reader: Reader, rows: readonly ExtractRow[]): Promise<Compared[]> {
  const known = await reader.rows(sql<{ code: string; number: string }>`
    select code, qualification_number as number from products.products where qualification_number is not null
    union select code, content->>'qualificationNumber' from products.drafts where content->>'qualificationNumber' is not null`);
  const codeOf = new Map(known.map(({ code, number }) => [number, code]));
  const compared: Compared[] = [];
  for (const row of rows) {
    const code = codeOf.get(row.qualificationNumber);
    const edited = code ? await editedByCode(reader, code) : null;
    const content = edited?.draft?.content ?? edited?.inForce;
    compared.push(compareRow(row, edited && content ? { code: edited.code, content } : null));
  }
  return compared;
}

const rowSchema: z.ZodType<ExtractRow> = z.object({
  line: z.number().int(),
  qualificationNumber: z.string().regex(/^\d{3}\/\d{4}\/[\dX]$/),
  facts: z.object({
    title: z.string().max(200).optional(),
    level: z.number().int().min(0).max(8).nullable().optional(),
    kind: z.enum(['qualification', 'end_point_assessment']).optional(),
    totalQualificationTime: z.number().int().min(0).nullable().optional(),
    guidedLearningHours: z.number().int().min(0).nullable().optional(),
    credits: z.number().int().min(0).nullable().optional(),
    operationalStart: z.iso.date().nullable().optional(),
    operationalEnd: z.iso.date().nullable().optional(),
    certificationEnd: z.iso.date().nullable().optional(),
    reviewOn: z.iso.date().nullable().optional(),
  }) as z.ZodType<ExtractRow['facts']>,
  faults: z.array(z.string()).max(0),
});

const confirmForm = z.object({
  rows: z.string('Choose the file again').transform((text, check): ExtractRow[] => {
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch {
      given = null;
    }
    const parsed = z.array(rowSchema).min(1).max(MOST_ROWS).safeParse(given);
    if (!parsed.success)
      check.addIssue({ code: 'custom', message: 'The rows did not arrive whole. Choose the file again' });
    return parsed.data ?? [];
  }),
});

/** POST /products/editing/import/drafts */
export const sendImport = handler({}, (context) =>
  submitForm(context, {
    schema: confirmForm,
    page: async (_values, errors) =>
      importPage(
        await context.frame(),
        errors.map(({ message }) => ({ field: 'extract', message })),
      ),
    action: async (writer, { rows }) => {
      const begun: string[] = [];
      const changed: string[] = [];
      for (const { row, state, code } of await compareAll(writer, rows)) {
        if (state === 'new') {
          if (await productByCode(writer, code))
            throw new Refused(`There is a product with the code ${code} already, with another number`);
          const content = {
            ...emptyContent(row.facts.title ?? '', row.facts.kind ?? 'qualification'),
            ...row.facts,
            qualificationNumber: row.qualificationNumber,
          };
          await beginDraft(writer, { code, productId: null, content });
          begun.push(code);
        } else if (state === 'changed') {
          const { product, draft, inForce } = await lockEdited(writer, code);
          if (draft) await storeDraft(writer, draft, { ...draft.content, ...row.facts });
          else if (product && inForce)
            await beginDraft(writer, { code, productId: product.id, content: { ...inForce, ...row.facts } });
          changed.push(code);
        }
      }
      if (begun.length + changed.length === 0) throw new Refused('Nothing in the file is new or changed any more');
      await writer.audit(registerImported, { kind: 'register', id: crypto.randomUUID() }, { begun, changed }, null);
      return `${EDITING}?state=draft`;
    },
  }),
);

function importPage(frame: Frame, errors: readonly FieldError[]): Safe {
  const title = 'Import from the register';
  return editingPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: title }])}
${pageHead({ title, lead: 'An extract as CSV becomes drafts. Nothing is published by it' })}
${card(
  { label: title },
  form(
    { action: PATH, multipart: true },
    html`${fileField({ name: 'extract', label: 'Extract as CSV', hint: 'Columns are found by their names, in any order: QN or Qualification Number, Title, Level, Type, TQT, GLH, Credits, Operational Start, Operational End, Certification End, Review Date. Others are passed over', errors, accept: '.csv,text/csv' })}
${buttonRow(submitButton('Look at the file'), linkButton('Cancel', EDITING, { look: 'quiet' }))}`,
  ),
)}`,
  );
}

const STATES: Record<Compared['state'], Safe> = {
  new: tag('New', 'info'),
  changed: tag('Changed', 'info'),
  same: tag('The same'),
  faulty: tag('Left out', 'warn', 'alert'),
};
const FIELDS: Record<string, string> = {
  title: 'title',
  level: 'level',
  kind: 'type',
  totalQualificationTime: 'total qualification time',
  guidedLearningHours: 'guided learning',
  credits: 'credits',
  operationalStart: 'operational start',
  operationalEnd: 'last registration',
  certificationEnd: 'last certification',
  reviewOn: 'review',
};

function previewPage(
  frame: Frame,
  compared: readonly Compared[],
  ignored: readonly string[],
  errors: readonly FieldError[],
): Safe {
  const count = (state: Compared['state']) => compared.filter((one) => one.state === state).length;
  const taken = compared.filter(({ state }) => state === 'new' || state === 'changed');
  const title = 'What the file holds';
  return editingPage(
    frame,
    { title, form: true },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: 'Import from the register', href: PATH }, { label: title }])}
${pageHead({ title, lead: `${plural(compared.length, 'row')}. Nothing is kept until you make the drafts` })}
<div class="stack">
${kpis([
  { label: 'New', value: String(count('new')) },
  { label: 'Changed', value: String(count('changed')) },
  { label: 'The same', value: String(count('same')) },
  { label: 'Left out, with faults', value: String(count('faulty')) },
])}
${ignored.length > 0 && note(`Columns passed over: ${ignored.join(', ')}.`)}
${
  taken.length > 0
    ? form(
        { action: `${PATH}/drafts`, submissionId: crypto.randomUUID() },
        html`${hiddenField('rows', JSON.stringify(taken.map(({ row }) => row)))}${buttonRow(
          submitButton(`Make ${plural(taken.length, 'draft')}`),
          linkButton('Choose another file', PATH, { look: 'quiet' }),
        )}`,
      )
    : note('There is nothing to make a draft of.', {
        action: linkButton('Choose another file', PATH, { look: 'quiet', small: true }),
      })
}
${card(
  { title: 'Row by row', id: 'rows', flush: true },
  table<Compared>({
    caption: 'Rows of the file',
    rows: compared,
    columns: [
      { label: 'Row', numeric: true, cell: ({ row }) => row.line },
      { label: 'Number', header: true, cell: ({ row }) => codeText(row.qualificationNumber || 'None') },
      { label: 'Title', cell: ({ row }) => row.facts.title ?? html`<span class="muted">Not in the file</span>` },
      { label: 'What happens', phone: 'status', cell: ({ state }) => STATES[state] },
      {
        label: 'Why',
        cell: ({ row, state, code, changes }) =>
          state === 'faulty'
            ? row.faults.join(' ')
            : state === 'changed'
              ? html`<a href="${editHref(code)}">${code}</a>: ${changes.map((field) => FIELDS[field]).join(', ')}`
              : state === 'new'
                ? `A draft ${code}`
                : '',
      },
    ],
  }),
)}</div>`,
  );
}
