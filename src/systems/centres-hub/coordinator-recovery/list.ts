import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDateTime, listFields, listOf, listPage, pageOf, rowLink, tag, withWords } from '#ui';
import { bodyPage } from '../hub-page/hub-page.ts';
import { type Recovery, recoveriesOf } from './recoveries.ts';
import { RECOVERY_STATES, STATE_NAMES } from './recovery-state.ts';

const listQuery = z.object({
  ...listFields(['number', 'name', 'centre'], 'desc'),
  state: z.enum(RECOVERY_STATES).optional().catch(undefined),
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
  return listFile(
    'coordinator-recoveries',
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

const fitting = (rows: readonly Recovery[], { q }: Query) =>
  withWords(rows, q, (one) => `${one.number} ${one.name} ${one.centre} ${one.centreNumber}`);

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
  const list = listOf(path, listQuery, query);
  const chip = (label: string, state: Query['state']) => list.chip(label, { state }, inState(found, state).length);
  return bodyPage(
    context,
    { title: 'Coordinators to replace' },
    listPage<Recovery>({
      title: 'Coordinators to replace',
      lead: 'Requests from centres whose coordinator is gone',
      ...list.shown(rows.length),
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
      rows: pageOf(rows, query),
      exportPath: `${path}/export`,
      firstUse: {
        icon: 'user',
        title: 'No requests',
        text: 'When the coordinator of a centre is gone, somebody else of the centre asks here to become coordinator.',
      },
    }),
  );
}
