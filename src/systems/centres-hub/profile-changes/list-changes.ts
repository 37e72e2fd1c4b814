import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDateTime, LIST_PAGE_SIZE, listFields, listOf, listPage } from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';

const PATH = '/centres-hub/history';

const listQuery = hubQuery.extend({
  ...listFields(['at', 'what', 'who'], 'desc'),
  what: z.string().trim().max(100).optional().catch(undefined),
});
type HistoryQuery = z.infer<typeof listQuery>;

interface Row {
  readonly at: Date;
  readonly who: string;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly requestId: string | null;
  readonly total: number;
}

const ORDERS = { at: sql`h.at`, what: sql`h.what`, who: sql`h.who` } as const;

function changesFor(reader: Reader, centreId: string, query: HistoryQuery, size: number): Promise<Row[]> {
  const { q, what, sort, order, page: number } = query;
  const like = containing(q);
  return reader.rows(sql<Row>`
    select h.at, h.who, h.what, h.before, h.after, h.request_id as "requestId", count(*) over ()::int as total
    from centres_hub.profile_changes h
    where h.centre_id = ${centreId}
      and (${like}::text is null or concat_ws(' ', h.who, h.what, h.before, h.after) ilike ${like})
      and (${what ?? null}::text is null or ${what ?? null} = '' or h.what = ${what ?? null})
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`}, h.id desc
    limit ${size} offset ${(number - 1) * size}`);
}

/** GET /centres-hub/history: how the profile came to read as it does. */
export const listChanges = centreHandler({ query: listQuery }, async (context) => {
  const found = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return {
      hub,
      rows: await changesFor(reader, hub.centre.id, context.query, LIST_PAGE_SIZE),
      kinds: await reader.rows(
        sql<{
          what: string;
        }>`select distinct what from centres_hub.profile_changes where centre_id = ${hub.centre.id} order by what`,
      ),
    };
  });
  return page(historyPage(await context.frame(), context.query, context.now, found));
});

/** GET /centres-hub/history/export */
export const exportChanges = centreHandler({ query: listQuery }, async (context) => {
  const { hub, rows } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, rows: await changesFor(reader, hub.centre.id, { ...context.query, page: 1 }, 100_000) };
  });
  return listFile(
    `history-of-centre-${hub.centre.number}`,
    ['When', 'Who', 'What', 'Before', 'After'],
    rows.map((row) => [formatDateTime(row.at), row.who, row.what, row.before, row.after]),
  );
});

interface Found {
  readonly hub: Hub;
  readonly rows: readonly Row[];
  /** What has changed so far, for the filter. */
  readonly kinds: readonly { readonly what: string }[];
}

function historyPage(frame: Frame, query: HistoryQuery, now: Date, { hub, rows, kinds }: Found): Safe {
  const list = listOf(PATH, listQuery, query);
  const none = html`<span class="muted">Nothing</span>`;
  return hubPage(
    frame,
    hub,
    { title: 'History of the profile' },
    listPage<Row>({
      title: 'History of the profile',
      lead: whose(hub) ?? 'Each change of the profile: who, when, and what stood there before and after',
      ...list.shown(rows[0]?.total ?? 0),
      keep: ['centre'],
      noun: ['change', 'changes'],
      filters: [
        { kind: 'search', name: 'q', label: 'Words or name' },
        {
          kind: 'select',
          name: 'what',
          label: 'What',
          choices: [{ value: '', label: 'Everything' }, ...kinds.map(({ what }) => ({ value: what, label: what }))],
        },
      ],
      columns: [
        { label: 'What', header: true, sort: 'what', cell: (row) => row.what },
        { label: 'Before', cell: (row) => row.before ?? none },
        { label: 'After', cell: (row) => row.after ?? none },
        { label: 'Who', sort: 'who', cell: (row) => row.who },
        { label: 'When', sort: 'at', cell: (row) => formatDateTime(row.at, 'list', now) },
      ],
      rows,
      exportPath: `${PATH}/export`,
      firstUse: {
        icon: 'clock',
        title: 'Nothing has changed yet',
        text: 'Each change of the profile appears here with who made it, when, and what stood there before.',
      },
    }),
  );
}
