import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import {
  type Column,
  formatDateTime,
  formatTime,
  linkButton,
  listHref,
  listPage,
  meter,
  plural,
  rowLink,
  type Tone,
  tag,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import type { SessionState } from '../session/sessions.ts';
import {
  countSessions,
  DAYS,
  dayStart,
  listSessionRows,
  type SessionCounts,
  type SessionRow,
  type SessionsQuery,
  STATES,
  sessionsQuery,
} from './list-query.ts';

const PATH = '/online-assessments';
const PAGE_SIZE = 50;
/** Rows of one export. */
const MOST_ROWS = 10_000;

const SESSION_STATE_WORDS: Record<SessionState, string> = {
  planned: 'Planned',
  open: 'Open',
  closed: 'Closed',
  cancelled: 'Cancelled',
};
const STATE_TONES: Partial<Record<SessionState, Tone>> = { open: 'ok', planned: 'info' };
const DAY_WORDS: Record<(typeof DAYS)[number], string> = {
  today: 'Today',
  next7: 'Today and the next 6 days',
  last7: 'The last 7 days',
  last30: 'The last 30 days',
};

/** The state of a session in a word. */
export function sessionTag(state: SessionState): Safe {
  return tag(SESSION_STATE_WORDS[state], STATE_TONES[state]);
}

/** GET /online-assessments: the sessions of the centre, today's first; the awarding body sees all centres. */
export const listSessions = handler({ query: sessionsQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader) => ({
    rows: await listSessionRows(reader, query, centreId, { limit: PAGE_SIZE, offset: (query.page - 1) * PAGE_SIZE }),
    counts: await countSessions(reader, query, centreId),
  }));
  return page(await sessionsPage(context, found.rows, found.counts, centreId));
});

/** GET /online-assessments/export: the list as asked, as a CSV file. */
export const exportSessions = handler({ query: sessionsQuery }, async (context): Promise<Answer> => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) =>
    listSessionRows(reader, context.query, centreId, { limit: MOST_ROWS, offset: 0 }),
  );
  const cells = (row: SessionRow) => [
    dayInLondon(row.startsAt),
    formatTime(row.startsAt),
    row.centreNumber,
    row.site,
    row.room,
    row.tests.join('; '),
    row.booked,
    row.finished,
    SESSION_STATE_WORDS[row.state],
    row.openedBy,
  ];
  return listFile(
    `test-sessions-${centreId ? context.acting().number : 'all-centres'}-${dayInLondon(context.now)}`,
    ['Day', 'Time', 'Centre', 'Site', 'Room', 'Tests', 'Booked', 'Finished', 'State', 'Opened by'],
    rows.map(cells),
  );
});

function sessionsPage(
  context: Context<unknown, SessionsQuery>,
  rows: readonly SessionRow[],
  counts: SessionCounts,
  centreId: string | null,
): Promise<Safe> {
  const { query, now } = context;
  const linked = {
    q: query.q,
    day: query.day,
    state: query.state,
    centre: centreId ? undefined : query.centre,
  };
  const plan =
    may(context.principal, 'online-assessments.book') && linkButton('Plan a session', `${PATH}/sessions/plan`);
  const total = query.state ? counts[query.state] : counts.all;
  return assessmentsPage(
    context,
    { title: 'Test sessions' },
    listPage<SessionRow>({
      title: 'Test sessions',
      lead: `${centreId ? '' : 'All centres. '}${plural(counts.all, 'session')}${counts.open > 0 ? `, ${counts.open} open now` : ''}`,
      actions: plan,
      path: PATH,
      query: linked,
      noun: ['session', 'sessions'],
      filters: [
        { kind: 'search', name: 'q', label: 'Room or session code' },
        {
          kind: 'select',
          name: 'day',
          label: 'When',
          choices: [{ value: '', label: 'Any day' }, ...DAYS.map((value) => ({ value, label: DAY_WORDS[value] }))],
        },
        ...(centreId ? [] : [{ kind: 'search', name: 'centre', label: 'Centre number' } as const]),
      ],
      narrowedBy: ['state'],
      chips: [
        { label: 'All', count: counts.all, href: listHref(PATH, linked, { state: undefined }), current: !query.state },
        ...STATES.map((state) => ({
          label: SESSION_STATE_WORDS[state],
          count: counts[state],
          href: listHref(PATH, linked, { state }),
          current: query.state === state,
        })),
      ],
      columns: columnsFor(centreId, now),
      rows,
      paging: {
        page: query.page,
        pageSize: PAGE_SIZE,
        total,
        href: (number) => listHref(PATH, linked, { page: number > 1 ? String(number) : undefined }),
      },
      exportPath: `${PATH}/export`,
      firstUse: {
        icon: 'monitor',
        title: 'No test sessions yet',
        text: plan
          ? 'A session is a room at a time, with candidates at their seats and an invigilator. It can be planned and opened within a minute.'
          : 'Sessions of centres appear here with their candidates, progress and results.',
        actions: plan,
      },
      filtersInWords: [
        query.q && `"${query.q}"`,
        query.day && DAY_WORDS[query.day],
        query.state && SESSION_STATE_WORDS[query.state],
        !centreId && query.centre && `centre ${query.centre}`,
      ]
        .filter(Boolean)
        .join(', '),
    }),
  );
}

function columnsFor(centreId: string | null, now: Date): Column<SessionRow>[] {
  const [today, tomorrow] = [dayStart(now, 0), dayStart(now, 1)];
  const when = ({ startsAt }: SessionRow) =>
    startsAt >= today && startsAt < tomorrow
      ? html`<span class="strong">Today, ${formatTime(startsAt)}</span>`
      : formatDateTime(startsAt, 'list', now);
  return [
    { label: 'When', class: 'nw', phone: 'plain', cell: when },
    {
      label: 'Room',
      header: true,
      cell: (row) =>
        html`${rowLink(row.room, `${PATH}/sessions/${row.id}`)}${row.site && html`<span class="sub">${row.site}</span>`}`,
    },
    ...(centreId
      ? []
      : [
          {
            label: 'Centre',
            cell: (row: SessionRow) => html`${row.centreName}<span class="sub code">${row.centreNumber}</span>`,
          },
        ]),
    {
      label: 'Test',
      phone: 'plain',
      cell: ({ tests }) =>
        tests.length === 0
          ? html`<span class="muted">Nobody booked yet</span>`
          : tests.length > 2
            ? `${tests[0]} and ${tests.length - 1} more`
            : tests.join(', '),
    },
    {
      label: 'Finished',
      cell: (row) =>
        row.booked === 0
          ? ''
          : meter({
              value: row.finished,
              max: row.booked,
              text: `${row.finished} of ${row.booked}`,
              label: `Finished, ${row.room}`,
              ...(row.finished === row.booked ? { tone: 'ok' as const } : {}),
            }),
    },
    ...(centreId
      ? [
          {
            label: 'Invigilator',
            phone: 'labelled' as const,
            cell: (row: SessionRow) => row.openedBy ?? html`<span class="muted">Not opened</span>`,
          },
        ]
      : []),
    { label: 'State', phone: 'status', cell: (row) => sessionTag(row.state) },
  ];
}
