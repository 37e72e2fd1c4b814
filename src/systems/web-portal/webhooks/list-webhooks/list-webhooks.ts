import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  formatDate,
  formatDateTime,
  inOrder,
  link,
  linkButton,
  listFields,
  listOf,
  listPage,
  note,
  pageOf,
  plural,
  postButton,
  tag,
  withWords,
} from '#ui';
import { portalPage } from '../../portal-page/portal-page.ts';
import { eventWords } from '../events.ts';
import { type Webhook, webhooksOf } from '../webhooks.ts';

const PATH = '/web-portal/api/webhooks';
const DONE_WORDS = {
  ended: 'The address is told of nothing any more.',
  pinged: 'A test is on its way. It stands in the list of deliveries in a moment.',
} as const;

const listQuery = z.object({
  ...listFields(['made', 'url'], 'desc'),
  state: z.enum(['current', 'ended']).optional().catch(undefined),
  done: z.enum(['ended', 'pinged']).optional().catch(undefined),
});
type WebhooksQuery = z.infer<typeof listQuery>;

/** GET /web-portal/api/webhooks */
export const listWebhooks = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read((reader) => webhooksOf(reader, context.centreId()));
  return page(await webhooksPage(context, query, all));
});

/** GET /web-portal/api/webhooks/export */
export const exportWebhooks = handler({ query: listQuery }, async (context) => {
  const all = await context.read((reader) => webhooksOf(reader, context.centreId()));
  return listFile(
    'web-addresses',
    ['Address', 'Events', 'Since', 'Ended', 'Reason'],
    chosen(all, context.query).map((one) => [
      one.url,
      one.events.join(' '),
      formatDateTime(one.madeAt),
      one.endedAt && formatDateTime(one.endedAt),
      one.endedReason,
    ]),
  );
});

const stateOf = (one: Webhook) => (one.endedAt ? 'ended' : 'current');
const found = (all: readonly Webhook[], query: WebhooksQuery) =>
  withWords(all, query.q, (one) => `${one.url} ${one.events.map(eventWords).join(' ')}`);

function chosen(all: readonly Webhook[], query: WebhooksQuery): Webhook[] {
  const rows = found(all, query).filter((one) => !query.state || stateOf(one) === query.state);
  return inOrder(rows, query, { made: (one) => one.madeAt.toISOString(), url: (one) => one.url });
}

function webhooksPage(context: Context, query: WebhooksQuery, all: readonly Webhook[]): Promise<Safe> {
  const rows = chosen(all, query);
  const fitting = found(all, query);
  const list = listOf(PATH, listQuery, query);
  const add = linkButton('Add a web address', `${PATH}/add`);
  const count = (state: WebhooksQuery['state']) => fitting.filter((one) => stateOf(one) === state).length;
  const current = all.filter((one) => !one.endedAt).length;
  return portalPage(
    context,
    { title: 'Web addresses' },
    html`${query.done && note(DONE_WORDS[query.done], { tone: 'ok', announce: true, class: 'mb' })}
${listPage<Webhook>({
  title: 'Web addresses',
  lead: `${plural(current, 'address of your systems is', 'addresses of your systems are')} told when something happens here`,
  actions: html`${linkButton('Keys', '/web-portal/api', { look: 'quiet' })}${linkButton('Deliveries', '/web-portal/api/deliveries', { look: 'quiet' })}${add}`,
  ...list.shown(rows.length),
  noun: ['address', 'addresses'],
  filters: [{ kind: 'search', name: 'q', label: 'Address or event' }],
  chips: [
    list.chip('All', { state: undefined }, fitting.length),
    list.chip('Told', { state: 'current' }, count('current')),
    list.chip('Ended', { state: 'ended' }, count('ended')),
  ],
  columns,
  rows: pageOf(rows, query),
  exportPath: `${PATH}/export`,
  narrowedBy: ['state'],
  firstUse: {
    icon: 'bell',
    title: 'No web addresses yet',
    text: 'Instead of asking again and again, a system of yours can be told at once that a registration was made, changed, or has a further unit.',
    actions: add,
  },
})}`,
  );
}

const columns: Column<Webhook>[] = [
  {
    label: 'Address',
    header: true,
    sort: 'url',
    cell: (one) =>
      html`<span class="name wrap-any">${one.url}</span>${one.endedReason !== null && html`<br><span class="small muted">${one.endedReason}</span>`}`,
  },
  { label: 'Events', cell: (one) => one.events.map((event, at) => html`${at > 0 && html`<br>`}${eventWords(event)}`) },
  { label: 'Since', sort: 'made', cell: (one) => formatDate(one.madeAt, 'list') },
  {
    label: 'State',
    phone: 'status',
    cell: (one) => (one.endedAt ? tag('Ended') : tag('Told', 'ok', 'check')),
  },
  {
    label: 'Change',
    phone: 'plain',
    cell: (one) =>
      one.endedAt
        ? html`<span class="muted">None</span>`
        : html`<span class="row nowrap">${postButton('Send a test', { action: `${PATH}/${one.id}/ping`, submissionId: randomUUID(), look: 'quiet', small: true, label: `Send a test to ${one.url}` })}${link(html`End<span class="govuk-visually-hidden"> ${one.url}</span>`, `${PATH}/${one.id}/end`)}</span>`,
  },
];
