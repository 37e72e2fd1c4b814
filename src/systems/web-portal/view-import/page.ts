import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import {
  card,
  chips,
  emptyState,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  listHref,
  note,
  pageHead,
  pager,
  plural,
  rowLink,
  singleCheckbox,
  stages,
  submitButton,
  table,
} from '#ui';
import { cellOf, rowCard, rowName, rowStateTag } from '../edit-row/row-card.ts';
import { importCrumbs, importHref } from '../imports/import-page.ts';
import type { Import, ImportRow } from '../imports/imports.ts';
import { STAGES } from '../map-columns/page.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { asForms, pageSizeOf, type Show, showOf, type ViewQuery } from './shown.ts';

interface CheckedPage {
  readonly from: Import;
  readonly rows: readonly ImportRow[];
  readonly query: ViewQuery;
  readonly errors: readonly FieldError[];
  readonly submissionId: string;
}

const SHOW_WORDS: Record<Show, string> = {
  all: 'All rows',
  fault: 'To correct',
  undecided: 'To answer',
  late: 'Late',
  ready: 'Ready',
  left_out: 'Left out',
};

/** The rows of a file before they are registered. */
export function checkedPage(context: Context, data: CheckedPage): Promise<Safe> {
  const { from, rows, query, errors } = data;
  const show = showOf(query, from);
  const here = importHref(from);
  const counts = countsOf(from);
  const shownChips = (['all', 'fault', 'undecided', 'late', 'ready', 'left_out'] as const)
    .filter((one) => one === 'all' || counts[one] > 0 || one === show)
    .map((one) => ({
      label: SHOW_WORDS[one],
      count: counts[one],
      href: `${here}?show=${one}`,
      current: one === show,
    }));
  const paging = {
    page: query.page,
    pageSize: pageSizeOf(show),
    total: counts[show],
    href: (page: number) => listHref(here, { show }, { page: page > 1 ? String(page) : undefined }),
  };
  return portalPage(
    context,
    { title: `Rows of ${from.fileName}`, form: true, hasErrors: errors.length > 0 },
    html`${importCrumbs(from.fileName, null)}${errorSummary(errors, 'Nothing was registered')}
${pageHead({
  title: 'The rows of the file',
  lead: `${from.fileName}: ${plural(from.rowCount, 'row')}, ${countsInWords(from)}`,
  actions: html`${linkButton('Discard this file', `${here}/discard`, { look: 'quiet' })}${linkButton('Columns', `${here}/columns`, { look: 'quiet' })}${
    from.readyCount < from.rowCount &&
    linkButton('File of errors', `${here}/errors`, { look: 'quiet', icon: 'download', download: true })
  }`,
})}
${stages(STAGES, 2)}
<div class="stack mt">
${from.refusal && note(from.refusal, { tone: 'bad', title: 'Nothing was registered.' })}
${registerCard(data)}
<div>${chips(shownChips, 'Rows')}</div>
${
  rows.length === 0
    ? card(
        { label: 'Rows' },
        emptyState({ icon: 'check', title: 'No rows here', text: 'Choose another part of the file above.' }),
      )
    : asForms(show)
      ? html`${rows.map((row) => rowCard({ from, row, show }))}${pager(paging)}`
      : card({ label: 'Rows', flush: true }, html`${rowsTable(from, rows, show)}${pager(paging)}`)
}</div>`,
  );
}

function countsOf(from: Import): Record<Show, number> {
  return {
    all: from.rowCount,
    fault: from.faultCount,
    undecided: from.undecidedCount,
    late: from.lateCount,
    ready: from.readyCount,
    left_out: from.leftOutCount,
  };
}

/** "488 ready, 12 to correct". */
export function countsInWords(from: Import): string {
  return [
    `${from.readyCount} ready`,
    from.faultCount > 0 && `${from.faultCount} to correct`,
    from.undecidedCount > 0 && `${from.undecidedCount} to answer`,
    from.leftOutCount > 0 && `${from.leftOutCount} left out`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** All of the file, or, knowingly, the rows that are ready. */
function registerCard({ from, errors, submissionId }: CheckedPage): Safe {
  const open = from.faultCount + from.undecidedCount;
  if (from.readyCount === 0)
    return note(
      'No row is ready to be registered yet. Correct the rows below, answer what they ask, or mend the file and choose it again.',
      { tone: 'warn' },
    );
  const late =
    from.lateCount > 0
      ? ` ${plural(from.lateCount, 'of them is late', 'of them are late')} and will be marked so.`
      : '';
  return card(
    { title: open === 0 ? 'Ready to register' : 'Register the rows that are ready', id: 'register', tint: true },
    form(
      { action: importHref(from, '/register'), submissionId },
      html`${hiddenField('version', from.version)}
<p>${plural(from.readyCount, 'row is', 'rows are')} registered together: all of them, or none and the reason.${late}</p>
${
  open > 0 &&
  singleCheckbox({
    name: 'partly',
    label: `Leave out the ${plural(open, 'row')} that ${open === 1 ? 'is' : 'are'} not ready`,
    hint: 'They stay in the file of errors, which you can mend and choose again',
    errors,
  })
}${submitButton(`Register ${plural(from.readyCount, 'candidate')}`)}`,
    ),
  );
}

function rowsTable(from: Import, rows: readonly ImportRow[], show: Show): Safe {
  const href = (row: ImportRow) => importHref(from, `/rows/${row.number}?show=${show}`);
  return table<ImportRow>({
    caption: SHOW_WORDS[show],
    rows,
    columns: [
      { label: 'Row', numeric: true, cell: (row) => row.number },
      { label: 'Candidate', header: true, cell: (row) => rowLink(rowName(from, row), href(row)) },
      { label: 'Date of birth', class: 'nw', cell: (row) => cellOf(from, row, 'birthDate').slice(0, 20) },
      { label: 'ULN', code: true, cell: (row) => cellOf(from, row, 'uln').slice(0, 20) || 'None' },
      { label: 'Your reference', phone: 'hide', cell: (row) => cellOf(from, row, 'centreReference').slice(0, 40) },
      {
        label: 'Note',
        phone: 'plain',
        cell: (row) => [...row.faults, ...row.warnings].map(({ message }) => html`<p class="small m0">${message}</p>`),
      },
      { label: 'State', phone: 'status', cell: (row) => rowStateTag(row.state) },
    ],
  });
}
