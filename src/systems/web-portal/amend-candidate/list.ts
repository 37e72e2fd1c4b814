import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId } from '#platform/permissions/principal.ts';
import { codeText, formatDate, LIST_PAGE_SIZE, listFields, listOf, listPage, rowLink } from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { AMENDED_FIELDS, AMENDMENT_STATES, AMENDMENT_WORDS, FIELD_NAMES } from './amendment-rule.ts';
import { AMENDMENT_FROM, AMENDMENT_ROW, AMENDMENTS, type Amendment, amendmentNumber } from './amendments.ts';
import { amendmentTag } from './state-tag.ts';

const query = z.object({
  ...listFields(['number', 'candidate', 'changed'], 'desc'),
  state: z.enum(AMENDMENT_STATES).optional().catch(undefined),
  field: z.enum(FIELD_NAMES).optional().catch(undefined),
});
type Query = z.infer<typeof query>;
type Row = Amendment & { readonly total: number };

const ORDERS = {
  number: sql`a.number`,
  candidate: sql`c.family_name || ' ' || c.given_names`,
  changed: sql`a.state_changed_at`,
} as const;

function rowsFor(reader: Reader, centreId: string | null, asked: Query, size: number): Promise<Row[]> {
  const { q, state = null, field = null, sort, order, page: number } = asked;
  const like = containing(q);
  return reader.rows(sql<Row>`
    select ${AMENDMENT_ROW}, count(*) over ()::int as total from ${AMENDMENT_FROM}
    where (${centreId}::uuid is null or a.centre_id = ${centreId}::uuid)
      and (${like}::text is null or concat_ws(' ', 'A-' || a.number, c.candidate_number, c.given_names, c.family_name, o.name, o.number) ilike ${like})
      and (${state}::text is null or a.state = ${state})
      and (${field}::text is null or a.after ? ${field}::text)
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`}, a.number desc
    limit ${size} offset ${(number - 1) * size}`);
}

const fieldsOf = ({ after }: Amendment): string =>
  FIELD_NAMES.filter((field) => field in after)
    .map((field) => AMENDED_FIELDS[field])
    .join(', ');

/** GET /web-portal/amendments */
export const listAmendments = handler({ query }, async (context) => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) => rowsFor(reader, centreId, context.query, LIST_PAGE_SIZE));
  const list = listOf(AMENDMENTS, query, context.query);
  return page(
    await portalPage(
      context as Context,
      { title: 'Corrections' },
      listPage<Row>({
        title: 'Corrections',
        lead: 'Names, dates of birth, learner numbers and addresses of candidates, corrected after they were entered',
        ...list.shown(rows[0]?.total ?? 0),
        noun: ['correction', 'corrections'],
        filters: [
          { kind: 'search', name: 'q', label: 'Candidate, centre or number' },
          {
            kind: 'select',
            name: 'state',
            label: 'State',
            choices: [
              { value: '', label: 'All' },
              ...AMENDMENT_STATES.map((value) => ({ value, label: AMENDMENT_WORDS[value] })),
            ],
          },
          {
            kind: 'select',
            name: 'field',
            label: 'What changes',
            choices: [
              { value: '', label: 'Anything' },
              ...FIELD_NAMES.map((value) => ({ value, label: AMENDED_FIELDS[value] })),
            ],
          },
        ],
        columns: [
          { label: 'Number', sort: 'number', code: true, cell: (row) => amendmentNumber(row.number) },
          {
            label: 'Candidate',
            header: true,
            sort: 'candidate',
            cell: (row) =>
              html`${rowLink(row.candidateName, `${AMENDMENTS}/${row.id}`)}<span class="sub">${codeText(row.candidateNumber)}${centreId === null && html`, ${row.centre}`}</span>`,
          },
          { label: 'What changes', cell: fieldsOf },
          { label: 'Changed', sort: 'changed', cell: (row) => formatDate(row.changedAt, 'list') },
          { label: 'State', phone: 'status', cell: (row) => amendmentTag(row.state) },
        ],
        rows,
        exportPath: `${AMENDMENTS}/export`,
        firstUse: {
          icon: 'users',
          title: 'No corrections',
          text: 'They begin on the page of a candidate: "Correct the details".',
        },
      }),
    ),
  );
});

/** GET /web-portal/amendments/export: which fields, never their values, which are kept with the candidate. */
export const exportAmendments = handler({ query }, async (context) => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) => rowsFor(reader, centreId, { ...context.query, page: 1 }, 100_000));
  return listFile(
    'corrections',
    ['Number', 'Candidate number', 'Candidate', 'Centre', 'What changes', 'State', 'Asked', 'Changed'],
    rows.map((row) => [
      amendmentNumber(row.number),
      row.candidateNumber,
      row.candidateName,
      row.centre,
      fieldsOf(row),
      AMENDMENT_WORDS[row.state],
      formatDate(row.askedAt),
      formatDate(row.changedAt),
    ]),
  );
});
