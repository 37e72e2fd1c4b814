import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { csvFile } from '#platform/csv/csv-file.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { formatDate, link, linkButton, listHref, listPage, note, tag } from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { type Condition, type ConditionStanding, conditionStanding, conditionsOf } from './conditions.ts';

const PAGE_SIZE = 50;
const PATH = '/centres-hub/conditions';

const listQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  standing: z.enum(['open', 'overdue', 'met']).optional().catch(undefined),
  sort: z.enum(['due', 'product', 'set']).catch('due'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.enum(['set', 'met']).optional().catch(undefined),
});
type ConditionsQuery = z.infer<typeof listQuery>;

const WORDS: Record<ConditionStanding, string> = { open: 'Open', overdue: 'Overdue', met: 'Met' };
const OF_CENTRE = 'The approval as a centre';

type Row = Condition & { readonly standing: ConditionStanding };

function chosen(all: readonly Condition[], { q, sort, order }: ConditionsQuery, today: string): Row[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const key = (row: Row) => {
    if (sort === 'product') return row.productTitle ?? OF_CENTRE;
    return sort === 'set' ? row.setAt.toISOString() : row.dueOn;
  };
  const turn = order === 'desc' ? -1 : 1;
  return all
    .map((one) => ({ ...one, standing: conditionStanding(one, today) }))
    .filter((row) => {
      const text = `${row.words} ${row.productTitle ?? OF_CENTRE}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => turn * key(a).localeCompare(key(b), 'en'));
}

/** GET /centres-hub/conditions: what the approvals of the centre depend on. */
export const listConditions = centreHandler({ query: listQuery }, async (context) => {
  const { hub, all } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, all: await conditionsOf(reader, hub.centre.id) };
  });
  const rows = chosen(all, context.query, dayInLondon(context.now));
  return page(conditionsPage(await context.frame(), hub, context.query, rows));
});

/** GET /centres-hub/conditions/export */
export const exportConditions = centreHandler({ query: listQuery }, async (context) => {
  const all = await context.read(async (reader) => conditionsOf(reader, (await hubOf(reader, context)).centre.id));
  const { standing } = context.query;
  return csvFile(
    'conditions.csv',
    ['Condition', 'Of', 'Due on', 'State', 'Met on', 'Met by', 'How'],
    chosen(all, context.query, dayInLondon(context.now))
      .filter((row) => !standing || row.standing === standing)
      .map((row) => [
        row.words,
        row.productTitle ?? OF_CENTRE,
        row.dueOn,
        WORDS[row.standing],
        row.metAt && formatDate(row.metAt),
        row.metBy,
        row.metWords,
      ]),
  );
});

function conditionsPage(frame: Frame, hub: Hub, query: ConditionsQuery, all: readonly Row[]) {
  const decides = hub.may('centres-hub.decide-approvals');
  const rows = query.standing ? all.filter(({ standing }) => standing === query.standing) : all;
  const from = (query.page - 1) * PAGE_SIZE;
  const words = {
    ...(hub.forBody && { centre: hub.centre.number }),
    q: query.q,
    standing: query.standing,
    sort: query.sort === 'due' ? undefined : query.sort,
    order: query.order === 'asc' ? undefined : query.order,
  };
  const chip = (label: string, standing: ConditionsQuery['standing']) => ({
    label,
    count: standing ? all.filter((row) => row.standing === standing).length : all.length,
    href: listHref(PATH, words, { standing }),
    current: query.standing === standing,
  });
  const set = decides && linkButton('Set a condition', hub.href(`${PATH}/add`));
  return hubPage(
    frame,
    hub,
    { title: 'Conditions' },
    html`${query.done && note(query.done === 'set' ? 'The condition is set. The centre sees it.' : 'The condition is met.', { tone: 'ok', announce: true, class: 'mb' })}
${listPage<Row>({
  title: 'Conditions',
  lead: whose(hub) ?? 'What the approvals of your centre depend on, each with its day',
  actions: html`${linkButton('Approvals', hub.href('/centres-hub/approvals'), { look: 'quiet' })}${set}`,
  path: PATH,
  query: words,
  keep: ['centre'],
  noun: ['condition', 'conditions'],
  filters: [{ kind: 'search', name: 'q', label: 'Words or product' }],
  chips: [chip('All', undefined), chip('Overdue', 'overdue'), chip('Open', 'open'), chip('Met', 'met')],
  columns: [
    {
      label: 'Condition',
      header: true,
      cell: (row) =>
        html`${row.words}${row.metAt && html`<br><span class="small muted">Met on ${formatDate(row.metAt)}, ${row.metBy}: ${row.metWords}</span>`}`,
    },
    { label: 'Of', sort: 'product', cell: (row) => row.productTitle ?? OF_CENTRE },
    { label: 'Set', sort: 'set', cell: (row) => formatDate(row.setAt, 'list') },
    { label: 'Due', sort: 'due', cell: (row) => formatDate(row.dueOn, 'list') },
    {
      label: 'State',
      phone: 'status',
      cell: ({ standing }) =>
        tag(WORDS[standing], standing === 'overdue' ? 'bad' : undefined, standing === 'overdue' ? 'alert' : undefined),
    },
    ...(decides
      ? [
          {
            label: 'Change',
            phone: 'plain' as const,
            cell: (row: Row) =>
              row.standing !== 'met' &&
              link(
                html`Met<span class="govuk-visually-hidden">: ${row.words}</span>`,
                hub.href(`${PATH}/${row.id}/met`),
              ),
          },
        ]
      : []),
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
  narrowedBy: ['standing'],
  rowTone: (row) => (row.standing === 'overdue' ? 'bad' : undefined),
  firstUse: {
    icon: 'check',
    title: 'No conditions',
    text: 'Nothing has been set that the approvals of the centre depend on. A condition appears here with the day until which it is to be met.',
    actions: set,
  },
})}`,
  );
}
