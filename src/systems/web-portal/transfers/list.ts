import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { codeText, formatDate, LIST_PAGE_SIZE, linkButton, listFields, listOf, listPage, rowLink } from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { transferTag } from './state-tag.ts';
import { TRANSFER_STATES, TRANSFER_WORDS } from './transfer-state.ts';
import {
  ofCentre,
  readAcross,
  shownTo,
  TRANSFER_FROM,
  TRANSFER_ROW,
  TRANSFERS,
  type Transfer,
  transferNumber,
} from './transfers.ts';

const WAYS = ['here', 'away'] as const;
const query = z.object({
  ...listFields(['number', 'candidate', 'product', 'changed'], 'desc'),
  state: z.enum(TRANSFER_STATES).optional().catch(undefined),
  way: z.enum(WAYS).optional().catch(undefined),
});
type Query = z.infer<typeof query>;
type Row = Transfer & { readonly total: number };

const ORDERS = {
  number: sql`t.number`,
  candidate: sql`t.candidate_number`,
  product: sql`p.title`,
  changed: sql`t.state_changed_at`,
} as const;

/** What is not told to the asking centre is not searched for it either. */
async function rowsFor(reader: Reader, centreId: string | null, asked: Query, size: number): Promise<Row[]> {
  const { q, state = null, way = null, sort, order, page: number } = asked;
  const like = containing(q);
  const known = sql`(${centreId}::uuid is distinct from t.to_centre_id or t.direction = 'offer' or t.state = 'accepted')`;
  const rows = await reader.rows(sql<Row>`
    select ${TRANSFER_ROW}, count(*) over ()::int as total from ${TRANSFER_FROM}
    where ${ofCentre(centreId)}
      and (${like}::text is null or concat_ws(' ', 'T-' || t.number, t.candidate_number, p.title, o.name, o.number,
        case when ${known} then concat_ws(' ', c.given_names, c.family_name, f.name, f.number) end) ilike ${like})
      and (${state}::text is null or t.state = ${state})
      and (${way}::text is null or (${way} = 'here') = (t.to_centre_id = ${centreId}::uuid))
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`}, t.number desc
    limit ${size} offset ${(number - 1) * size}`);
  return rows.map((row) => shownTo(row, centreId));
}

const UNTOLD = 'Another centre';

/** GET /web-portal/transfers */
export const listTransfers = handler({ query }, async (context) => {
  const centreId = actingCentreId(context.principal);
  const rows = await readAcross(context as Context, (reader) =>
    rowsFor(reader, centreId, context.query, LIST_PAGE_SIZE),
  );
  const list = listOf(TRANSFERS, query, context.query);
  return page(
    await portalPage(
      context as Context,
      { title: 'Transfers' },
      listPage<Row>({
        title: 'Transfers',
        lead: 'Registrations that move between centres, when both agree',
        actions:
          centreId !== null &&
          may(context.principal, 'web-portal.register') &&
          linkButton('Ask for a transfer', `${TRANSFERS}/ask`),
        ...list.shown(rows[0]?.total ?? 0),
        noun: ['transfer', 'transfers'],
        filters: [
          { kind: 'search', name: 'q', label: 'Candidate, product, centre or number' },
          {
            kind: 'select',
            name: 'state',
            label: 'State',
            choices: [
              { value: '', label: 'All' },
              ...TRANSFER_STATES.map((value) => ({ value, label: TRANSFER_WORDS[value] })),
            ],
          },
          ...(centreId === null
            ? []
            : [
                {
                  kind: 'select' as const,
                  name: 'way',
                  label: 'Way',
                  choices: [
                    { value: '', label: 'Both ways' },
                    { value: 'here', label: 'To your centre' },
                    { value: 'away', label: 'Away from your centre' },
                  ],
                },
              ]),
        ],
        columns: [
          { label: 'Number', sort: 'number', code: true, cell: (row) => transferNumber(row.number) },
          {
            label: 'Candidate',
            header: true,
            sort: 'candidate',
            cell: (row) =>
              html`${rowLink(row.candidateName ?? `Candidate ${row.candidateNumber}`, `${TRANSFERS}/${row.id}`)}<span class="sub">${codeText(row.candidateNumber)}</span>`,
          },
          { label: 'Product', sort: 'product', cell: (row) => row.productTitle },
          {
            label: 'From and to',
            cell: (row) => html`${row.fromCentre ?? UNTOLD}<span class="sub">to ${row.toCentre}</span>`,
          },
          { label: 'Changed', sort: 'changed', cell: (row) => formatDate(row.changedAt, 'list') },
          { label: 'State', phone: 'status', cell: (row) => transferTag(row.state) },
        ],
        rows,
        exportPath: `${TRANSFERS}/export`,
        firstUse: {
          icon: 'users',
          title: 'No transfers',
          text: 'Ask for a candidate of another centre here, or offer a registration of yours on its page: "Move to another centre".',
        },
      }),
    ),
  );
});

/** GET /web-portal/transfers/export */
export const exportTransfers = handler({ query }, async (context) => {
  const centreId = actingCentreId(context.principal);
  const rows = await readAcross(context as Context, (reader) =>
    rowsFor(reader, centreId, { ...context.query, page: 1 }, 100_000),
  );
  return listFile(
    'transfers',
    ['Number', 'Candidate number', 'Candidate', 'Product', 'From', 'To', 'State', 'Asked', 'Answer by', 'Changed'],
    rows.map((row) => [
      transferNumber(row.number),
      row.candidateNumber,
      row.candidateName ?? '',
      row.productTitle,
      row.fromCentre ?? UNTOLD,
      row.toCentre,
      TRANSFER_WORDS[row.state],
      formatDate(row.askedAt),
      formatDate(row.answerBy),
      formatDate(row.changedAt),
    ]),
  );
});
