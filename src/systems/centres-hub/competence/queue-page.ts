import { html, type Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import { type Column, formatDate, linkButton, listOf, listPage, plural, rowLink, tag } from '#ui';
import { bodyPage } from '../hub-page/hub-page.ts';
import { FUNCTION_NAMES, JUDGING } from './functions.ts';
import { listQuery, type QueueQuery, type Waiting } from './queue-list.ts';
import type { WaitsFor } from './standing.ts';

export const WAITS_WORDS: Record<WaitsFor, string> = {
  never: 'Never decided',
  new_evidence: 'New evidence',
  running_out: 'Runs out soon',
  ran_out: 'Run out',
};

interface Shown {
  readonly query: QueueQuery;
  readonly rows: readonly Waiting[];
  readonly total: number;
  readonly known: number;
  readonly all: number;
  readonly count: (why: WaitsFor) => number;
}

/** Who waits for a decision of the awarding body. */
export function queuePage(context: Context, { query, rows, total, known, all, count }: Shown): Promise<Safe> {
  const path = '/centres-hub/competence-queue';
  const list = listOf(path, listQuery, query);
  const chip = (label: string, number: number, why: WaitsFor | undefined) => list.chip(label, { why }, number);
  return bodyPage(
    context,
    { title: 'Competence to decide' },
    listPage<Waiting>({
      title: 'Competence to decide',
      lead: `${plural(known, 'assessor or internal quality assurer waits', 'assessors and internal quality assurers wait')} for a decision, product by product`,
      ...list.shown(total),
      noun: ['decision', 'decisions'],
      filters: [
        { kind: 'search', name: 'q', label: 'Name, centre or product' },
        {
          kind: 'select',
          name: 'function',
          label: 'Function',
          choices: [
            { value: '', label: 'Every function' },
            ...JUDGING.map((value) => ({ value, label: FUNCTION_NAMES[value] })),
          ],
        },
      ],
      chips: [
        chip('All', all, undefined),
        ...(Object.keys(WAITS_WORDS) as WaitsFor[]).map((why) => chip(WAITS_WORDS[why], count(why), why)),
      ],
      narrowedBy: ['why'],
      columns,
      rows,
      exportPath: `${path}/export`,
      firstUse: {
        icon: 'check',
        title: 'Nobody waits for a decision',
        text: 'Assessors and internal quality assurers appear here when a qualification and a curriculum vitae are on record, and before an approval runs out.',
      },
    }),
  );
}

const columns: Column<Waiting>[] = [
  {
    label: 'Name',
    header: true,
    sort: 'name',
    cell: (one) => rowLink(one.name, `/centres-hub/competence/${one.who}?centre=${one.centreNumber}`),
  },
  {
    label: 'Centre',
    sort: 'centre',
    cell: (one) => html`${one.centre} <span class="muted">${one.centreNumber}</span>`,
  },
  { label: 'Function', cell: (one) => FUNCTION_NAMES[one.function] },
  { label: 'Product', sort: 'product', cell: (one) => one.product },
  {
    label: 'Why',
    phone: 'status',
    cell: ({ why }) => (why === 'ran_out' ? tag(WAITS_WORDS[why], 'bad', 'alert') : tag(WAITS_WORDS[why])),
  },
  { label: 'Since, or last day', class: 'nw', sort: 'since', cell: (one) => formatDate(one.since, 'list') },
  {
    label: 'Decide',
    class: 'nw',
    phone: 'plain',
    cell: (one) =>
      linkButton(
        html`Decide<span class="govuk-visually-hidden"> about ${one.name}, ${one.product}</span>`,
        `/centres-hub/competence/${one.who}/decide/${one.function}/${one.code}?centre=${one.centreNumber}`,
        { small: true, look: 'quiet' },
      ),
  },
];
