import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
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
  rowLink,
  tag,
  withWords,
} from '#ui';
import { shortTitle } from '../list-candidates/short-title.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { addDays, DAYS_SOON, daysLeft } from '../programme-days/programme-days.ts';
import { DRAFTS, draftHref } from '../registration-drafts/draft-on-page.ts';
import { DRAFT_DAYS } from '../registration-drafts/drafts.ts';

const query = z.object({
  ...listFields(['saved', 'name', 'left'], 'desc'),
  show: z.enum(['mine', 'soon']).optional().catch(undefined),
  product: z.uuid().optional().catch(undefined),
  done: z.enum(['discarded']).optional().catch(undefined),
});

interface Row {
  readonly id: string;
  readonly candidateId: string | null;
  readonly name: string;
  readonly productId: string | null;
  readonly product: string | null;
  /** The 90 days are counted for it: regulated, or no product chosen yet. */
  readonly counted: boolean;
  readonly programmeStart: string | null;
  readonly savedAt: Date;
  readonly savedById: string;
  readonly savedBy: string | null;
}

function draftsOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<Row[]> {
  return reader.rows(sql<Row>`
    select d.id, d.candidate_id as "candidateId", coalesce(c.family_name || ', ' || c.given_names, d.name) as name,
      d.product_id as "productId", p.title as product, coalesce(p.regulated, true) as counted,
      d.programme_start as "programmeStart", d.saved_at as "savedAt", d.saved_by as "savedById",
      (select given_names || ' ' || family_name from accounts.published_people where id = d.saved_by) as "savedBy"
    from web_portal.registration_drafts d
    left join web_portal.candidates c on c.id = d.candidate_id
    left join products.published_products p on p.id = d.product_id
    where d.centre_id = ${centreId} order by d.saved_at desc, d.id`);
}

/** Days left of the 90, or null where none are counted. */
const leftOf = (row: Row, today: string): number | null =>
  row.counted && row.programmeStart ? daysLeft(row.programmeStart, today).left : null;

const isSoon = (row: Row, today: string): boolean => {
  const left = leftOf(row, today);
  return left !== null && left <= DAYS_SOON;
};

function found(rows: readonly Row[], asked: z.infer<typeof query>) {
  return withWords(
    asked.product ? rows.filter(({ productId }) => productId === asked.product) : rows,
    asked.q,
    ({ name, product, savedBy }) => `${name} ${product ?? ''} ${savedBy ?? ''}`,
  );
}

function narrowed(rows: readonly Row[], asked: z.infer<typeof query>, personId: string, today: string): Row[] {
  const shown = rows.filter((row) =>
    asked.show === 'mine' ? row.savedById === personId : asked.show !== 'soon' || isSoon(row, today),
  );
  return inOrder(shown, asked, {
    saved: (row) => row.savedAt.toISOString(),
    name: (row) => row.name,
    // Starts are days as text; the fewest days left belong to the earliest start.
    left: (row) => (row.counted && row.programmeStart) || '9999',
  });
}

/** GET /web-portal/drafts: the half-made registrations of the centre, of all its people. */
export const listDrafts = handler({ query }, async (context): Promise<Answer> => {
  const { query: asked } = context;
  const today = dayInLondon(context.now);
  const { personId } = context.person();
  const all = await context.read((reader) => draftsOf(reader, context.centreId()));
  const fitting = found(all, asked);
  const rows = narrowed(fitting, asked, personId, today);
  const list = listOf(DRAFTS, query, asked);
  const products = new Map(all.flatMap((row) => (row.productId && row.product ? [[row.productId, row.product]] : [])));
  const count = (test: (row: Row) => boolean) => fitting.filter(test).length;
  const register = linkButton('Register a candidate', '/web-portal/candidates/register');
  return page(
    await portalPage(
      context as Context,
      { title: 'Drafts' },
      html`${asked.done && note('The draft is thrown away, and what was typed in it is deleted.', { tone: 'ok', announce: true, class: 'mb' })}${listPage<Row>(
        {
          title: 'Drafts',
          lead: `Registrations that somebody at your centre began. A draft is deleted ${DRAFT_DAYS} days after its last change.`,
          actions: register,
          ...list.shown(rows.length),
          noun: ['draft', 'drafts'],
          filters: [
            { kind: 'search', name: 'q', label: 'Name, product or person' },
            {
              kind: 'select',
              name: 'product',
              label: 'Product',
              choices: [
                { value: '', label: 'All products' },
                ...[...products].map(([value, label]) => ({ value, label: shortTitle(label) })),
              ],
            },
          ],
          narrowedBy: ['show'],
          chips: [
            list.chip('All', { show: undefined }, fitting.length),
            list.chip(
              'Saved by you',
              { show: 'mine' },
              count((row) => row.savedById === personId),
            ),
            list.chip(
              `${DAYS_SOON} days left or fewer`,
              { show: 'soon' },
              count((row) => isSoon(row, today)),
            ),
          ],
          columns: columnsFor(today),
          rows: pageOf(rows, asked),
          exportPath: `${DRAFTS}/export`,
          firstUse: {
            icon: 'users',
            title: 'No drafts',
            text: 'A registration that is begun is saved as you type, and stands here until it is registered or thrown away.',
            actions: register,
          },
        },
      )}`,
    ),
  );
});

/** GET /web-portal/drafts/export */
export const exportDrafts = handler({ query }, async (context): Promise<Answer> => {
  const today = dayInLondon(context.now);
  const all = await context.read((reader) => draftsOf(reader, context.centreId()));
  return listFile(
    'drafts',
    ['Candidate', 'Product', 'Programme start', 'Days left of 90', 'Saved', 'By', 'Deleted on'],
    narrowed(found(all, context.query), context.query, context.person().personId, today).map((row) => [
      row.name,
      row.product,
      row.programmeStart,
      leftOf(row, today),
      dayInLondon(row.savedAt),
      row.savedBy,
      deletedOn(row),
    ]),
  );
});

const deletedOn = ({ savedAt }: Row): string => addDays(dayInLondon(savedAt), DRAFT_DAYS);

function columnsFor(today: string): Column<Row>[] {
  return [
    {
      label: 'Candidate',
      header: true,
      sort: 'name',
      cell: (row) => rowLink(row.name || 'No name yet', draftHref(row)),
    },
    {
      label: 'Product',
      phone: 'plain',
      cell: (row) => (row.product ? shortTitle(row.product) : html`<span class="muted">None yet</span>`),
    },
    { label: 'Days left of 90', sort: 'left', class: 'nw', phone: 'status', cell: (row) => leftCell(row, today) },
    { label: 'Saved', sort: 'saved', class: 'nw', cell: (row) => formatDateTime(row.savedAt, 'list') },
    { label: 'By', phone: 'hide', cell: (row) => row.savedBy ?? '' },
    { label: 'Deleted on', class: 'nw', phone: 'hide', cell: (row) => formatDate(deletedOn(row), 'list') },
    { label: 'Act', cell: (row) => link('Throw away', `${DRAFTS}/${row.id}/discard`) },
  ];
}

function leftCell(row: Row, today: string) {
  const left = leftOf(row, today);
  if (left === null) return html`<span class="muted">${row.counted ? 'No start yet' : 'No limit'}</span>`;
  if (left < 0) return tag('Used up', 'bad', 'clock');
  return left <= DAYS_SOON ? tag(`${left} left`, 'warn', 'clock') : html`${left}`;
}
