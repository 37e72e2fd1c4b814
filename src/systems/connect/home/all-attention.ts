import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { linkButton, listHref, listPage, plural, staffPage, tag, untilText } from '#ui';
import { type Attention, attentionFor } from '../contributions.ts';

const PATH = '/needs-attention';

const query = z.object({
  system: z.string().max(60).optional().catch(undefined),
  sort: z.enum(['urgency', 'until']).catch('urgency'),
  order: z.enum(['asc', 'desc']).catch('asc'),
});

/** Below this it stops work now or soon. */
const URGENT = 2;

/** GET /needs-attention: all of it, by urgency or by date. */
export const showAllAttention = handler({ query }, async (context): Promise<Answer> => {
  const { sort, order } = context.query;
  const all = await attentionFor(context);
  const systems = [...new Set(all.map(({ system }) => system))].sort();
  const system = systems.find((one) => one === context.query.system);
  const rows = inOrder(
    all.filter((row) => !system || row.system === system),
    sort,
    order,
  );
  const words = { system, sort: sort === 'urgency' ? undefined : sort, order: order === 'asc' ? undefined : order };
  return page(
    staffPage(
      { ...(await context.frame()), title: 'Needs attention' },
      listPage<Attention>({
        title: 'Needs attention',
        lead: all.length > 0 && plural(all.length, 'thing waits', 'things wait'),
        path: PATH,
        query: words,
        noun: ['thing', 'things'],
        chips:
          systems.length > 1
            ? [
                {
                  label: 'All',
                  count: all.length,
                  href: listHref(PATH, words, { system: undefined }),
                  current: !system,
                },
                ...systems.map((one) => ({
                  label: one,
                  count: all.filter((row) => row.system === one).length,
                  href: listHref(PATH, words, { system: one }),
                  current: one === system,
                })),
              ]
            : [],
        narrowedBy: ['system'],
        columns: [
          {
            label: 'What',
            header: true,
            sort: 'urgency',
            cell: (row) => html`<span class="name">${row.title}</span><span class="sub">${row.why}</span>`,
          },
          { label: 'System', class: 'nw', cell: (row) => row.system },
          { label: 'Waits for', cell: (row) => `${row.whose.charAt(0).toUpperCase()}${row.whose.slice(1)}` },
          {
            label: 'Until',
            class: 'nw',
            sort: 'until',
            cell: (row) => (row.until ? untilText(row.until) : html`<span class="muted">No date</span>`),
          },
          {
            label: 'Urgency',
            phone: 'status',
            cell: (row) => (row.urgency < URGENT ? tag('Urgent', 'bad', 'alert') : ''),
          },
          {
            label: 'Do it',
            class: 'nw',
            phone: 'plain',
            cell: ({ action }) => linkButton(action.label, action.href, { small: true, look: 'quiet' }),
          },
        ],
        rows,
        sort: { by: sort, direction: order },
        paging: { page: 1, pageSize: Math.max(rows.length, 1), total: rows.length, href: () => PATH },
        firstUse: {
          icon: 'check',
          title: 'Nothing needs you now',
          text: 'Decisions, deadlines and problems appear here when they need you.',
        },
      }),
    ),
  );
});

/** By urgency, or by date with those without one last; what is equal stays most urgent first. */
export function inOrder<Row extends Pick<Attention, 'urgency' | 'until'>>(
  rows: readonly Row[],
  sort: 'urgency' | 'until',
  order: 'asc' | 'desc',
): Row[] {
  const turn = order === 'desc' ? -1 : 1;
  const moment = ({ until }: Row) => (until === null ? null : new Date(until).getTime());
  return [...rows].sort((a, b) => {
    if (sort === 'urgency') return turn * (a.urgency - b.urgency);
    const [one, other] = [moment(a), moment(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a.urgency - b.urgency;
    return turn * (one - other) || a.urgency - b.urgency;
  });
}
