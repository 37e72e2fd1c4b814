import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDate, inOrder, link, linkButton, listFields, listOf, listPage, note, pageOf, tag, withWords } from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { type Condition, type ConditionStanding, conditionStanding, conditionsOf } from './conditions.ts';

const PATH = '/centres-hub/conditions';

const listQuery = hubQuery.extend({
  ...listFields(['due', 'product', 'set']),
  standing: z.enum(['open', 'overdue', 'met']).optional().catch(undefined),
  done: z.enum(['set', 'met']).optional().catch(undefined),
});
type ConditionsQuery = z.infer<typeof listQuery>;

const WORDS: Record<ConditionStanding, string> = { open: 'Open', overdue: 'Overdue', met: 'Met' };
const OF_CENTRE = 'The approval as a centre';

type Row = Condition & { readonly standing: ConditionStanding };

function chosen(all: readonly Condition[], query: ConditionsQuery, today: string): Row[] {
  const rows = all.map((one) => ({ ...one, standing: conditionStanding(one, today) }));
  return inOrder(
    withWords(rows, query.q, (row) => `${row.words} ${row.productTitle ?? OF_CENTRE}`),
    query,
    {
      product: (row) => row.productTitle ?? OF_CENTRE,
      set: (row) => row.setAt.toISOString(),
      due: (row) => row.dueOn,
    },
  );
}

const inStanding = (rows: readonly Row[], wanted: ConditionsQuery['standing']) =>
  rows.filter(({ standing }) => !wanted || standing === wanted);

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
  return listFile(
    'conditions',
    ['Condition', 'Of', 'Due on', 'State', 'Met on', 'Met by', 'How'],
    inStanding(chosen(all, context.query, dayInLondon(context.now)), context.query.standing).map((row) => [
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
  const rows = inStanding(all, query.standing);
  const list = listOf(PATH, listQuery, query);
  const chip = (label: string, standing: ConditionsQuery['standing']) =>
    list.chip(label, { standing }, inStanding(all, standing).length);
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
  ...list.shown(rows.length),
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
  rows: pageOf(rows, query),
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
