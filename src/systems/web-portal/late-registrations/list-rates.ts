import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { type Column, inOrder, linkButton, listOf, listPage, pageOf, rowLink, withWords } from '#ui';
import { shortTitle } from '../list-candidates/short-title.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import {
  LATE,
  lateRates,
  PERIOD_CHOICES,
  productChoices,
  type RateQuery,
  type RateRow,
  rateInWords,
  rateQuery,
} from './late-query.ts';

const RATES = `${LATE}/centres`;

function ordered(rows: readonly RateRow[], asked: RateQuery): RateRow[] {
  const found = withWords(rows, asked.q, ({ centreNumber, centreName }) => `${centreNumber} ${centreName}`);
  const digits = (value: number) => value.toFixed(6).padStart(16, '0');
  return inOrder(found, asked, {
    rate: ({ late, registered }) => digits(late / registered),
    late: ({ late }) => digits(late),
    centre: ({ centreNumber }) => centreNumber,
  });
}

/** GET /web-portal/late-registrations/centres */
export const listRates = handler({ query: rateQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const { all, products } = await context.read(async (reader) => ({
    all: await lateRates(reader, query, null),
    products: await productChoices(reader),
  }));
  const rows = ordered(all, query);
  return page(
    await portalPage(
      context as Context,
      { title: 'Late registrations by centre' },
      listPage<RateRow>({
        title: 'Late registrations by centre',
        lead: 'Of registrations for regulated qualifications. What our own outage waives is no late registration here.',
        actions: linkButton('Each late registration', LATE, { look: 'quiet' }),
        ...listOf(RATES, rateQuery, query).shown(rows.length),
        noun: ['centre', 'centres'],
        filters: [
          { kind: 'search', name: 'q', label: 'Centre' },
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
        ],
        columns: COLUMNS,
        rows: pageOf(rows, query),
        exportPath: `${RATES}/export`,
        firstUse: {
          icon: 'check',
          title: 'No registrations yet',
          text: 'Each centre that registers candidates for regulated qualifications stands here with its rate.',
        },
      }),
    ),
  );
});

/** GET /web-portal/late-registrations/centres/export */
export const exportRates = handler({ query: rateQuery }, async (context): Promise<Answer> => {
  const all = await context.read((reader) => lateRates(reader, context.query, null));
  return listFile(
    'late-registrations-by-centre',
    ['Centre', 'Name', 'Registrations', 'Late', 'Waived', 'Rate'],
    ordered(all, context.query).map((row) => [
      row.centreNumber,
      row.centreName,
      row.registered,
      row.late,
      row.waived,
      rateInWords(row),
    ]),
  );
});

const COLUMNS: Column<RateRow>[] = [
  {
    label: 'Centre',
    header: true,
    sort: 'centre',
    cell: (row) => rowLink(`${row.centreNumber} ${row.centreName}`, `${LATE}?centre=${row.centreNumber}`),
  },
  { label: 'Registrations', numeric: true, cell: (row) => row.registered },
  { label: 'Late', numeric: true, sort: 'late', cell: (row) => row.late },
  { label: 'Waived', numeric: true, phone: 'hide', cell: (row) => row.waived },
  { label: 'Rate', numeric: true, sort: 'rate', cell: (row) => rateInWords(row) },
];
