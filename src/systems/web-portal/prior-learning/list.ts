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
import {
  PRIOR_LEARNING,
  PRIOR_LEARNING_FROM,
  PRIOR_LEARNING_KINDS,
  PRIOR_LEARNING_ROW,
  type PriorLearning,
  type PriorLearningKind,
  priorLearningNumber,
} from './prior-learning.ts';
import { PRIOR_LEARNING_STATES, PRIOR_LEARNING_WORDS } from './prior-learning-state.ts';
import { priorLearningTag } from './state-tag.ts';

const KINDS = Object.keys(PRIOR_LEARNING_KINDS) as [PriorLearningKind, ...PriorLearningKind[]];
const query = z.object({
  ...listFields(['number', 'candidate', 'unit', 'changed'], 'desc'),
  state: z
    .enum([...PRIOR_LEARNING_STATES, 'open'])
    .optional()
    .catch(undefined),
  kind: z.enum(KINDS).optional().catch(undefined),
});
type Query = z.infer<typeof query>;

const ORDERS = {
  number: sql`p.number`,
  candidate: sql`c.family_name || ' ' || c.given_names`,
  unit: sql`u.title`,
  changed: sql`p.state_changed_at`,
} as const;

type Row = PriorLearning & { readonly changedAt: Date; readonly total: number };

function rowsFor(reader: Reader, centreId: string | null, asked: Query, size: number): Promise<Row[]> {
  const { q, state = null, kind = null, sort, order, page: number } = asked;
  const like = containing(q);
  return reader.rows(sql<Row>`
    select ${PRIOR_LEARNING_ROW}, p.state_changed_at as "changedAt", count(*) over ()::int as total from ${PRIOR_LEARNING_FROM}
    where (${centreId}::uuid is null or p.centre_id = ${centreId}::uuid)
      and (${like}::text is null or concat_ws(' ', 'P-' || p.number, c.candidate_number, c.given_names, c.family_name, u.title, d.title, o.name) ilike ${like})
      and (${state}::text is null or p.state = ${state} or (${state} = 'open' and p.state in ('proposed', 'confirmed', 'returned')))
      and (${kind}::text is null or p.kind = ${kind})
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`}, p.number desc
    limit ${size} offset ${(number - 1) * size}`);
}

/** GET /web-portal/prior-learning */
export const listPriorLearning = handler({ query }, async (context) => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) => rowsFor(reader, centreId, context.query, LIST_PAGE_SIZE));
  const list = listOf(PRIOR_LEARNING, query, context.query);
  return page(
    await portalPage(
      context as Context,
      { title: 'Prior learning' },
      listPage<Row>({
        title: 'Prior learning',
        lead: 'Units that candidates had learned before: recognised by evidence, or transferred from another award',
        ...list.shown(rows[0]?.total ?? 0),
        noun: ['claim', 'claims'],
        filters: [
          { kind: 'search', name: 'q', label: 'Candidate, unit, product or number' },
          {
            kind: 'select',
            name: 'state',
            label: 'State',
            choices: [
              { value: '', label: 'All' },
              { value: 'open', label: 'Open' },
              ...PRIOR_LEARNING_STATES.map((value) => ({ value, label: PRIOR_LEARNING_WORDS[value] })),
            ],
          },
          {
            kind: 'select',
            name: 'kind',
            label: 'Kind',
            choices: [
              { value: '', label: 'Both kinds' },
              ...KINDS.map((value) => ({ value, label: PRIOR_LEARNING_KINDS[value] })),
            ],
          },
        ],
        columns: [
          {
            label: 'Number',
            sort: 'number',
            code: true,
            cell: (row) => priorLearningNumber(row.number),
          },
          {
            label: 'Candidate',
            header: true,
            sort: 'candidate',
            cell: (row) =>
              html`${rowLink(row.candidateName, `${PRIOR_LEARNING}/${row.id}`)}<span class="sub">${codeText(row.candidateNumber)}${centreId === null && html`, ${row.centre}`}</span>`,
          },
          {
            label: 'Unit',
            sort: 'unit',
            cell: (row) => html`${row.unitTitle}<span class="sub">${row.productTitle}</span>`,
          },
          { label: 'Kind', cell: (row) => PRIOR_LEARNING_KINDS[row.kind] },
          { label: 'Changed', sort: 'changed', cell: (row) => formatDate(row.changedAt, 'list') },
          { label: 'State', phone: 'status', cell: (row) => priorLearningTag(row.state) },
        ],
        rows,
        exportPath: `${PRIOR_LEARNING}/export`,
        firstUse: {
          icon: 'award',
          title: 'No claims of prior learning',
          text: 'They begin on the page of a registration: "Claim prior learning".',
        },
      }),
    ),
  );
});

/** GET /web-portal/prior-learning/export */
export const exportPriorLearning = handler({ query }, async (context) => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) => rowsFor(reader, centreId, { ...context.query, page: 1 }, 100_000));
  return listFile(
    'prior-learning',
    ['Number', 'Candidate number', 'Candidate', 'Centre', 'Product', 'Unit', 'Kind', 'Grade', 'State', 'Changed'],
    rows.map((row) => [
      priorLearningNumber(row.number),
      row.candidateNumber,
      row.candidateName,
      row.centre,
      row.productTitle,
      row.unitTitle,
      PRIOR_LEARNING_KINDS[row.kind],
      row.grade,
      PRIOR_LEARNING_WORDS[row.state],
      formatDate(row.changedAt),
    ]),
  );
});
