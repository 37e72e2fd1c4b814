import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { brand } from '#platform/settings/brand.ts';
import { formatDateTime, LIST_PAGE_SIZE, linkButton, listFields, listOf, listPage, tag } from '#ui';
import { CAPABILITY_NAMES, HUB_CAPABILITIES, type HubCapability } from '../capabilities/capability-answer.ts';
import { centreHandler, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';

const PATH = '/centres-hub/approvals/switches';

const listQuery = hubQuery.extend({
  ...listFields(['since', 'what', 'product'], 'desc'),
  capability: z.enum(HUB_CAPABILITIES).optional().catch(undefined),
  now: z.enum(['stopped', 'allowed']).optional().catch(undefined),
});
type SwitchesQuery = z.infer<typeof listQuery>;

interface Row {
  readonly id: string;
  readonly capability: HubCapability;
  readonly product: string | null;
  readonly reason: string;
  readonly since: Date;
  readonly by: string;
  readonly until: Date | null;
  readonly allowedAt: Date | null;
  readonly allowedBy: string | null;
  readonly allowedReason: string | null;
  readonly stopped: boolean;
  readonly total: number;
}

const ORDERS = { since: sql`s.switched_off_at`, what: sql`s.capability`, product: sql`p.title` } as const;

function switchesFor(reader: Reader, centreId: string, query: SwitchesQuery, size: number): Promise<Row[]> {
  const { q, capability, now, sort, order, page: number } = query;
  const like = containing(q);
  const stopped = sql`(s.switched_on_at is null and (s.until is null or s.until > ${reader.now}))`;
  return reader.rows(sql<Row>`
    select s.id, s.capability, p.title as product, s.reason, s.switched_off_at as since,
      coalesce(s.switched_off_by_name, ${brand.awardingBody}) as by, s.until, s.switched_on_at as "allowedAt",
      coalesce(s.switched_on_by_name, ${brand.awardingBody}) as "allowedBy", s.switched_on_reason as "allowedReason",
      ${stopped} as stopped, count(*) over ()::int as total
    from centres_hub.capability_switches s left join products.published_products p on p.id = s.product_id
    where s.centre_id = ${centreId}
      and (${like}::text is null or concat_ws(' ', p.title, s.reason, s.switched_on_reason, s.switched_off_by_name) ilike ${like})
      and (${capability ?? null}::text is null or s.capability = ${capability ?? null})
      and (${now ?? null}::text is null or ${stopped} = (${now ?? null} = 'stopped'))
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`} nulls last, s.id desc
    limit ${size} offset ${(number - 1) * size}`);
}

/** How it ended, or when it will, in words. */
function ending({ allowedAt, allowedBy, allowedReason, until, stopped }: Row) {
  if (allowedAt && !(until && until <= allowedAt)) {
    return html`${formatDateTime(allowedAt, 'list', allowedAt)}, ${allowedBy}: ${allowedReason}`;
  }
  if (until) return html`${stopped ? 'Until' : 'Ended by itself,'} ${formatDateTime(until, 'list', until)}`;
  return html`<span class="muted">When somebody allows it again</span>`;
}

/** GET /centres-hub/approvals/switches: everything that was ever stopped at the centre. */
export const listSwitches = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { hub, rows } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, rows: await switchesFor(reader, hub.centre.id, query, LIST_PAGE_SIZE) };
  });
  const list = listOf(PATH, listQuery, query);
  const body = listPage<Row>({
    title: 'What was stopped',
    lead: whose(hub) ?? 'Everything that the awarding body ever stopped at your centre: who, why, since and until when',
    actions: linkButton('Approvals', hub.href('/centres-hub/approvals'), { look: 'quiet' }),
    ...list.shown(rows[0]?.total ?? 0),
    keep: ['centre'],
    noun: ['switch', 'switches'],
    filters: [
      { kind: 'search', name: 'q', label: 'Product, reason or name' },
      {
        kind: 'select',
        name: 'capability',
        label: 'What',
        choices: [
          { value: '', label: 'Everything' },
          ...HUB_CAPABILITIES.map((value) => ({ value, label: CAPABILITY_NAMES[value] })),
        ],
      },
      {
        kind: 'select',
        name: 'now',
        label: 'Now',
        choices: [
          { value: '', label: 'Stopped or allowed' },
          { value: 'stopped', label: 'Stopped now' },
          { value: 'allowed', label: 'Allowed again' },
        ],
      },
    ],
    columns: [
      { label: 'What', header: true, sort: 'what', cell: (row) => CAPABILITY_NAMES[row.capability] },
      { label: 'Product', sort: 'product', cell: (row) => row.product ?? 'Every product' },
      { label: 'Since', sort: 'since', cell: (row) => formatDateTime(row.since, 'list', context.now) },
      { label: 'By', cell: (row) => row.by },
      { label: 'Reason', cell: (row) => row.reason },
      { label: 'Until', cell: ending },
      {
        label: 'Now',
        phone: 'status',
        cell: ({ stopped }) => (stopped ? tag('Stopped', 'bad', 'alert') : tag('Allowed')),
      },
    ],
    rows,
    exportPath: `${PATH}/export`,
    firstUse: {
      icon: 'shield',
      title: 'Nothing was ever stopped',
      text: 'Registration, tests and claims have always been allowed, as far as the approvals go.',
    },
  });
  return page(hubPage(await context.frame(), hub, { title: 'What was stopped' }, body));
});

/** GET /centres-hub/approvals/switches/export */
export const exportSwitches = centreHandler({ query: listQuery }, async (context) => {
  const rows = await context.read(async (reader) => {
    const { centre } = await hubOf(reader, context);
    return switchesFor(reader, centre.id, { ...context.query, page: 1 }, 100_000);
  });
  return listFile(
    'what-was-stopped',
    ['What', 'Product', 'Since', 'By', 'Reason', 'Until', 'Allowed again', 'Allowed by', 'Why', 'Now'],
    rows.map((row) => [
      CAPABILITY_NAMES[row.capability],
      row.product ?? 'Every product',
      formatDateTime(row.since),
      row.by,
      row.reason,
      row.until && formatDateTime(row.until),
      row.allowedAt && formatDateTime(row.allowedAt),
      row.allowedAt && row.allowedBy,
      row.allowedReason,
      row.stopped ? 'Stopped' : 'Allowed',
    ]),
  );
});
