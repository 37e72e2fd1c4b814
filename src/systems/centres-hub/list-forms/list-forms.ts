import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  codeText,
  formatDate,
  linkButton,
  listFields,
  listOf,
  listPage,
  pageOf,
  plural,
  rowLink,
  tag,
  withWords,
} from '#ui';
import { designPage, FORMS, formHref } from '../design-form/design-page.ts';

const listQuery = z.object({
  ...listFields(['title', 'published', 'days', 'requests']),
  state: z.enum(['published', 'draft', 'closed']).optional().catch(undefined),
});
type FormsQuery = z.infer<typeof listQuery>;

interface ListedForm {
  readonly code: string;
  readonly title: string;
  /** The version that centres fill in, or null. */
  readonly number: number | null;
  readonly publishedAt: Date | null;
  readonly daysAllowed: number;
  readonly underWork: boolean;
  /** Submitted ever, of any version. */
  readonly requests: number;
}

/** GET /centres-hub/forms */
export const listForms = handler({ query: listQuery }, async (context) => {
  const all = await context.read(allForms);
  return page(formsPage(await context.frame(), context.query, all));
});

/** GET /centres-hub/forms/export */
export const exportForms = handler({ query: listQuery }, async (context) => {
  const all = await context.read(allForms);
  return listFile(
    'forms',
    ['Title', 'Code', 'Version', 'Published', 'Days allowed', 'Draft under work', 'Submitted'],
    chosen(all, context.query).map((row) => [
      row.title,
      row.code,
      row.number,
      row.publishedAt && formatDate(row.publishedAt),
      row.daysAllowed,
      row.underWork ? 'Yes' : 'No',
      row.requests,
    ]),
  );
});

function allForms(reader: Reader): Promise<ListedForm[]> {
  return reader.rows(sql<ListedForm>`
    select f.code, coalesce(f.draft, v.definition, l.definition)->>'title' as title, v.number,
      v.published_at as "publishedAt", f.draft is not null as "underWork",
      (coalesce(v.definition, f.draft, l.definition)->>'daysAllowed')::int as "daysAllowed",
      (select count(*)::int from centres_hub.requests r join centres_hub.form_versions w on w.id = r.form_version_id
        where w.form_id = f.id and r.submitted_at is not null) as requests
    from centres_hub.forms f
    left join centres_hub.form_versions v on v.form_id = f.id and v.withdrawn_at is null
    left join lateral (select w.definition from centres_hub.form_versions w where w.form_id = f.id order by w.number desc limit 1) l on true`);
}

const states: Record<NonNullable<FormsQuery['state']>, (row: ListedForm) => boolean> = {
  published: (row) => row.number !== null,
  draft: (row) => row.underWork,
  closed: (row) => row.number === null,
};

const searched = (rows: readonly ListedForm[], { q }: FormsQuery) =>
  withWords(rows, q, (row) => `${row.title} ${row.code}`);

function chosen(rows: readonly ListedForm[], query: FormsQuery): ListedForm[] {
  const { state, sort, order } = query;
  const turn = order === 'desc' ? -1 : 1;
  const compare = (a: ListedForm, b: ListedForm): number => {
    if (sort === 'published') return (a.publishedAt?.getTime() ?? 0) - (b.publishedAt?.getTime() ?? 0);
    if (sort === 'days') return a.daysAllowed - b.daysAllowed;
    return sort === 'requests' ? a.requests - b.requests : 0;
  };
  return searched(rows, query)
    .filter((row) => !state || states[state](row))
    .sort(
      (a, b) =>
        turn * (compare(a, b) || (sort === 'title' ? a.title.localeCompare(b.title, 'en') : 0)) ||
        a.title.localeCompare(b.title, 'en'),
    );
}

function formsPage(frame: Frame, query: FormsQuery, all: readonly ListedForm[]): Safe {
  const found = searched(all, query);
  const rows = chosen(all, query);
  const list = listOf(FORMS, listQuery, query);
  const chip = (label: string, state: FormsQuery['state']) =>
    list.chip(label, { state }, state ? found.filter(states[state]).length : found.length);
  const begin = linkButton('New form', formHref('new'));
  return designPage(
    frame,
    { title: 'Forms' },
    listPage<ListedForm>({
      title: 'Forms',
      lead: `${plural(all.filter(states.published).length, 'form')} that centres can fill in`,
      actions: begin,
      ...list.shown(rows.length),
      noun: ['form', 'forms'],
      filters: [{ kind: 'search', name: 'q', label: 'Title or code' }],
      chips: [
        chip('All', undefined),
        chip('Published', 'published'),
        chip('Draft under work', 'draft'),
        chip('Not offered', 'closed'),
      ],
      columns,
      rows: pageOf(rows, query),
      exportPath: '/centres-hub/forms/export',
      narrowedBy: ['state'],
      firstUse: {
        icon: 'doc',
        title: 'No forms yet',
        text: 'Forms that centres fill in are designed here.',
        actions: begin,
      },
    }),
  );
}

const columns: Column<ListedForm>[] = [
  {
    label: 'Form',
    header: true,
    sort: 'title',
    cell: (row) =>
      html`${rowLink(row.title, formHref(row.code))}<br><span class="small muted">${codeText(row.code)}</span>`,
  },
  {
    label: 'Published',
    sort: 'published',
    cell: (row) =>
      row.publishedAt ? formatDate(row.publishedAt, 'list') : html`<span class="muted">Not offered</span>`,
  },
  { label: 'Days allowed', numeric: true, sort: 'days', cell: (row) => row.daysAllowed },
  { label: 'Submitted', numeric: true, sort: 'requests', cell: (row) => row.requests },
  {
    label: 'State',
    phone: 'status',
    cell: (row) =>
      html`${row.number === null ? tag('Not offered', 'warn') : tag(`Version ${row.number}`)}${row.underWork && html` ${tag('Draft under work', 'info')}`}`,
  },
];
