import { z } from 'zod';
import { csvFile } from '#platform/csv/csv-file.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { formatDateTime, listHref, listPage, rowLink, tag } from '#ui';
import { bodyPage } from '../hub-page/hub-page.ts';
import { type Recovery, recoveriesOf } from './recoveries.ts';
import { RECOVERY_STATES, STATE_NAMES } from './recovery-state.ts';

const PAGE_SIZE = 50;

const listQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  state: z.enum(RECOVERY_STATES).optional().catch(undefined),
  sort: z.enum(['number', 'name', 'centre']).catch('number'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
type Query = z.infer<typeof listQuery>;

/** GET /centres-hub/coordinator-recoveries */
export const listRecoveries = handler({ query: listQuery }, async (context) => {
  const all = await context.read((reader) => recoveriesOf(reader, null));
  return page(await recoveriesPage(context as Context, context.query, all));
});

/** GET /centres-hub/coordinator-recoveries/export */
export const exportRecoveries = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read((reader) => recoveriesOf(reader, null));
  return csvFile(
    'coordinator-recoveries.csv',
    ['Request', 'Name', 'Centre', 'Centre number', 'State', 'Asked', 'Objections', 'Reasons of the decision'],
    sorted(inState(fitting(all, query), query.state), query).map((one) => [
      one.number,
      one.name,
      one.centre,
      one.centreNumber,
      STATE_NAMES[one.state],
      formatDateTime(one.askedAt),
      one.objections,
      one.closingWords,
    ]),
  );
});

function fitting(rows: readonly Recovery[], { q }: Query): Recovery[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((one) => {
    const text = `${one.number} ${one.name} ${one.centre} ${one.centreNumber}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const inState = (rows: readonly Recovery[], state: Query['state']) =>
  rows.filter((one) => !state || one.state === state);

function sorted(rows: readonly Recovery[], { sort, order }: Query): Recovery[] {
  const turn = order === 'desc' ? -1 : 1;
  return [...rows].sort((a, b) =>
    sort === 'number'
      ? turn * (a.number - b.number)
      : turn * a[sort].localeCompare(b[sort], 'en') || a.number - b.number,
  );
}

function recoveriesPage(context: Context, query: Query, all: readonly Recovery[]): Promise<Safe> {
  const path = '/centres-hub/coordinator-recoveries';
  const found = fitting(all, query);
  const rows = sorted(inState(found, query.state), query);
  const words = {
    q: query.q,
    state: query.state,
    sort: query.sort === 'number' ? undefined : query.sort,
    order: query.order === 'desc' ? undefined : query.order,
  };
  const chip = (label: string, state: Query['state']) => ({
    label,
    count: inState(found, state).length,
    href: listHref(path, words, { state }),
    current: query.state === state,
  });
  const from = (query.page - 1) * PAGE_SIZE;
  return bodyPage(
    context,
    { title: 'Coordinators to replace' },
    listPage<Recovery>({
      title: 'Coordinators to replace',
      lead: 'Requests from centres whose coordinator is gone',
      path,
      query: words,
      noun: ['request', 'requests'],
      filters: [{ kind: 'search', name: 'q', label: 'Name, centre or number' }],
      chips: [chip('All', undefined), ...RECOVERY_STATES.map((state) => chip(STATE_NAMES[state], state))],
      narrowedBy: ['state'],
      columns: [
        {
          label: 'Request',
          header: true,
          sort: 'number',
          cell: (one) => rowLink(`Request ${one.number}`, `${path}/${one.id}?centre=${one.centreNumber}`),
        },
        { label: 'Who asks', sort: 'name', cell: (one) => one.name },
        {
          label: 'Centre',
          sort: 'centre',
          cell: (one) => html`${one.centre} <span class="muted">${one.centreNumber}</span>`,
        },
        { label: 'Asked', class: 'nw', cell: (one) => formatDateTime(one.askedAt, 'list') },
        { label: 'Objections', numeric: true, cell: (one) => one.objections },
        {
          label: 'State',
          phone: 'status',
          cell: ({ state }) =>
            state === 'waiting' ? tag(STATE_NAMES[state], 'warn', 'clock') : tag(STATE_NAMES[state]),
        },
      ],
      rows: rows.slice(from, from + PAGE_SIZE),
      sort: { by: query.sort, direction: query.order },
      paging: {
        page: query.page,
        pageSize: PAGE_SIZE,
        total: rows.length,
        href: (to) => listHref(path, words, { page: String(to) }),
      },
      exportPath: `${path}/export`,
      firstUse: {
        icon: 'user',
        title: 'No requests',
        text: 'When the coordinator of a centre is gone, somebody else of the centre asks here to become coordinator.',
      },
    }),
  );
}
