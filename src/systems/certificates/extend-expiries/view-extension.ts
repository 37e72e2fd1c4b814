import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  card,
  codeText,
  crumbs,
  formatDate,
  formatDateTime,
  LIST_PAGE_SIZE,
  listFields,
  listOf,
  listPage,
  note,
  plural,
  rowLink,
  summaryList,
} from '#ui';
import { portalPage } from '#web-portal';
import { formatSerial, readSerial } from '../serial/serial.ts';
import { type AppliedExtension, EXTENSIONS, extensionsApplied } from './list-extensions.ts';

const params = z.object({ extensionId: z.uuid() });
const viewQuery = z.object({
  ...listFields(['expiry', 'holder', 'centre']),
  /** Centre number. */
  centre: z.string().trim().max(10).optional().catch(undefined),
  done: z.string().optional().catch(undefined),
});
type ViewQuery = z.infer<typeof viewQuery>;

const MOST_ROWS = 20_000;

interface Row {
  readonly certificateId: string;
  readonly serial: string;
  readonly holder: string;
  readonly centreNumber: string;
  readonly product: string;
  readonly window: string;
  readonly from: string;
  readonly to: string;
  readonly total: number;
}

const ORDERS = { expiry: sql`e.from_day`, holder: sql`holder`, centre: sql`"centreNumber"` } as const;

/** The awards that a rule moved. */
function extendedAwards(
  reader: Pick<Reader, 'rows'>,
  id: string,
  { q, centre, sort, order }: ViewQuery,
  range: { readonly limit: number; readonly offset: number },
): Promise<Row[]> {
  const narrowed: RawBuilder<unknown>[] = [sql`e.extension_id = ${id}`];
  if (centre) narrowed.push(sql`o.number = ${centre}`);
  const number = readSerial(q ?? '');
  if (number.kind === 'serial') narrowed.push(sql`f.serial = ${number.serial}`);
  else if (q) narrowed.push(sql`lower(h.name) like ${containing(q.toLowerCase())}`);
  return reader.rows(sql<Row>`
    select e.certificate_id as "certificateId", f.serial, h.name as holder, o.number as "centreNumber", f.content ->> 'title' as product,
      e.window_name as "window", e.from_day as "from", e.to_day as "to", count(*) over () as total
    from certificates.extended_awards e join certificates.certificates f on f.id = e.certificate_id
    join centres_hub.published_centres o on o.id = e.centre_id
    cross join lateral (select (f.content -> 'holder' ->> 'givenNames') || ' ' || (f.content -> 'holder' ->> 'familyName') as name) h
    where ${sql.join(narrowed, sql` and `)}
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`}, e.certificate_id limit ${range.limit} offset ${range.offset}`);
}

async function oneOf(reader: Pick<Reader, 'rows'>, id: string): Promise<AppliedExtension> {
  const [found] = await extensionsApplied(reader, id);
  if (!found) throw new NotFound();
  return found;
}

/** GET /certificates/extensions/:extensionId: the rule and the awards that it moved. */
export const viewExtension = handler({ params, query: viewQuery }, async (context) => {
  const { query } = context;
  const { extensionId } = context.params;
  const range = { limit: LIST_PAGE_SIZE, offset: (query.page - 1) * LIST_PAGE_SIZE };
  const { found, rows } = await context.read(async (reader) => ({
    found: await oneOf(reader, extensionId),
    rows: await extendedAwards(reader, extensionId, query, range),
  }));
  const path = `${EXTENSIONS}/${extensionId}`;
  const narrowed = Boolean(query.q || query.centre);
  const facts = summaryList([
    ['Reason', found.reason],
    ['Awards of', found.products.join(', ')],
    ...found.windows.map(({ name, from, until }): [string, string] => [
      name,
      `Expiry from ${formatDate(from)} to ${formatDate(until)}`,
    ]),
    ['Moved by', plural(found.months, 'month')],
    ['Most times for an award', String(found.mostTimes)],
    ['Applied', `${formatDateTime(found.appliedAt)}${found.appliedBy ? `, ${found.appliedBy}` : ''}`],
  ]);
  const body = html`${crumbs([{ label: 'Certificates', href: '/certificates' }, { label: 'Extensions', href: EXTENSIONS }, { label: found.name }])}
${query.done === 'extended' && note('The public check and the pages of centres and candidates show the new dates. Each centre was told once.', { tone: 'ok', title: `${plural(found.awards, 'award')} extended.`, announce: true, class: 'mb' })}
${listPage<Row>({
  title: found.name,
  lead: `${plural(found.awards, 'award')} moved by ${plural(found.months, 'month')}`,
  above: card({ title: 'The rule', id: 'rule' }, facts),
  ...listOf(path, viewQuery, query).shown(rows[0]?.total ?? (narrowed ? 0 : found.awards)),
  noun: ['award', 'awards'],
  filters: [
    { kind: 'search', name: 'q', label: 'Name or certificate number' },
    { kind: 'search', name: 'centre', label: 'Centre number' },
  ],
  columns: [
    {
      label: 'Holder',
      header: true,
      sort: 'holder',
      cell: (row) =>
        html`${rowLink(row.holder, `/certificates/${row.certificateId}`)}<span class="sub">${row.product}</span>`,
    },
    { label: 'Certificate', class: 'nw', cell: (row) => codeText(formatSerial(row.serial)) },
    { label: 'Centre', code: true, sort: 'centre', cell: (row) => row.centreNumber },
    { label: 'Window', cell: (row) => row.window },
    { label: 'Valid until', class: 'nw', sort: 'expiry', cell: (row) => formatDate(row.from, 'list') },
    {
      label: 'Extended to',
      class: 'nw',
      cell: (row) => html`<span class="strong">${formatDate(row.to, 'list')}</span>`,
    },
  ],
  rows,
  exportPath: `${path}/export`,
  firstUse: { icon: 'award', title: 'No awards', text: 'This extension moved nothing.' },
})}`;
  return page(await portalPage(context, { title: found.name }, body));
});

/** GET /certificates/extensions/:extensionId/export */
export const exportExtended = handler({ params, query: viewQuery }, async (context) => {
  const { extensionId } = context.params;
  const rows = await context.read(async (reader) => {
    await oneOf(reader, extensionId);
    return extendedAwards(reader, extensionId, context.query, { limit: MOST_ROWS, offset: 0 });
  });
  return listFile(
    'extended-awards',
    ['Certificate number', 'Holder', 'Product', 'Centre', 'Window', 'Valid until', 'Extended to'],
    rows.map((row) => [
      formatSerial(row.serial),
      row.holder,
      row.product,
      row.centreNumber,
      row.window,
      row.from,
      row.to,
    ]),
  );
});
