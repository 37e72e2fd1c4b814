import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { type Column, formatCount, kpis, link, listFields, listOf, listPage, pageOf, plural, rowLink } from '#ui';
import { bodyPage } from '../hub-page/hub-page.ts';
import { forBodyOnly, PERIODS, period } from './period.ts';

const query = z.object({
  ...listFields(['came', 'title', 'median', 'late', 'score'], 'desc'),
  days: period,
});
type FiguresQuery = z.infer<typeof query>;

interface FormFigures {
  readonly code: string;
  readonly title: string;
  /** Submitted in the period. */
  readonly came: number;
  /** Submitted in the period and still open. */
  readonly open: number;
  /** Of those decided in the period: in all, granted at least in part, after the last day. */
  readonly decided: number;
  readonly granted: number;
  readonly late: number;
  /** Days from submission to decision, by the calendar. */
  readonly medianDays: number | null;
  readonly score: number | null;
  readonly answers: number;
}

function figuresOf(reader: Reader, { days }: FiguresQuery): Promise<FormFigures[]> {
  const since = new Date(reader.now.getTime() - Number(days) * 86_400_000);
  return reader.rows(sql<FormFigures>`
    select f.code, t.title, count(*) filter (where r.submitted_at >= ${since})::int as came,
      count(*) filter (where r.submitted_at >= ${since} and r.state in ('submitted', 'question'))::int as open,
      count(*) filter (where r.decided_at >= ${since})::int as decided,
      count(*) filter (where r.decided_at >= ${since} and r.outcome in ('granted', 'granted_in_part'))::int as granted,
      count(*) filter (where r.decided_at >= ${since} and (r.decided_at at time zone 'Europe/London')::date > r.due_on)::int as late,
      percentile_cont(0.5) within group (order by extract(epoch from r.decided_at - r.submitted_at) / 86400)
        filter (where r.decided_at >= ${since}) as "medianDays",
      avg(k.score) filter (where k.given_at >= ${since})::float8 as score,
      count(k.score) filter (where k.given_at >= ${since})::int as answers
    from centres_hub.forms f
      join lateral (select v.definition ->> 'title' as title from centres_hub.form_versions v where v.form_id = f.id
        order by v.number desc limit 1) t on true
      left join centres_hub.form_versions v on v.form_id = f.id
      left join centres_hub.requests r on r.form_version_id = v.id and r.submitted_at is not null
      left join centres_hub.request_feedback k on k.request_id = r.id
    group by f.code, t.title`);
}

function sorted(rows: readonly FormFigures[], { sort, order }: FiguresQuery): FormFigures[] {
  const turn = order === 'desc' ? -1 : 1;
  const value = (row: FormFigures): number =>
    ({ title: 0, came: row.came, median: row.medianDays ?? -1, late: row.late, score: row.score ?? -1 })[sort];
  return [...rows].sort(
    (a, b) => turn * (value(a) - value(b)) || (sort === 'title' ? turn : 1) * a.title.localeCompare(b.title, 'en'),
  );
}

/** GET /centres-hub/requests/statistics: how many came, how fast they were decided, how content centres were. */
export const showStatistics = handler({ query }, async (context) => {
  forBodyOnly(context);
  const { query: asked } = context;
  const all = await context.read((reader) => figuresOf(reader, asked));
  const overdue = await context.read(async (reader) => {
    const [row] = await reader.rows(sql<{ count: number }>`select count(*)::int as count from centres_hub.requests
      where state = 'submitted' and due_on < ${dayInLondon(reader.now)}::date`);
    return row?.count ?? 0;
  });
  const sum = (pick: (row: FormFigures) => number) => all.reduce((total, row) => total + pick(row), 0);
  const answers = sum((row) => row.answers);
  const score = answers > 0 ? sum((row) => (row.score ?? 0) * row.answers) / answers : null;
  const path = '/centres-hub/requests/statistics';
  return page(
    await bodyPage(
      context as Context,
      { title: 'Figures of requests' },
      listPage<FormFigures>({
        title: 'Figures of requests',
        lead: `${PERIODS[asked.days]}, by form`,
        above: kpis([
          { label: 'Came in', value: formatCount(sum((row) => row.came)) },
          { label: 'Decided', value: formatCount(sum((row) => row.decided)) },
          { label: 'Overdue today', value: formatCount(overdue), tone: overdue > 0 ? 'warn' : undefined },
          {
            label: 'How content, of 5',
            value: score === null ? '–' : score.toFixed(1),
            comparison: plural(answers, 'answer'),
          },
        ]),
        ...listOf(path, query, asked).shown(all.length),
        noun: ['form', 'forms'],
        filters: [
          {
            kind: 'select',
            name: 'days',
            label: 'Period',
            choices: Object.entries(PERIODS).map(([value, label]) => ({ value: value === '365' ? '' : value, label })),
          },
        ],
        columns,
        rows: pageOf(sorted(all, asked), asked),
        exportPath: `${path}/export`,
        firstUse: { icon: 'chart', title: 'No forms yet', text: 'When a form is published its figures appear here.' },
      }),
    ),
  );
});

const none = html`<span class="muted">None</span>`;
const columns: Column<FormFigures>[] = [
  {
    label: 'Form',
    header: true,
    sort: 'title',
    cell: (row) => rowLink(row.title, `/centres-hub/requests?show=all&form=${row.code}`),
  },
  { label: 'Came in', numeric: true, sort: 'came', cell: (row) => row.came },
  { label: 'Open', numeric: true, cell: (row) => row.open },
  { label: 'Decided', numeric: true, cell: (row) => row.decided },
  { label: 'Granted', numeric: true, cell: (row) => row.granted },
  { label: 'Late', numeric: true, sort: 'late', cell: (row) => row.late },
  {
    label: 'Median days',
    numeric: true,
    sort: 'median',
    cell: (row) => (row.medianDays === null ? none : Number(row.medianDays).toFixed(1)),
  },
  {
    label: 'How content',
    numeric: true,
    sort: 'score',
    cell: (row) =>
      row.score === null ? none : html`${row.score.toFixed(1)} <span class="muted small">(${row.answers})</span>`,
  },
  {
    label: 'Answers',
    cell: (row) =>
      row.came === 0
        ? none
        : link(
            html`See answers<span class="govuk-visually-hidden"> of ${row.title}</span>`,
            `/centres-hub/requests/statistics/answers/${row.code}`,
          ),
  },
];

/** GET /centres-hub/requests/statistics/export */
export const exportStatistics = handler({ query }, async (context) => {
  forBodyOnly(context);
  const rows = await context.read((reader) => figuresOf(reader, context.query));
  return listFile(
    'request-figures',
    ['Form', 'Came in', 'Open', 'Decided', 'Granted', 'Late', 'Median days', 'How content, of 5', 'Answers'],
    sorted(rows, context.query).map((row) => [
      row.title,
      row.came,
      row.open,
      row.decided,
      row.granted,
      row.late,
      row.medianDays === null ? null : Number(row.medianDays).toFixed(1),
      row.score === null ? null : row.score.toFixed(2),
      row.answers,
    ]),
  );
});
