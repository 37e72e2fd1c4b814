import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { type Column, codeText, formatDate, linkButton, listHref, listPage, plural, rowLink, tag } from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { agreementWords } from '../possible-match/known-elsewhere.ts';
import { CENTRE_SAYS, QUESTION_SOURCES, QUESTION_STATES, type QuestionSource } from '../settle-identity/question.ts';
import {
  type QuestionCounts,
  type QuestionRow,
  type QuestionsQuery,
  questionCounts,
  questionRows,
  questionsQuery,
  STATES,
} from './list-query.ts';

const PATH = '/web-portal/identity';
const PAGE_SIZE = 50;
const MOST_ROWS = 20_000;

/** GET /web-portal/identity: which records may be one person, the longest waiting first. */
export const listIdentityQuestions = handler({ query: questionsQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const range = { limit: PAGE_SIZE, offset: (query.page - 1) * PAGE_SIZE };
  const { rows, counts } = await context.read(async (reader) => ({
    rows: await questionRows(reader, query, range),
    counts: await questionCounts(reader, query),
  }));
  return page(await questionsPage(context, rows, counts));
});

/** GET /web-portal/identity/export */
export const exportIdentityQuestions = handler({ query: questionsQuery }, async (context): Promise<Answer> => {
  const { query, now } = context;
  const rows = await context.read((reader) => questionRows(reader, query, { limit: MOST_ROWS, offset: 0 }));
  return listFile(
    `identity-questions-${dayInLondon(now)}`,
    ['Number', 'Other number', 'What agrees', 'From', 'The centre says', 'Centre', 'Asked', 'State', 'Decided'],
    rows.map((row) => [
      row.number,
      row.otherNumber,
      agreementWords(row.agrees),
      QUESTION_SOURCES[row.source],
      CENTRE_SAYS[row.centreSays],
      row.centreNumber,
      dayInLondon(row.askedAt),
      QUESTION_STATES[row.state],
      row.decidedAt ? dayInLondon(row.decidedAt) : '',
    ]),
  );
});

function questionsPage(
  context: Context<unknown, QuestionsQuery>,
  rows: readonly QuestionRow[],
  counts: QuestionCounts,
): Promise<Safe> {
  const { query } = context;
  const { q, source, centre, sort, order } = query;
  const linked = {
    q,
    source,
    centre,
    state: query.state === 'open' ? undefined : query.state,
    sort: sort === 'asked' ? undefined : sort,
    order: order === 'asc' ? undefined : order,
  };
  return portalPage(
    context,
    { title: 'Identity questions' },
    listPage<QuestionRow>({
      title: 'Identity questions',
      lead: counts.open > 0 ? `${plural(counts.open, 'question')} to decide` : 'Nothing to decide',
      path: PATH,
      query: linked,
      noun: ['question', 'questions'],
      filters: [
        { kind: 'search', name: 'q', label: 'Name or candidate number' },
        {
          kind: 'select',
          name: 'source',
          label: 'From',
          choices: [
            { value: '', label: 'Everywhere' },
            ...(Object.keys(QUESTION_SOURCES) as QuestionSource[]).map((value) => ({
              value,
              label: QUESTION_SOURCES[value],
            })),
          ],
        },
        { kind: 'search', name: 'centre', label: 'Centre number' },
      ],
      narrowedBy: ['state'],
      chips: STATES.map((state) => ({
        label: QUESTION_STATES[state],
        count: counts[state],
        href: listHref(PATH, linked, { state: state === 'open' ? undefined : state }),
        current: query.state === state,
      })),
      columns: COLUMNS,
      rows,
      sort: { by: sort, direction: order },
      paging: {
        page: query.page,
        pageSize: PAGE_SIZE,
        total: counts[query.state],
        href: (number) => listHref(PATH, linked, { page: number > 1 ? String(number) : undefined }),
      },
      exportPath: `${PATH}/export`,
      firstUse: {
        icon: 'users',
        title: counts.known === 0 ? 'No questions yet' : 'Nothing to decide',
        text: 'When a centre enters somebody who may be known from elsewhere, or says that two records are one person, it stands here.',
        actions:
          counts.known > 0 &&
          linkButton('Look at what was decided', `${PATH}?state=${counts.another > 0 ? 'another' : 'same'}`, {
            look: 'quiet',
          }),
      },
      filtersInWords: [
        QUESTION_STATES[query.state].toLowerCase(),
        q && `"${q}"`,
        source && QUESTION_SOURCES[source].toLowerCase(),
        centre && `centre ${centre}`,
      ]
        .filter(Boolean)
        .join(', '),
    }),
  );
}

const COLUMNS: readonly Column<QuestionRow>[] = [
  {
    label: 'Candidate',
    header: true,
    sort: 'name',
    cell: (row) => rowLink(`${row.familyName}, ${row.givenNames}`, `${PATH}/${row.id}`),
  },
  {
    label: 'Numbers',
    sort: 'number',
    phone: 'plain',
    cell: (row) => html`${codeText(row.number)} ${codeText(row.otherNumber)}`,
  },
  { label: 'What agrees', phone: 'plain', cell: (row) => agreementWords(row.agrees) },
  { label: 'From', phone: 'hide', cell: (row) => QUESTION_SOURCES[row.source] },
  { label: 'The centre says', cell: (row) => CENTRE_SAYS[row.centreSays] },
  { label: 'Centre', code: true, cell: (row) => row.centreNumber },
  { label: 'Asked', sort: 'asked', class: 'nw', phone: 'hide', cell: (row) => formatDate(row.askedAt, 'list') },
  {
    label: 'State',
    phone: 'status',
    cell: (row) => tag(QUESTION_STATES[row.state], row.state === 'open' ? 'warn' : undefined),
  },
];
