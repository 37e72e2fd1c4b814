import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import type { Window } from '#products';
import {
  formatCount,
  formatDate,
  inOrder,
  linkButton,
  listFields,
  listOf,
  listPage,
  pageOf,
  plural,
  rowLink,
  withWords,
} from '#ui';
import { portalPage } from '#web-portal';

export const EXTENSIONS = '/certificates/extensions';

/** A rule that was applied. */
export interface AppliedExtension {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly products: readonly string[];
  readonly windows: readonly Window[];
  readonly months: number;
  readonly mostTimes: number;
  readonly appliedAt: Date;
  readonly appliedBy: string | null;
  /** Awards that it moved. */
  readonly awards: number;
}

/** The rules, the newest first; one of them when `id` is given. */
export function extensionsApplied(reader: Pick<Reader, 'rows'>, id: string | null = null): Promise<AppliedExtension[]> {
  return reader.rows(sql<AppliedExtension>`
    select x.id, x.name, x.reason, x.windows, x.months, x.most_times as "mostTimes", x.applied_at as "appliedAt",
      array(select p.title from products.published_products p where p.id = any(x.product_ids) order by p.title) as products,
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = x.applied_by) as "appliedBy",
      (select count(*)::int from certificates.extended_awards e where e.extension_id = x.id) as awards
    from certificates.extensions x where ${id}::uuid is null or x.id = ${id}::uuid
    order by x.applied_at desc, x.id desc`);
}

const listQuery = z.object(listFields(['applied', 'name', 'awards'], 'desc'));
type ExtensionsQuery = z.infer<typeof listQuery>;

const windowsInWords = ({ windows }: AppliedExtension) => windows.map(({ name }) => name).join(', ');

function chosen(all: readonly AppliedExtension[], query: ExtensionsQuery): AppliedExtension[] {
  return inOrder(
    withWords(all, query.q, (row) => `${row.name} ${row.reason} ${windowsInWords(row)}`),
    query,
    {
      applied: (row) => row.appliedAt.toISOString(),
      name: (row) => row.name,
      awards: (row) => String(row.awards).padStart(12, '0'),
    },
  );
}

/** GET /certificates/extensions: rules by which many expiries were moved at once. */
export const listExtensions = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read((reader) => extensionsApplied(reader));
  const rows = chosen(all, query);
  const begin = linkButton('New extension', `${EXTENSIONS}/new`);
  const body = listPage<AppliedExtension>({
    title: 'Extensions',
    lead: 'Many expiries moved at once, by windows of dates, a stated number of times and not beyond',
    actions: begin,
    ...listOf(EXTENSIONS, listQuery, query).shown(rows.length),
    noun: ['extension', 'extensions'],
    filters: [{ kind: 'search', name: 'q', label: 'Name, window or reason' }],
    columns: [
      { label: 'Name', header: true, sort: 'name', cell: (row) => rowLink(row.name, `${EXTENSIONS}/${row.id}`) },
      { label: 'Windows', cell: windowsInWords },
      { label: 'Moved by', class: 'nw', cell: (row) => plural(row.months, 'month') },
      { label: 'Awards', numeric: true, sort: 'awards', cell: (row) => formatCount(row.awards) },
      { label: 'Applied', class: 'nw', sort: 'applied', cell: (row) => formatDate(row.appliedAt, 'list') },
      { label: 'By', cell: (row) => row.appliedBy },
    ],
    rows: pageOf(rows, query),
    exportPath: `${EXTENSIONS}/export`,
    firstUse: {
      icon: 'clock',
      title: 'No extensions yet',
      text: 'When candidates could not renew in time, an extension moves the expiry of all awards in a window of dates. The page shows what it would do before anything is done.',
      actions: begin,
    },
  });
  return page(await portalPage(context, { title: 'Extensions' }, body));
});

/** GET /certificates/extensions/export */
export const exportExtensions = handler({ query: listQuery }, async (context) => {
  const all = await context.read((reader) => extensionsApplied(reader));
  return listFile(
    'extensions',
    ['Name', 'Products', 'Windows', 'Months', 'Most times', 'Awards', 'Applied', 'By', 'Reason'],
    chosen(all, context.query).map((row) => [
      row.name,
      row.products.join(', '),
      row.windows.map(({ name, from, until }) => `${name}: ${from} to ${until}`).join(', '),
      row.months,
      row.mostTimes,
      row.awards,
      formatDate(row.appliedAt),
      row.appliedBy,
      row.reason,
    ]),
  );
});
