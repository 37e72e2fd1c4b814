/** All products for those who edit them, with drafts that nobody else sees. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { type Column, codeText, formatDate, linkButton, listHref, listPage, note, plural, rowLink, tag } from '#ui';
import { PRODUCT_KINDS, type ProductKind } from '../catalogue/catalogue.ts';
import { EDITING, editHref, editingPage } from '../editing-page/editing-page.ts';

const PAGE_SIZE = 50;

const listQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  kind: z
    .enum(Object.keys(PRODUCT_KINDS) as [ProductKind, ...ProductKind[]])
    .optional()
    .catch(undefined),
  state: z.enum(['published', 'draft', 'new']).optional().catch(undefined),
  sort: z.enum(['title', 'published', 'saved', 'review']).catch('title'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.literal('discarded').optional().catch(undefined),
});
type EditingQuery = z.infer<typeof listQuery>;

interface ListedEdit {
  readonly code: string;
  readonly title: string;
  readonly kind: ProductKind;
  readonly qualificationNumber: string | null;
  readonly version: number | null;
  readonly publishedAt: Date | null;
  readonly draftSavedAt: Date | null;
  readonly draftSavedBy: string | null;
  readonly operationalEnd: string | null;
  readonly reviewOn: string | null;
}

/** GET /products/editing */
export const listEditing = handler({ query: listQuery }, async (context) =>
  page(listedPage(await context.frame(), context.query, await context.read(allProducts))),
);

/** GET /products/editing/export */
export const exportEditing = handler({ query: listQuery }, async (context) => {
  const rows = chosen(await context.read(allProducts), context.query);
  return listFile(
    'products-editing',
    [
      'Title',
      'Code',
      'Qualification number',
      'Type',
      'Version',
      'Published',
      'Draft saved',
      'By',
      'Last registration',
      'Review',
    ],
    rows.map((row) => [
      row.title,
      row.code,
      row.qualificationNumber,
      PRODUCT_KINDS[row.kind],
      row.version,
      row.publishedAt && formatDate(row.publishedAt),
      row.draftSavedAt && formatDate(row.draftSavedAt),
      row.draftSavedBy,
      row.operationalEnd,
      row.reviewOn,
    ]),
  );
});

function allProducts(reader: Reader): Promise<ListedEdit[]> {
  return reader.rows(sql<ListedEdit>`
    select coalesce(p.code, d.code) as code, coalesce(p.title, d.content->>'title') as title,
      coalesce(p.kind, d.content->>'kind') as kind,
      coalesce(p.qualification_number, d.content->>'qualificationNumber') as "qualificationNumber",
      v.version, v.published_at as "publishedAt", v.operational_end as "operationalEnd", v.review_on as "reviewOn",
      d.saved_at as "draftSavedAt",
      (select s.given_names || ' ' || s.family_name from accounts.published_people s where s.id = d.saved_by) as "draftSavedBy"
    from products.products p
    full join products.drafts d on d.product_id = p.id
    left join lateral (select * from products.versions v where v.product_id = p.id and v.published_at <= ${reader.now}
      order by v.version desc limit 1) v on true`);
}

const states: Record<NonNullable<EditingQuery['state']>, (row: ListedEdit) => boolean> = {
  published: (row) => row.version !== null,
  draft: (row) => row.draftSavedAt !== null,
  new: (row) => row.version === null,
};

function searched(rows: readonly ListedEdit[], { q, kind }: EditingQuery): ListedEdit[] {
  const plain = (words: string) => words.toLowerCase().replaceAll('/', '');
  const words = plain(q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return rows.filter(
    (row) =>
      (!kind || row.kind === kind) &&
      words.every((word) => plain(`${row.title} ${row.code} ${row.qualificationNumber ?? ''}`).includes(word)),
  );
}

function chosen(rows: readonly ListedEdit[], query: EditingQuery): ListedEdit[] {
  const { state, sort, order } = query;
  const turn = order === 'desc' ? -1 : 1;
  const key = (row: ListedEdit): string => {
    if (sort === 'published') return row.publishedAt?.toISOString() ?? '';
    if (sort === 'saved') return row.draftSavedAt?.toISOString() ?? '';
    return sort === 'review' ? (row.reviewOn ?? '9') : row.title;
  };
  return searched(rows, query)
    .filter((row) => !state || states[state](row))
    .sort((a, b) => turn * key(a).localeCompare(key(b), 'en') || a.title.localeCompare(b.title, 'en'));
}

function listedPage(frame: Frame, query: EditingQuery, all: readonly ListedEdit[]): Safe {
  const found = searched(all, query);
  const rows = chosen(all, query);
  const words = {
    q: query.q,
    kind: query.kind,
    state: query.state,
    sort: query.sort === 'title' ? undefined : query.sort,
    order: query.order === 'asc' ? undefined : query.order,
  };
  const chip = (label: string, state: EditingQuery['state']) => ({
    label,
    count: state ? found.filter(states[state]).length : found.length,
    href: listHref(EDITING, words, { state }),
    current: query.state === state,
  });
  const from = (query.page - 1) * PAGE_SIZE;
  const begin = html`${linkButton('Import from the register', `${EDITING}/import`, { look: 'quiet' })}${linkButton('New product', `${EDITING}/new`)}`;
  return editingPage(
    frame,
    { title: 'Editing' },
    html`${query.done && note('The draft is thrown away.', { tone: 'ok', announce: true, class: 'mb' })}${listPage<ListedEdit>(
      {
        title: 'Editing products',
        lead: `${plural(all.length, 'product')}, ${plural(all.filter(states.draft).length, 'draft')} under work`,
        actions: begin,
        path: EDITING,
        query: words,
        noun: ['product', 'products'],
        filters: [
          { kind: 'search', name: 'q', label: 'Title, code or number' },
          {
            kind: 'select',
            name: 'kind',
            label: 'Type',
            choices: [
              { value: '', label: 'Every type' },
              ...Object.entries(PRODUCT_KINDS).map(([value, label]) => ({ value, label })),
            ],
          },
        ],
        chips: [
          chip('All', undefined),
          chip('Published', 'published'),
          chip('Draft under work', 'draft'),
          chip('Never published', 'new'),
        ],
        columns,
        rows: rows.slice(from, from + PAGE_SIZE),
        sort: { by: query.sort, direction: query.order },
        paging: {
          page: query.page,
          pageSize: PAGE_SIZE,
          total: rows.length,
          href: (to) => listHref(EDITING, words, { page: String(to) }),
        },
        exportPath: `${EDITING}/export`,
        narrowedBy: ['state'],
        firstUse: {
          icon: 'book',
          title: 'No products yet',
          text: 'Begin one here, or read an extract of the register.',
          actions: begin,
        },
      },
    )}`,
  );
}

const none = html`<span class="muted">None</span>`;
const columns: Column<ListedEdit>[] = [
  {
    label: 'Product',
    header: true,
    sort: 'title',
    cell: (row) =>
      html`${rowLink(row.title || row.code, editHref(row.code))}<br><span class="small muted">${codeText(row.code)}</span>`,
  },
  { label: 'Number', cell: (row) => (row.qualificationNumber ? codeText(row.qualificationNumber) : none) },
  { label: 'Type', cell: (row) => PRODUCT_KINDS[row.kind] },
  {
    label: 'Published',
    sort: 'published',
    cell: (row) => (row.publishedAt ? formatDate(row.publishedAt, 'list') : none),
  },
  {
    label: 'Draft saved',
    sort: 'saved',
    cell: (row) =>
      row.draftSavedAt
        ? html`${formatDate(row.draftSavedAt, 'list')}${row.draftSavedBy && html`, ${row.draftSavedBy}`}`
        : none,
  },
  { label: 'Review', sort: 'review', cell: (row) => (row.reviewOn ? formatDate(row.reviewOn, 'list') : none) },
  {
    label: 'State',
    phone: 'status',
    cell: (row) =>
      html`${row.version === null ? tag('Never published', 'warn') : tag(`Version ${row.version}`)}${row.draftSavedAt && html` ${tag('Draft', 'info')}`}`,
  },
];
