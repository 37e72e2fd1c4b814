import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { type Column, formatCount, formatDateTime, linkButton, listHref, listPage, rowLink, staffPage, tag } from '#ui';
import { AUDIENCE_WORDS } from '../clients/wording.ts';
import { type ClientsQuery, type ListedClient, PAGE_SIZE } from './list-query.ts';

export interface ClientsPage {
  readonly query: ClientsQuery;
  readonly rows: readonly ListedClient[];
  readonly total: number;
  readonly counts: Record<'all' | 'on' | 'off', number>;
}

const PATH = '/single-sign-on';

/** Systems of other suppliers that people enter with their account here. */
export function clientsPage(frame: Frame, { query, rows, total, counts }: ClientsPage): Safe {
  const words = {
    q: query.q,
    status: query.status,
    sort: query.sort === 'name' ? undefined : query.sort,
    order: query.order === 'asc' ? undefined : query.order,
  };
  const chip = (label: string, count: number, status: 'on' | 'off' | undefined) => ({
    label,
    count,
    href: listHref(PATH, words, { status }),
    current: query.status === status,
  });
  const add = linkButton('Add a system', `${PATH}/add`);
  return staffPage(
    { ...frame, title: 'Single sign-on', system: { name: 'Single sign-on' } },
    listPage({
      title: 'Single sign-on',
      lead: 'Systems of other suppliers that people enter from System Access with their account here',
      actions: add,
      path: PATH,
      query: words,
      noun: ['system', 'systems'],
      filters: [{ kind: 'search', name: 'q', label: 'System or supplier' }],
      chips: [
        chip('All', counts.all, undefined),
        chip('On', counts.on, 'on'),
        ...(counts.off > 0 || query.status === 'off' ? [chip('Off', counts.off, 'off')] : []),
      ],
      columns: COLUMNS,
      rows,
      sort: { by: query.sort, direction: query.order },
      paging: {
        page: query.page,
        pageSize: PAGE_SIZE,
        total,
        href: (page) => listHref(PATH, words, { page: String(page) }),
      },
      exportPath: `${PATH}/export`,
      narrowedBy: ['status'],
      firstUse: {
        icon: 'key',
        title: 'No systems of other suppliers yet',
        text: 'A system that you add appears in System Access for the people you choose. They enter it without another password.',
        actions: add,
      },
    }),
  );
}

const COLUMNS: Column<ListedClient>[] = [
  { label: 'System', header: true, sort: 'name', cell: ({ name, id }) => rowLink(name, `${PATH}/${id}`) },
  { label: 'Supplier', sort: 'supplier', cell: ({ supplier }) => supplier },
  {
    label: 'For',
    cell: ({ audience, centreNumbers }) =>
      audience === 'chosen_centres' ? `${AUDIENCE_WORDS[audience]}: ${centreNumbers.length}` : AUDIENCE_WORDS[audience],
  },
  { label: 'People', numeric: true, phone: 'labelled', cell: ({ people }) => formatCount(people) },
  {
    label: 'Last entered',
    sort: 'entered',
    cell: ({ lastEnteredAt }) =>
      lastEnteredAt ? formatDateTime(lastEnteredAt, 'list') : html`<span class="muted">Never</span>`,
  },
  {
    label: 'State',
    phone: 'status',
    cell: ({ status }) => (status === 'on' ? tag('On') : tag('Off', 'warn', 'alert')),
  },
];
