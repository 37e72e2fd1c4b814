import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { type Column, codeText, formatDate, listHref, listPage, plural, rowLink, staffPage, tag } from '#ui';
import { PRODUCT_KINDS } from '../catalogue/catalogue.ts';
import { productTabs, SYSTEM_NAME } from '../editing-page/editing-page.ts';
import { OFFERINGS } from '../offering/offering.ts';
import type { ListedProduct, ProductQuery } from './narrow.ts';

export const PAGE_SIZE = 50;

/** What the centre that looks may do with a product. */
export const APPROVAL_WORDS: Record<ListedProduct['approval'], string> = {
  approved: 'Approved',
  stopped: 'No registration',
  not_approved: 'Not approved',
  none: '',
};

export interface ProductsPage {
  readonly query: ProductQuery;
  readonly rows: readonly ListedProduct[];
  readonly total: number;
  readonly counts: { readonly all: number; readonly approved: number };
  readonly forCentre: boolean;
  /** How many products there are without any filter. */
  readonly known: number;
}

const choicesOf = (words: Record<string, string>, every: string) => [
  { value: '', label: every },
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
];

/** The list of products. */
export function productsPage(frame: Frame, data: ProductsPage): Safe {
  const { query, rows, counts, forCentre } = data;
  const { sort, order, page, ...rest } = query;
  const words = { ...rest, sort: sort === 'title' ? undefined : sort, order: order === 'asc' ? undefined : order };
  return staffPage(
    { ...frame, title: 'Products', system: { name: SYSTEM_NAME, tabs: productTabs(frame.principal) } },
    listPage({
      title: 'Products',
      lead: forCentre
        ? `${plural(data.known, 'product')}. Your centre may register candidates for those it is approved for.`
        : plural(data.known, 'product'),
      path: '/products',
      query: words,
      noun: ['product', 'products'],
      filters: [
        { kind: 'search', name: 'q', label: 'Title or number' },
        { kind: 'select', name: 'kind', label: 'Type', choices: choicesOf(PRODUCT_KINDS, 'Every type') },
        { kind: 'select', name: 'level', label: 'Level', choices: levelChoices },
        { kind: 'select', name: 'offering', label: 'Offered', choices: choicesOf(OFFERINGS, 'In every state') },
      ],
      ...(forCentre && {
        chips: [
          {
            label: 'All',
            count: counts.all,
            href: listHref('/products', words, { mine: undefined }),
            current: !query.mine,
          },
          {
            label: 'Approved for your centre',
            count: counts.approved,
            href: listHref('/products', words, { mine: 'yes' }),
            current: query.mine === 'yes',
          },
        ],
      }),
      columns: columns(forCentre),
      rows,
      sort: { by: sort, direction: order },
      paging: {
        page,
        pageSize: PAGE_SIZE,
        total: data.total,
        href: (to) => listHref('/products', words, { page: String(to) }),
      },
      exportPath: '/products/export',
      narrowedBy: ['mine'],
      firstUse: {
        icon: 'book',
        title: 'No products yet',
        text: 'Qualifications and accreditations appear here when the awarding body publishes them.',
      },
    }),
  );
}

const levelChoices = [
  { value: '', label: 'Every level' },
  ...['1', '2', '3', '4', '5'].map((level) => ({ value: level, label: `Level ${level}` })),
];

function columns(forCentre: boolean): Column<ListedProduct>[] {
  const common: Column<ListedProduct>[] = [
    { label: 'Product', header: true, sort: 'title', cell: (row) => rowLink(row.title, `/products/${row.code}`) },
    {
      label: 'Number',
      sort: 'number',
      cell: (row) =>
        row.qualificationNumber ? codeText(row.qualificationNumber) : html`<span class="muted">None</span>`,
    },
    { label: 'Type', cell: (row) => PRODUCT_KINDS[row.kind] },
    { label: 'Level', numeric: true, sort: 'level', cell: (row) => row.level },
    { label: 'Units', numeric: true, cell: (row) => row.unitCount },
    { label: 'Offered', sort: 'offering', cell: offered },
  ];
  if (!forCentre) return common;
  return [
    ...common,
    {
      label: 'Your centre',
      phone: 'status',
      cell: (row) => {
        const words = APPROVAL_WORDS[row.approval];
        if (row.approval === 'stopped') return tag(words, 'warn', 'alert');
        return row.approval === 'approved' ? tag(words) : html`<span class="muted">${words}</span>`;
      },
    },
  ];
}

function offered({ offering, operationalEnd }: ListedProduct): Safe {
  const last = operationalEnd && `, last registration ${formatDate(operationalEnd, 'list')}`;
  return html`${OFFERINGS[offering]}${last}`;
}
