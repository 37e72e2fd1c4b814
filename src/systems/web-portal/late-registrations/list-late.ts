import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type Column, formatDate, LIST_PAGE_SIZE, linkButton, listOf, listPage, plural, rowLink, tag } from '#ui';
import { waiverInWords } from '../lateness-waiver/waive.ts';
import { shortTitle } from '../list-candidates/short-title.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import {
  LATE,
  type LateRow,
  lateCounts,
  lateQuery,
  lateRates,
  lateRows,
  PERIOD_CHOICES,
  productChoices,
  rateInWords,
} from './late-query.ts';

const MOST_ROWS = 20_000;

const waiverOf = ({ waivedFrom, waivedTo }: LateRow): string | null =>
  waivedFrom && waivedTo ? waiverInWords({ beganAt: waivedFrom, endedAt: waivedTo }) : null;

/** GET /web-portal/late-registrations: what was registered after the 90 days; the awarding body sees all centres. */
export const listLate = handler({ query: lateQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const centreId = actingCentreId(context.principal);
  const asked = centreId ? { ...query, centre: undefined } : query;
  const { rows, counts, rates, products } = await context.read(async (reader) => ({
    rows: await lateRows(reader, asked, centreId, {
      limit: LIST_PAGE_SIZE,
      offset: (asked.page - 1) * LIST_PAGE_SIZE,
    }),
    counts: await lateCounts(reader, asked, centreId),
    rates: await lateRates(reader, asked, centreId),
    products: await productChoices(reader),
  }));
  const list = listOf(LATE, lateQuery, asked);
  const total =
    asked.waived === 'yes' ? counts.waived : asked.waived === 'no' ? counts.all - counts.waived : counts.all;
  return page(
    await portalPage(
      context as Context,
      { title: 'Late registrations' },
      listPage<LateRow>({
        title: 'Late registrations',
        lead: ratesInWords(rates),
        ...(may(context.principal, 'web-portal.compare-lateness') && {
          actions: linkButton('Rate of each centre', `${LATE}/centres`, { look: 'quiet' }),
        }),
        ...list.shown(total),
        noun: ['late registration', 'late registrations'],
        filters: [
          { kind: 'search', name: 'q', label: 'Name or candidate number' },
          {
            kind: 'select',
            name: 'product',
            label: 'Product',
            choices: [
              { value: '', label: 'All products' },
              ...products.map(({ id, title }) => ({ value: id, label: shortTitle(title) })),
            ],
          },
          { kind: 'select', name: 'period', label: 'Registered in', choices: PERIOD_CHOICES },
          ...(centreId ? [] : [{ kind: 'search', name: 'centre', label: 'Centre number' } as const]),
        ],
        narrowedBy: ['waived'],
        chips: [
          list.chip('All', { waived: undefined }, counts.all),
          list.chip('Not waived', { waived: 'no' }, counts.all - counts.waived),
          list.chip('Waived: our outage', { waived: 'yes' }, counts.waived),
        ],
        columns: columnsFor(centreId),
        rows,
        exportPath: `${LATE}/export`,
        firstUse: {
          icon: 'check',
          title: 'Nothing was registered late',
          text: 'Registrations for regulated qualifications that come more than 90 days after the programme start stand here.',
        },
      }),
    ),
  );
});

/** GET /web-portal/late-registrations/export */
export const exportLate = handler({ query: lateQuery }, async (context): Promise<Answer> => {
  const centreId = actingCentreId(context.principal);
  const asked = centreId ? { ...context.query, centre: undefined } : context.query;
  const rows = await context.read((reader) => lateRows(reader, asked, centreId, { limit: MOST_ROWS, offset: 0 }));
  return listFile(
    'late-registrations',
    [
      'Candidate number',
      'Candidate',
      'Centre',
      'Product',
      'Programme start',
      'Registered',
      'Days late',
      'By',
      'Waived',
    ],
    rows.map((row) => [
      row.number,
      row.name,
      row.centreNumber,
      row.title,
      row.programmeStart,
      dayInLondon(row.registeredAt),
      row.daysLate,
      row.registeredBy,
      waiverOf(row),
    ]),
  );
});

/** The rate of what is asked for, over all centres that are in sight. */
function ratesInWords(rates: Parameters<typeof rateInWords>[0][]): string {
  const sum = rates.reduce((all, one) => ({ registered: all.registered + one.registered, late: all.late + one.late }), {
    registered: 0,
    late: 0,
  });
  const rate = rateInWords(sum);
  return rate === null
    ? 'No registration for a regulated qualification in this time'
    : `${sum.late} of ${plural(sum.registered, 'registration')} for regulated qualifications, ${rate}, without those that our own outage waives`;
}

function columnsFor(centreId: string | null): Column<LateRow>[] {
  return [
    {
      label: 'Candidate',
      header: true,
      sort: 'name',
      cell: (row) => rowLink(row.name, `/web-portal/registrations/${row.id}`),
    },
    { label: 'Number', code: true, phone: 'hide', cell: (row) => row.number },
    ...(centreId
      ? []
      : [{ label: 'Centre', code: true, sort: 'centre', cell: (row: LateRow) => row.centreNumber } as const]),
    { label: 'Product', phone: 'plain', cell: (row) => shortTitle(row.title) },
    {
      label: 'Programme start',
      class: 'nw',
      phone: 'hide',
      cell: (row) => formatDate(row.programmeStart, 'list'),
    },
    { label: 'Registered', sort: 'registered', class: 'nw', cell: (row) => formatDate(row.registeredAt, 'list') },
    { label: 'Late by', sort: 'days', class: 'nw', cell: (row) => plural(row.daysLate, 'day') },
    {
      label: 'Waived',
      phone: 'status',
      cell: (row) => {
        const words = waiverOf(row);
        return words ? tag(`W${words.slice(1)}`, 'info') : '';
      },
    },
  ];
}
