import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  formatDateTime,
  LIST_PAGE_SIZE,
  linkButton,
  listFields,
  listOf,
  listPage,
  rowLink,
  type Tone,
  tag,
} from '#ui';
import { portalPage } from '../../portal-page/portal-page.ts';
import {
  DELIVERY_STATE_WORDS,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryState,
  deliveriesOf,
  deliveryCounts,
} from '../deliveries.ts';
import { EVENT_WORDS, eventWords } from '../events.ts';

const PATH = '/web-portal/api/deliveries';
const MOST_EXPORTED = 20_000;

const listQuery = z.object({
  ...listFields(['made', 'event', 'attempts'], 'desc'),
  state: z.enum(DELIVERY_STATES).optional().catch(undefined),
  event: z
    .enum(Object.keys(EVENT_WORDS) as [string, ...string[]])
    .optional()
    .catch(undefined),
});
type DeliveriesQuery = z.infer<typeof listQuery>;

/** GET /web-portal/api/deliveries: what was sent to the centre's own systems, and how it went. */
export const listDeliveries = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const centreId = context.centreId();
  const range = { limit: LIST_PAGE_SIZE, offset: (query.page - 1) * LIST_PAGE_SIZE };
  const { rows, counts } = await context.read(async (reader) => ({
    rows: await deliveriesOf(reader, centreId, query, range),
    counts: await deliveryCounts(reader, centreId, query),
  }));
  return page(await deliveriesPage(context, query, rows, counts));
});

/** GET /web-portal/api/deliveries/export */
export const exportDeliveries = handler({ query: listQuery }, async (context) => {
  const rows = await context.read((reader) =>
    deliveriesOf(reader, context.centreId(), context.query, { limit: MOST_EXPORTED, offset: 0 }),
  );
  return listFile(
    'deliveries',
    ['Id', 'Event', 'Address', 'Made', 'State', 'Attempts', 'Last attempt', 'Last answer', 'Next attempt'],
    rows.map((one) => [
      one.id,
      one.event,
      one.url,
      formatDateTime(one.madeAt),
      DELIVERY_STATE_WORDS[one.state],
      one.attempts,
      one.lastAttemptAt && formatDateTime(one.lastAttemptAt),
      answerWords(one),
      one.nextAttemptAt && formatDateTime(one.nextAttemptAt),
    ]),
  );
});

/** What the address answered last, in words. */
export function answerWords({ lastStatus, lastError }: Delivery): string {
  if (lastStatus === null) return lastError ?? 'Not sent yet';
  return lastError ? `${lastStatus}: ${lastError}` : String(lastStatus);
}

const TONES: Partial<Record<DeliveryState, Tone>> = { delivered: 'ok', given_up: 'bad', waiting: 'info' };
export const stateTag = (state: DeliveryState): Safe => tag(DELIVERY_STATE_WORDS[state], TONES[state]);

function deliveriesPage(
  context: Context,
  query: DeliveriesQuery,
  rows: readonly Delivery[],
  counts: Record<DeliveryState, number>,
): Promise<Safe> {
  const list = listOf(PATH, listQuery, query);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return portalPage(
    context,
    { title: 'Deliveries' },
    listPage<Delivery>({
      title: 'Deliveries',
      lead: 'Events on their way to your own systems, and how it went',
      actions: html`${linkButton('Keys', '/web-portal/api', { look: 'quiet' })}${linkButton('Web addresses', '/web-portal/api/webhooks', { look: 'quiet' })}`,
      ...list.shown(query.state ? counts[query.state] : all),
      noun: ['delivery', 'deliveries'],
      filters: [
        { kind: 'search', name: 'q', label: 'Address, id or number' },
        {
          kind: 'select',
          name: 'event',
          label: 'Event',
          choices: [
            { value: '', label: 'All events' },
            ...Object.entries(EVENT_WORDS).map(([value, label]) => ({ value, label })),
          ],
        },
      ],
      chips: [
        list.chip('All', { state: undefined }, all),
        ...DELIVERY_STATES.map((state) => list.chip(DELIVERY_STATE_WORDS[state], { state }, counts[state])),
      ],
      columns: columns(context.now),
      rows,
      exportPath: `${PATH}/export`,
      narrowedBy: ['state'],
      firstUse: {
        icon: 'bell',
        title: 'Nothing was sent yet',
        text: 'Once you have added a web address, each event that it is told of stands here with the answer.',
        actions: linkButton('Web addresses', '/web-portal/api/webhooks'),
      },
    }),
  );
}

function columns(now: Date): Column<Delivery>[] {
  return [
    { label: 'Event', header: true, sort: 'event', cell: (one) => rowLink(eventWords(one.event), `${PATH}/${one.id}`) },
    { label: 'Address', cell: (one) => html`<span class="wrap-any">${one.url}</span>` },
    { label: 'Made', sort: 'made', cell: (one) => formatDateTime(one.madeAt, 'list', now) },
    { label: 'Attempts', sort: 'attempts', numeric: true, cell: (one) => String(one.attempts) },
    { label: 'Last answer', cell: answerWords },
    { label: 'State', phone: 'status', cell: (one) => stateTag(one.state) },
  ];
}
