import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { codeText, formatDate, LIST_PAGE_SIZE, listFields, listOf, listPage, rowLink, tag } from '#ui';
import { bodyPage } from '../hub-page/hub-page.ts';
import { APPLICATION_STATE_WORDS, APPLICATION_STATES, type ApplicationState } from './application-state.ts';

const PATH = '/centres-hub/applications';

const listQuery = z.object({
  ...listFields(['since', 'number', 'organisation', 'asked']),
  state: z.enum(APPLICATION_STATES).optional().catch(undefined),
  move: z.enum(['body', 'applicant', 'none']).optional().catch(undefined),
});
type ListQuery = z.infer<typeof listQuery>;

interface Row {
  readonly id: string;
  readonly reference: string;
  readonly organisation: string;
  readonly postcode: string;
  readonly state: ApplicationState;
  readonly askedAt: Date;
  readonly stateChangedAt: Date;
  readonly total: number;
}

const moverOf = (state: ApplicationState) => APPLICATION_STATE_WORDS[state].whose ?? 'none';
const MOVE_WORDS = { body: 'The awarding body', applicant: 'The organisation', none: 'Nobody' } as const;
const ORDERS = {
  number: sql`a.number`,
  organisation: sql`lower(a.organisation)`,
  asked: sql`a.asked_at`,
  since: sql`a.state_changed_at`,
} as const;

function applicationsFor(reader: Reader, { q, state, move, sort, order, page: number }: ListQuery, size: number) {
  const like = containing(q);
  const states = APPLICATION_STATES.filter(
    (one) => (state === undefined || one === state) && (move === undefined || moverOf(one) === move),
  );
  return reader.rows(sql<Row>`
    select a.id, 'A-' || a.number as reference, a.organisation, a.postcode, a.state, a.asked_at as "askedAt",
      a.state_changed_at as "stateChangedAt", count(*) over ()::int as total
    from centres_hub.applications a
    where (${like}::text is null or a.organisation ilike ${like} or 'A-' || a.number ilike ${like} or a.postcode ilike ${like}
      or a.contact_name ilike ${like}) and a.state = any(${states}::text[])
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`}, a.number
    limit ${size} offset ${(number - 1) * size}`);
}

/** GET /centres-hub/applications: organisations that want to become a centre, whoever has waited longest first. */
export const listApplications = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { rows, moves } = await context.read(async (reader) => ({
    rows: await applicationsFor(reader, query, LIST_PAGE_SIZE),
    moves: await movesOf(reader),
  }));
  const list = listOf(PATH, listQuery, query);
  return page(
    await bodyPage(
      context as Context,
      { title: 'Applications' },
      listPage<Row>({
        title: 'Applications',
        lead: 'Organisations that want to become a centre, and whose move it is',
        ...list.shown(rows[0]?.total ?? 0),
        noun: ['application', 'applications'],
        filters: [
          { kind: 'search', name: 'q', label: 'Organisation, number or postcode' },
          {
            kind: 'select',
            name: 'state',
            label: 'State',
            choices: [
              { value: '', label: 'In every state' },
              ...APPLICATION_STATES.map((value) => ({ value, label: APPLICATION_STATE_WORDS[value].label })),
            ],
          },
        ],
        chips: [
          list.chip('All', { move: undefined }, moves.body + moves.applicant + moves.none),
          list.chip('Your move', { move: 'body' }, moves.body),
          list.chip('Their move', { move: 'applicant' }, moves.applicant),
          list.chip('Ended', { move: 'none' }, moves.none),
        ],
        columns: [
          {
            label: 'Organisation',
            header: true,
            sort: 'organisation',
            cell: (row) => rowLink(row.organisation, `${PATH}/${row.id}`),
          },
          { label: 'Number', sort: 'number', cell: (row) => codeText(row.reference) },
          { label: 'Postcode', cell: (row) => row.postcode },
          { label: 'Asked', sort: 'asked', cell: (row) => formatDate(row.askedAt, 'list') },
          { label: 'In this state since', sort: 'since', cell: (row) => formatDate(row.stateChangedAt, 'list') },
          { label: 'Waits for', cell: (row) => html`${MOVE_WORDS[moverOf(row.state)]}` },
          {
            label: 'State',
            phone: 'status',
            cell: ({ state }) =>
              tag(APPLICATION_STATE_WORDS[state].label, moverOf(state) === 'body' ? 'info' : undefined),
          },
        ],
        rows,
        exportPath: `${PATH}/export`,
        narrowedBy: ['move'],
        firstUse: {
          icon: 'hub',
          title: 'No applications yet',
          text: 'Organisations that show their interest on the public page "Become a centre" appear here.',
        },
      }),
    ),
  );
});

async function movesOf(reader: Reader): Promise<Record<'body' | 'applicant' | 'none', number>> {
  const rows = await reader.rows(sql<{ state: ApplicationState; count: number }>`
    select state, count(*)::int as count from centres_hub.applications group by state`);
  const counts = { body: 0, applicant: 0, none: 0 };
  for (const { state, count } of rows) counts[moverOf(state)] += count;
  return counts;
}

/** GET /centres-hub/applications/export */
export const exportApplications = handler({ query: listQuery }, async (context) => {
  const rows = await context.read((reader) => applicationsFor(reader, { ...context.query, page: 1 }, 100_000));
  return listFile(
    'applications',
    ['Number', 'Organisation', 'Postcode', 'State', 'Waits for', 'Asked', 'In this state since'],
    rows.map((row) => [
      row.reference,
      row.organisation,
      row.postcode,
      APPLICATION_STATE_WORDS[row.state].label,
      MOVE_WORDS[moverOf(row.state)],
      formatDate(row.askedAt),
      formatDate(row.stateChangedAt),
    ]),
  );
});
