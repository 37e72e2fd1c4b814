import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import {
  card,
  errorSummary,
  form,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  plural,
  selectField,
  singleCheckbox,
  stages,
  submitButton,
  table,
  textField,
} from '#ui';
import { FIELD_WORDS, IMPORT_FIELDS } from '../imports/import-fields.ts';
import { importCrumbs, importHref } from '../imports/import-page.ts';
import { IMPORT_STATE_WORDS, type ImportState } from '../imports/import-state.ts';
import type { Import, ImportRow } from '../imports/imports.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { DELIMITER_WORDS } from '../read-table/delimiter.ts';
import { ENCODING_WORDS } from '../read-table/encoding.ts';
import { nothingOpen, type Offer, programmeFields, typed } from '../register-candidate/fields.ts';

export const STAGES = ['File', 'Columns', 'Rows', 'Registered'];

export interface EarlierImport {
  readonly id: string;
  readonly fileName: string;
  readonly uploadedAt: Date;
  readonly state: ImportState;
}

interface ColumnsPage {
  readonly from: Import;
  readonly offer: Offer;
  readonly examples: readonly ImportRow[];
  readonly earlier: EarlierImport | null;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly submissionId: string;
}

/** What each column is, and what holds for all rows. */
export function columnsPage(context: Context, data: ColumnsPage): Promise<Safe> {
  const { from, offer, earlier, values, errors, submissionId } = data;
  const here = importHref(from);
  const body =
    offer.open.length === 0
      ? nothingOpen(offer, {})
      : form(
          { action: `${here}/columns`, submissionId, class: 'stack' },
          html`${earlier && sameFile(earlier, values, errors)}
${card({ title: 'Columns', id: 'columns', flush: true }, columnsTable(data))}
${card(
  { title: 'For all rows', id: 'all-rows' },
  html`<p class="muted">What you set here holds for every row that has no value of its own in a column.</p>
${programmeFields(values, errors, { offer, days: null, ended: null, draft: null })}
${textField({ name: 'ulnAbsentReason', label: 'If a row has no ULN, why? (optional)', hint: 'Asked again when a certificate is claimed', value: typed(values, 'ulnAbsentReason'), errors, autocomplete: 'off' })}`,
)}
<div class="row">${submitButton('Check the rows')}</div>`,
        );
  return portalPage(
    context,
    { title: `Columns of ${from.fileName}`, form: true, hasErrors: errors.length > 0 },
    html`${importCrumbs(from.fileName, here, 'Columns')}${errorSummary(errors)}
${pageHead({ title: 'What the columns are', lead: `${from.fileName}: ${plural(from.rowCount, 'row')}, ${formInWords(from)}`, actions: linkButton('Discard this file', `${here}/discard`, { look: 'quiet' }) })}
${stages(STAGES, 1)}
<div class="mt">${body}</div>`,
  );
}

/** "UTF-8, separated by commas", or "XLSX". */
export function formInWords({ format, encoding, delimiter }: Import): string {
  if (format === 'xlsx' || encoding === null || delimiter === null) return 'XLSX';
  return `${ENCODING_WORDS[encoding]}, separated by ${DELIMITER_WORDS[delimiter]}`;
}

function sameFile(earlier: EarlierImport, values: FormValues, errors: readonly FieldError[]): Safe {
  return card(
    { title: 'The same file was taken before', id: 'same-file' },
    html`<p>${link(earlier.fileName, importHref(earlier))} of ${formatDateTime(earlier.uploadedAt)} has exactly the same content (${IMPORT_STATE_WORDS[earlier.state].toLowerCase()}).</p>
${singleCheckbox({ name: 'again', label: 'I know, and want to go on with it', checked: typed(values, 'again') === 'yes', errors })}`,
  );
}

interface ColumnRow {
  readonly at: number;
  readonly heading: string;
  readonly examples: readonly string[];
}

function columnsTable({ from, examples, values, errors }: ColumnsPage): Safe {
  const rows = from.headings.map(
    (heading, at): ColumnRow => ({
      at,
      heading: heading || `Column ${at + 1}`,
      examples: examples.map(({ cells }) => cells[at] ?? '').filter(Boolean),
    }),
  );
  return html`${table<ColumnRow>({
    caption: 'What each column is',
    rows,
    columns: [
      { label: 'Heading in the file', header: true, cell: (row) => row.heading },
      {
        label: 'First values',
        phone: 'plain',
        class: 'muted',
        cell: (row) => row.examples.map((text) => text.slice(0, 30)).join(', ') || 'Empty',
      },
      {
        label: 'Is',
        phone: 'plain',
        cell: (row) =>
          selectField({
            name: `column-${row.at}`,
            label: `What the column ${row.heading} is`,
            hideLabel: true,
            value: typed(values, `column-${row.at}`),
            errors,
            placeholder: 'Left out',
            choices: IMPORT_FIELDS.map((field) => ({ value: field, label: FIELD_WORDS[field] })),
          }),
      },
    ],
  })}${!from.columns.some((field) => field !== '') && note('No heading was recognised. Choose what the columns are.', { tone: 'warn' })}`;
}
