import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type Column, formatDateTime, linkButton, listHref, listPage, rowLink, type Tone, tag } from '#ui';
import { IMPORTS, importHref } from '../imports/import-page.ts';
import { IMPORT_STATE_WORDS, IMPORT_STATES, type ImportState } from '../imports/import-state.ts';
import { portalPage } from '../portal-page/portal-page.ts';

const PAGE_SIZE = 50;
const MOST_ROWS = 20_000;

const query = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  /** Centre number; the awarding body's people only. */
  centre: z.string().trim().max(10).optional().catch(undefined),
  state: z.enum(IMPORT_STATES).optional().catch(undefined),
  sort: z.enum(['uploaded', 'file', 'rows']).catch('uploaded'),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
});
type ImportsQuery = z.infer<typeof query>;

interface Row {
  readonly id: string;
  readonly fileName: string;
  readonly centreNumber: string;
  readonly state: ImportState;
  readonly rowCount: number;
  readonly openCount: number;
  readonly registeredCount: number;
  readonly uploadedAt: Date;
  readonly by: string | null;
}

const directionOf = ({ sort, order }: ImportsQuery) => order ?? (sort === 'uploaded' ? 'desc' : 'asc');

/** GET /web-portal/imports: the files by which candidates were or will be registered; the awarding body sees all centres'. */
export const listImports = handler({ query }, async (context): Promise<Answer> => {
  const { query: asked, principal } = context;
  const centreId = actingCentreId(principal);
  const { rows, counts } = await context.read(async (reader) => ({
    rows: await rowsFor(reader, asked, centreId, { limit: PAGE_SIZE, offset: (asked.page - 1) * PAGE_SIZE }),
    counts: await countsFor(reader, asked, centreId),
  }));
  const linked = {
    q: asked.q,
    centre: centreId ? undefined : asked.centre,
    state: asked.state,
    sort: asked.sort === 'uploaded' ? undefined : asked.sort,
    order: asked.order,
  };
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const register = may(principal, 'web-portal.register') && centreId && linkButton('Register many', `${IMPORTS}/new`);
  return page(
    await portalPage(
      context as Context,
      { title: 'Imports' },
      listPage<Row>({
        title: 'Imports',
        lead: centreId
          ? 'Files by which your centre registers many candidates'
          : 'Files by which centres register many candidates',
        actions: register,
        path: IMPORTS,
        query: linked,
        noun: ['import', 'imports'],
        filters: [
          { kind: 'search', name: 'q', label: 'File' },
          ...(centreId ? [] : [{ kind: 'search', name: 'centre', label: 'Centre number' } as const]),
        ],
        narrowedBy: ['state'],
        chips: [
          { label: 'All', count: all, href: listHref(IMPORTS, linked, { state: undefined }), current: !asked.state },
          ...IMPORT_STATES.filter((state) => counts[state] > 0 || state === asked.state).map((state) => ({
            label: IMPORT_STATE_WORDS[state],
            count: counts[state],
            href: listHref(IMPORTS, linked, { state }),
            current: state === asked.state,
          })),
        ],
        columns: columnsFor(centreId),
        rows,
        sort: { by: asked.sort, direction: directionOf(asked) },
        paging: {
          page: asked.page,
          pageSize: PAGE_SIZE,
          total: asked.state ? counts[asked.state] : all,
          href: (number) => listHref(IMPORTS, linked, { page: number > 1 ? String(number) : undefined }),
        },
        exportPath: `${IMPORTS}/export`,
        firstUse: {
          icon: 'upload',
          title: 'No imports yet',
          text: 'Each file of candidates that is chosen appears here, with what became of its rows.',
          actions: register,
        },
      }),
    ),
  );
});

/** GET /web-portal/imports/export */
export const exportImports = handler({ query }, async (context): Promise<Answer> => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) =>
    rowsFor(reader, context.query, centreId, { limit: MOST_ROWS, offset: 0 }),
  );
  return listFile(
    'imports',
    ['File', 'Centre', 'State', 'Rows', 'Registered', 'Taken', 'By'],
    rows.map((row) => [
      row.fileName,
      row.centreNumber,
      IMPORT_STATE_WORDS[row.state],
      row.rowCount,
      row.registeredCount,
      dayInLondon(row.uploadedAt),
      row.by,
    ]),
  );
});

function columnsFor(centreId: string | null): Column<Row>[] {
  const openColumn: Column<Row> = {
    label: 'Open',
    numeric: true,
    cell: (row) => (row.state === 'checked' ? row.openCount : ''),
  };
  return [
    { label: 'File', header: true, sort: 'file', cell: (row) => rowLink(row.fileName, importHref(row)) },
    ...(centreId ? [] : [{ label: 'Centre', code: true, cell: (row: Row) => row.centreNumber }]),
    { label: 'Taken', sort: 'uploaded', class: 'nw', cell: (row) => formatDateTime(row.uploadedAt, 'list') },
    { label: 'By', phone: 'hide', cell: (row) => row.by ?? '' },
    { label: 'Rows', numeric: true, sort: 'rows', cell: (row) => row.rowCount },
    openColumn,
    { label: 'Registered', numeric: true, cell: (row) => row.registeredCount },
    { label: 'State', phone: 'status', cell: (row) => tag(IMPORT_STATE_WORDS[row.state], TONES[row.state]) },
  ];
}

const TONES: Partial<Record<ImportState, Tone>> = {
  registered: 'ok',
  checked: 'info',
  registering: 'info',
  uploaded: 'info',
};

function conditions({ q, centre, state }: ImportsQuery, centreId: string | null, withState: boolean) {
  const all = [sql`true`];
  if (centreId) all.push(sql`i.centre_id = ${centreId}`);
  else if (centre) all.push(sql`i.centre_id = (select id from centres_hub.published_centres where number = ${centre})`);
  if (q) all.push(sql`i.file_name ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (withState && state) all.push(sql`i.state = ${state}`);
  return sql.join(all, sql` and `);
}

const ORDERS = {
  uploaded: { asc: sql`i.uploaded_at, i.id`, desc: sql`i.uploaded_at desc, i.id desc` },
  file: { asc: sql`i.file_name, i.id`, desc: sql`i.file_name desc, i.id desc` },
  rows: { asc: sql`i.row_count, i.id`, desc: sql`i.row_count desc, i.id desc` },
} as const;

function rowsFor(
  reader: Pick<Reader, 'rows'>,
  asked: ImportsQuery,
  centreId: string | null,
  { limit, offset }: { limit: number; offset: number },
): Promise<Row[]> {
  return reader.rows(sql<Row>`
    select i.id, i.file_name as "fileName", (select number from centres_hub.published_centres c where c.id = i.centre_id) as "centreNumber",
      i.state, i.row_count as "rowCount", i.fault_count + i.undecided_count as "openCount", i.registered_count as "registeredCount",
      i.uploaded_at as "uploadedAt",
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = i.uploaded_by) as by
    from web_portal.imports i where ${conditions(asked, centreId, true)}
    order by ${ORDERS[asked.sort][directionOf(asked)]} limit ${limit} offset ${offset}`);
}

async function countsFor(
  reader: Pick<Reader, 'rows'>,
  asked: ImportsQuery,
  centreId: string | null,
): Promise<Record<ImportState, number>> {
  const rows = await reader.rows(sql<{ state: ImportState; count: number }>`
    select i.state, count(*)::int as count from web_portal.imports i where ${conditions(asked, centreId, false)} group by i.state`);
  const counts = Object.fromEntries(IMPORT_STATES.map((state) => [state, 0])) as Record<ImportState, number>;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
