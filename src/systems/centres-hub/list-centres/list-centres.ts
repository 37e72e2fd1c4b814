import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  codeText,
  formatDate,
  LIST_PAGE_SIZE,
  listFields,
  listOf,
  listPage,
  plural,
  rowLink,
  tag,
} from '#ui';
import { CENTRE_STATES, type Centre, statusOn } from '../centres/centres.ts';
import { bodyPage } from '../hub-page/hub-page.ts';

const STATES = ['approved', 'suspended', 'withdrawn'] as const;

const listQuery = z.object({
  ...listFields(['name', 'number', 'town', 'review']),
  status: z.enum(STATES).optional().catch(undefined),
});
type CentresQuery = z.infer<typeof listQuery>;

type ListedCentre = Pick<Centre, 'id' | 'number' | 'name' | 'status' | 'town' | 'nextReviewOn'> & {
  approvals: number;
  total: number;
};

/** GET /centres-hub/centres: the awarding body's people choose a centre; a centre's people have one. */
export const listCentres = handler({ query: listQuery }, async (context) => {
  if (context.acting().kind === 'centre') return redirect('/centres-hub');
  const { query } = context;
  const rows = await context.read((reader) => centresOf(reader, query, LIST_PAGE_SIZE));
  return page(await centresPage(context as Context, query, rows));
});

/** GET /centres-hub/centres/export */
export const exportCentres = handler({ query: listQuery }, async (context) => {
  if (context.acting().kind === 'centre') return redirect('/centres-hub');
  const rows = await context.read((reader) => centresOf(reader, { ...context.query, page: 1 }, 100_000));
  return listFile(
    'centres',
    ['Number', 'Name', 'Town', 'State', 'Products', 'Next review'],
    rows.map((row) => [
      row.number,
      row.name,
      row.town,
      CENTRE_STATES[row.status],
      row.approvals,
      row.nextReviewOn && formatDate(row.nextReviewOn),
    ]),
  );
});

const ORDERS = { number: sql`o.number`, name: sql`o.name`, town: sql`c.town`, review: sql`c.next_review_on` } as const;

function centresOf(
  reader: Reader,
  { q, status, sort, order, page: number }: CentresQuery,
  size: number,
): Promise<ListedCentre[]> {
  const like = containing(q);
  return reader.rows(sql<ListedCentre>`
    select c.id, o.number, o.name, ${statusOn(reader.now)} as status, c.town, c.next_review_on as "nextReviewOn", count(*) over ()::int as total,
      (select count(*)::int from centres_hub.approvals a where a.centre_id = c.id and a.ended_at is null) as approvals
    from centres_hub.centres c join accounts.published_organisations o on o.id = c.id
    where (${like}::text is null or o.name ilike ${like} or o.number like ${like} or c.town ilike ${like})
      and (${status ?? null}::text is null or ${statusOn(reader.now)} = ${status ?? null})
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`} nulls last, o.number
    limit ${size} offset ${(number - 1) * size}`);
}

function centresPage(context: Context, query: CentresQuery, rows: readonly ListedCentre[]): Promise<Safe> {
  const path = '/centres-hub/centres';
  const total = rows[0]?.total ?? 0;
  const list = listOf(path, listQuery, query);
  return bodyPage(
    context,
    { title: 'Centres' },
    listPage<ListedCentre>({
      title: 'Centres',
      lead: `${plural(total, 'centre')}. Choose one to see its profile, users and approvals.`,
      ...list.shown(total),
      noun: ['centre', 'centres'],
      filters: [
        { kind: 'search', name: 'q', label: 'Name, number or town' },
        {
          kind: 'select',
          name: 'status',
          label: 'State',
          choices: [
            { value: '', label: 'In every state' },
            ...STATES.map((value) => ({ value, label: CENTRE_STATES[value] })),
          ],
        },
      ],
      columns,
      rows,
      exportPath: '/centres-hub/centres/export',
      firstUse: { icon: 'hub', title: 'No centres yet', text: 'Approved centres appear here.' },
    }),
  );
}

const columns: Column<ListedCentre>[] = [
  {
    label: 'Centre',
    header: true,
    sort: 'name',
    cell: (row) => rowLink(row.name, `/centres-hub?centre=${row.number}`),
  },
  { label: 'Number', sort: 'number', cell: (row) => codeText(row.number) },
  { label: 'Town', sort: 'town', cell: (row) => row.town },
  { label: 'Products', numeric: true, cell: (row) => row.approvals },
  {
    label: 'Next review',
    sort: 'review',
    cell: (row) =>
      row.nextReviewOn ? formatDate(row.nextReviewOn, 'list') : html`<span class="muted">None set</span>`,
  },
  {
    label: 'State',
    phone: 'status',
    cell: ({ status }) =>
      status === 'approved' ? tag(CENTRE_STATES[status]) : tag(CENTRE_STATES[status], 'warn', 'alert'),
  },
];
