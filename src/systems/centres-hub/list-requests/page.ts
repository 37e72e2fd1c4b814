import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { type Column, codeText, formatDate, linkButton, listOf, listPage, plural, rowLink, tag } from '#ui';
import { bodyPage, type Hub, hubPage, whose } from '../hub-page/hub-page.ts';
import { requestNumber } from '../requests/change-request.ts';
import { isOffice } from '../requests/may-read.ts';
import { clockWords, daysLeft } from '../requests/request-clock.ts';
import { OUTCOME_NAMES, STATE_NAMES, whoseMove } from '../requests/request-state.ts';
import { listQuery, type RequestsQuery, type Shown } from './list-query.ts';
import type { ListedRequest, RequestCounts, RequestScope } from './requests.ts';

export interface RequestsPage {
  /** Null: the requests of all centres. */
  readonly hub: Hub | null;
  readonly scope: RequestScope;
  readonly query: RequestsQuery;
  readonly rows: readonly ListedRequest[];
  readonly counts: RequestCounts;
  readonly forms: readonly { code: string; title: string }[];
  /** YYYY-MM-DD */
  readonly today: string;
}

/** The list of requests, of a centre or of all. */
export async function requestsPage(context: Context, data: RequestsPage): Promise<Safe> {
  const { hub, query, counts, scope } = data;
  const list = listOf('/centres-hub/requests', listQuery, query);
  const chip = (label: string, show: Shown) => list.chip(label, { show }, counts[show]);
  const total = data.rows[0]?.total ?? 0;
  const begin =
    !scope.forBody &&
    may(context.principal, 'centres-hub.make-requests') &&
    linkButton('Make a request', '/centres-hub/requests/new');
  const body = listPage<ListedRequest>({
    title: 'Requests',
    lead: lead(data),
    actions: begin,
    ...list.shown(total),
    keep: ['centre'],
    noun: ['request', 'requests'],
    filters: [
      { kind: 'search', name: 'q', label: scope.centreId ? 'Number or form' : 'Number, form or centre' },
      {
        kind: 'select',
        name: 'form',
        label: 'Form',
        choices: [
          { value: '', label: 'Every form' },
          ...data.forms.map(({ code, title }) => ({ value: code, label: title })),
        ],
      },
      ...(scope.forBody
        ? [
            {
              kind: 'select' as const,
              name: 'assigned',
              label: 'Assigned to',
              choices: [
                { value: '', label: 'Anybody' },
                { value: 'me', label: 'Me' },
                { value: 'nobody', label: 'Nobody yet' },
              ],
            },
          ]
        : []),
    ],
    chips: [
      chip('Open', 'open'),
      ...(scope.forBody
        ? [chip('To decide', 'body'), chip('Overdue', 'overdue'), chip('Waits for the centre', 'centre')]
        : [chip('Waits for us', 'centre'), chip('Waits for the awarding body', 'body'), chip('Drafts', 'draft')]),
      chip('Decided', 'decided'),
      chip('Withdrawn', 'withdrawn'),
      chip('All', 'all'),
    ],
    columns: columns(data),
    rows: data.rows,
    exportPath: '/centres-hub/requests/export',
    narrowedBy: ['show'],
    firstUse: {
      icon: 'doc',
      title: counts.all > 0 ? 'Nothing is open' : 'No requests yet',
      text:
        counts.all > 0
          ? 'Every request has been decided or withdrawn. The choices "Decided" and "All" show them.'
          : scope.forBody
            ? 'What centres ask for by a form appears here, the most urgent first.'
            : 'What you ask the awarding body for appears here, with its clock and whose move it is.',
      actions: counts.all > 0 ? linkButton('Show all', list.href({ show: 'all' }), { look: 'quiet' }) : begin,
    },
  });
  const options = { title: 'Requests' };
  return hub ? hubPage(await context.frame(), hub, options, body) : bodyPage(context, options, body);
}

function lead({ hub, scope, counts }: RequestsPage): string {
  const whom = hub && whose(hub);
  if (whom) return whom;
  if (scope.forBody) return `${plural(counts.body, 'request')} to decide, ${counts.overdue} overdue`;
  return isOffice(scope.asking.roles)
    ? 'What your centre has asked the awarding body for'
    : 'What you have asked the awarding body for';
}

function columns({ scope, today }: RequestsPage): Column<ListedRequest>[] {
  return [
    {
      label: 'Request',
      header: true,
      sort: 'title',
      cell: (row) =>
        rowLink(
          row.title,
          row.state === 'draft' ? `/centres-hub/requests/${row.id}/fill-in` : `/centres-hub/requests/${row.id}`,
        ),
    },
    { label: 'Number', sort: 'number', cell: (row) => codeText(requestNumber(row.number)) },
    ...(scope.centreId === null
      ? [
          {
            label: 'Centre',
            sort: 'centre',
            cell: (row: ListedRequest) => html`${row.centreName} ${codeText(row.centreNumber)}`,
          },
        ]
      : [{ label: 'Made by', cell: (row: ListedRequest) => row.begunBy ?? 'Somebody' }]),
    {
      label: 'Submitted',
      cell: (row) => (row.submittedAt ? formatDate(row.submittedAt, 'list') : html`<span class="muted">Not yet</span>`),
    },
    {
      label: 'Decision by',
      sort: 'due',
      cell: (row) => {
        if (row.decidedAt) return html`<span class="muted">Decided ${formatDate(row.decidedAt, 'list')}</span>`;
        if (!row.dueOn || row.state === 'withdrawn') return html`<span class="muted">None</span>`;
        const time = { dueOn: row.dueOn, pausedOn: row.pausedAt && dayInLondon(row.pausedAt) };
        return html`${formatDate(row.dueOn, 'list')}<br><span class="small muted">${clockWords(time, today)}</span>`;
      },
    },
    ...(scope.forBody
      ? [
          {
            label: 'Assigned to',
            cell: (row: ListedRequest) => row.assignedTo ?? html`<span class="muted">Nobody</span>`,
          },
        ]
      : []),
    { label: 'State', phone: 'status', cell: (row) => stateTag(row, scope.forBody, today) },
  ];
}

/** The state of a request in a word, marked when it is the reader's move. */
export function stateTag(
  row: Pick<ListedRequest, 'state' | 'outcome' | 'dueOn' | 'pausedAt'>,
  forBody: boolean,
  today: string,
): Safe {
  if (row.state === 'decided' && row.outcome)
    return tag(
      OUTCOME_NAMES[row.outcome],
      row.outcome === 'refused' ? 'bad' : 'ok',
      row.outcome === 'refused' ? 'x' : 'check',
    );
  const late =
    row.state === 'submitted' && row.dueOn !== null && daysLeft({ dueOn: row.dueOn, pausedOn: null }, today) < 0;
  if (late) return tag('Overdue', 'warn', 'clock');
  const mine = whoseMove(row.state) === (forBody ? 'body' : 'centre');
  if (!mine || row.state === 'draft') return tag(STATE_NAMES[row.state]);
  return tag(forBody ? 'To decide' : 'Answer a question', 'info', 'alert');
}
