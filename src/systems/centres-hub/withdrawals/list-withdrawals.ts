import { z } from 'zod';
import { csvFile } from '#platform/csv/csv-file.ts';
import { page } from '#platform/http/answers.ts';
import { formatDate, linkButton, listHref, listPage, rowLink, tag } from '#ui';
import { centreHandler, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { WITHDRAWAL_STATE_WORDS, WITHDRAWAL_STATES } from './withdrawal-rules.ts';
import { subjectOf, type Withdrawal, withdrawalsOf } from './withdrawals.ts';

const PAGE_SIZE = 50;
const PATH = '/centres-hub/withdrawals';

const listQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  state: z.enum(WITHDRAWAL_STATES).optional().catch(undefined),
  sort: z.enum(['asked', 'what', 'registration']).catch('asked'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
type WithdrawalsQuery = z.infer<typeof listQuery>;

function chosen(all: readonly Withdrawal[], { q, state, sort, order }: WithdrawalsQuery): Withdrawal[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const key = (row: Withdrawal) => {
    if (sort === 'what') return subjectOf(row);
    return sort === 'registration' ? row.lastRegistrationOn : row.askedAt.toISOString();
  };
  const turn = order === 'desc' ? -1 : 1;
  return all
    .filter((row) => !state || row.state === state)
    .filter((row) => words.every((word) => `${subjectOf(row)} ${row.reason}`.toLowerCase().includes(word)))
    .sort((a, b) => turn * key(a).localeCompare(key(b), 'en'));
}

/** GET /centres-hub/withdrawals */
export const listWithdrawals = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { hub, all } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, all: await withdrawalsOf(reader, hub.centre.id) };
  });
  const rows = chosen(all, query);
  const from = (query.page - 1) * PAGE_SIZE;
  const words = {
    ...(hub.forBody && { centre: hub.centre.number }),
    q: query.q,
    state: query.state,
    sort: query.sort === 'asked' ? undefined : query.sort,
    order: query.order === 'desc' ? undefined : query.order,
  };
  const begin = hub.forBody
    ? hub.may('centres-hub.decide-approvals') && linkButton('Start a withdrawal', hub.href(`${PATH}/start`))
    : hub.may('centres-hub.manage-users') && linkButton('Ask for a withdrawal', hub.href(`${PATH}/ask`));
  const body = listPage<Withdrawal>({
    title: 'Withdrawals',
    lead: whose(hub) ?? 'Products that your centre gives up or loses, and the centre itself, with reasons and dates',
    actions: begin,
    path: PATH,
    query: words,
    keep: ['centre'],
    noun: ['withdrawal', 'withdrawals'],
    filters: [
      { kind: 'search', name: 'q', label: 'Product or reason' },
      {
        kind: 'select',
        name: 'state',
        label: 'State',
        choices: [
          { value: '', label: 'In every state' },
          ...WITHDRAWAL_STATES.map((value) => ({ value, label: WITHDRAWAL_STATE_WORDS[value].label })),
        ],
      },
    ],
    columns: [
      {
        label: 'What',
        header: true,
        sort: 'what',
        cell: (row) => rowLink(subjectOf(row), hub.href(`${PATH}/${row.id}`)),
      },
      { label: 'Reason', cell: (row) => row.reason },
      { label: 'Asked', sort: 'asked', cell: (row) => formatDate(row.askedAt, 'list') },
      { label: 'By', cell: (row) => row.askedBy },
      { label: 'Last registration', sort: 'registration', cell: (row) => formatDate(row.lastRegistrationOn, 'list') },
      { label: 'Last certification', cell: (row) => formatDate(row.lastCertificationOn, 'list') },
      {
        label: 'State',
        phone: 'status',
        cell: ({ state }) => tag(WITHDRAWAL_STATE_WORDS[state].label, state === 'asked' ? 'warn' : undefined),
      },
    ],
    rows: rows.slice(from, from + PAGE_SIZE),
    sort: { by: query.sort, direction: query.order },
    paging: {
      page: query.page,
      pageSize: PAGE_SIZE,
      total: rows.length,
      href: (to) => listHref(PATH, words, { page: String(to) }),
    },
    exportPath: `${PATH}/export`,
    firstUse: {
      icon: 'flag',
      title: 'No withdrawals',
      text: 'A product or a whole centre is withdrawn with a reason and dates. Before anything is decided, the page shows what stands in the way.',
      actions: begin,
    },
  });
  return page(hubPage(await context.frame(), hub, { title: 'Withdrawals' }, body));
});

/** GET /centres-hub/withdrawals/export */
export const exportWithdrawals = centreHandler({ query: listQuery }, async (context) => {
  const all = await context.read(async (reader) => withdrawalsOf(reader, (await hubOf(reader, context)).centre.id));
  return csvFile(
    'withdrawals.csv',
    ['What', 'Reason', 'Asked', 'By', 'Last registration', 'Last certification', 'State', 'Decided', 'By', 'Words'],
    chosen(all, context.query).map((row) => [
      subjectOf(row),
      row.reason,
      formatDate(row.askedAt),
      row.askedBy,
      row.lastRegistrationOn,
      row.lastCertificationOn,
      WITHDRAWAL_STATE_WORDS[row.state].label,
      row.endedAt && formatDate(row.endedAt),
      row.endedBy,
      row.endedWords,
    ]),
  );
});
