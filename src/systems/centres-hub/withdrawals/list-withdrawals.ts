import { z } from 'zod';
import { page } from '#platform/http/answers.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDate, inOrder, linkButton, listFields, listOf, listPage, pageOf, rowLink, tag, withWords } from '#ui';
import { centreHandler, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { WITHDRAWAL_STATE_WORDS, WITHDRAWAL_STATES } from './withdrawal-rules.ts';
import { subjectOf, type Withdrawal, withdrawalsOf } from './withdrawals.ts';

const PATH = '/centres-hub/withdrawals';

const listQuery = hubQuery.extend({
  ...listFields(['asked', 'what', 'registration'], 'desc'),
  state: z.enum(WITHDRAWAL_STATES).optional().catch(undefined),
});
type WithdrawalsQuery = z.infer<typeof listQuery>;

function chosen(all: readonly Withdrawal[], query: WithdrawalsQuery): Withdrawal[] {
  const inState = all.filter((row) => !query.state || row.state === query.state);
  return inOrder(
    withWords(inState, query.q, (row) => `${subjectOf(row)} ${row.reason}`),
    query,
    { what: subjectOf, registration: (row) => row.lastRegistrationOn, asked: (row) => row.askedAt.toISOString() },
  );
}

/** GET /centres-hub/withdrawals */
export const listWithdrawals = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { hub, all } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, all: await withdrawalsOf(reader, hub.centre.id) };
  });
  const rows = chosen(all, query);
  const list = listOf(PATH, listQuery, query);
  const begin = hub.forBody
    ? hub.may('centres-hub.decide-approvals') && linkButton('Start a withdrawal', hub.href(`${PATH}/start`))
    : hub.may('centres-hub.manage-users') && linkButton('Ask for a withdrawal', hub.href(`${PATH}/ask`));
  const body = listPage<Withdrawal>({
    title: 'Withdrawals',
    lead: whose(hub) ?? 'Products that your centre gives up or loses, and the centre itself, with reasons and dates',
    actions: begin,
    ...list.shown(rows.length),
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
    rows: pageOf(rows, query),
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
  return listFile(
    'withdrawals',
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
