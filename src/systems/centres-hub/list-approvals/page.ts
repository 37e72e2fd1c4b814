import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  type Column,
  card,
  codeText,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  listOf,
  listPage,
  note,
  rowLink,
  table,
  tag,
} from '#ui';
import type { ApprovedProduct } from '../approvals/approvals.ts';
import { CAPABILITY_NAMES, earlier } from '../capabilities/capability-answer.ts';
import { type Hub, hubPage, whose } from '../hub-page/hub-page.ts';
import type { Stopped } from '../switches/switches.ts';
import { type ApprovalsQuery, listQuery } from './list-query.ts';

const DONE_WORDS: Record<NonNullable<ApprovalsQuery['done']>, string> = {
  granted: 'The approval is granted. The centre can use it at once.',
  ended: 'The approval has ended.',
  stopped: 'It is stopped, everywhere and at once.',
  allowed: 'It is allowed again.',
};

export interface ApprovalsPage {
  readonly query: ApprovalsQuery;
  readonly rows: readonly ApprovedProduct[];
  readonly stopped: readonly Stopped[];
  readonly total: number;
  /** How many approvals there are without any filter. */
  readonly known: number;
  readonly counts: { readonly all: number; readonly register: number; readonly stopped: number };
}

/** The approvals of a centre, and what is stopped. */
export function approvalsPage(frame: Frame, hub: Hub, data: ApprovalsPage): Safe {
  const { query, counts, stopped } = data;
  const decides = hub.may('centres-hub.decide-approvals');
  const list = listOf('/centres-hub/approvals', listQuery, query);
  const chip = (label: string, count: number, can: ApprovalsQuery['can']) => list.chip(label, { can }, count);
  const grant = decides && linkButton('Grant an approval', hub.href('/centres-hub/approvals/grant'));
  return hubPage(
    frame,
    hub,
    { title: 'Approvals' },
    html`${query.done && note(DONE_WORDS[query.done], { tone: 'ok', announce: true, class: 'mb' })}
${listPage<ApprovedProduct>({
  title: 'Approvals',
  lead: whose(hub) ?? 'The products your centre is approved for, and what it may do with them today',
  actions: html`${linkButton('Conditions', hub.href('/centres-hub/conditions'), { look: 'quiet' })}${linkButton('Withdrawals', hub.href('/centres-hub/withdrawals'), { look: 'quiet' })}${linkButton('What was stopped', hub.href('/centres-hub/approvals/switches'), { look: 'quiet' })}${
    decides &&
    html`${linkButton('Stop something', hub.href('/centres-hub/approvals/switches/off'), { look: 'quiet' })}${grant}`
  }`,
  ...list.shown(data.total),
  keep: ['centre'],
  noun: ['approval', 'approvals'],
  filters: [{ kind: 'search', name: 'q', label: 'Product or number' }],
  chips: [
    chip('All', counts.all, undefined),
    chip('Open for registration', counts.register, 'register'),
    chip('No registration', counts.stopped, 'stopped'),
  ],
  columns: columns(hub, decides),
  rows: data.rows,
  exportPath: '/centres-hub/approvals/export',
  narrowedBy: ['can'],
  firstUse: {
    icon: 'award',
    title: 'No approvals yet',
    text: 'Products that the awarding body has approved the centre for appear here.',
    actions: grant,
  },
})}
${stopped.length > 0 && html`<div class="mt">${card({ title: 'Stopped', id: 'stopped', flush: true }, stoppedTable(hub, stopped, decides))}</div>`}`,
  );
}

const ends = (date: string | null) => (date ? formatDate(date, 'list') : html`<span class="muted">No end set</span>`);

function columns(hub: Hub, decides: boolean): Column<ApprovedProduct>[] {
  return [
    {
      label: 'Product',
      header: true,
      sort: 'title',
      cell: (row) =>
        html`${rowLink(row.title, `/products/${row.code}`)}${
          !row.mayRegister.allowed && html`<br><span class="small muted">${row.mayRegister.why}</span>`
        }`,
    },
    {
      label: 'Number',
      cell: (row) =>
        row.qualificationNumber ? codeText(row.qualificationNumber) : html`<span class="muted">None</span>`,
    },
    { label: 'Approved from', sort: 'from', cell: (row) => formatDate(row.approvedFrom, 'list') },
    {
      label: 'Last registration',
      sort: 'last',
      cell: (row) => ends(earlier(row.lastRegistrationOn, row.operationalEnd)),
    },
    { label: 'Last certification', cell: (row) => ends(earlier(row.lastCertificationOn, row.certificationEnd)) },
    {
      label: 'Conditions',
      cell: (row) =>
        row.openConditions > 0
          ? link(
              html`${row.openConditions} open<span class="govuk-visually-hidden"> for ${row.title}</span>`,
              hub.href('/centres-hub/conditions'),
            )
          : html`<span class="muted">None</span>`,
    },
    { label: 'Direct claims', cell: (row) => (row.directClaims ? 'Yes' : 'No') },
    {
      label: 'Today',
      phone: 'status',
      cell: ({ mayRegister }) => (mayRegister.allowed ? tag('Open') : tag('No registration', 'warn', 'alert')),
    },
    ...(decides
      ? [
          {
            label: 'Change',
            phone: 'plain' as const,
            cell: (row: ApprovedProduct) =>
              link(
                html`End<span class="govuk-visually-hidden"> the approval for ${row.title}</span>`,
                hub.href(`/centres-hub/approvals/${row.approvalId}/end`),
              ),
          },
        ]
      : []),
  ];
}

function stoppedTable(hub: Hub, stopped: readonly Stopped[], decides: boolean): Safe {
  return table<Stopped>({
    caption: 'What is stopped',
    rows: stopped,
    columns: [
      { label: 'What', header: true, cell: (one) => CAPABILITY_NAMES[one.capability] },
      { label: 'Product', cell: (one) => one.productTitle ?? 'Every product' },
      { label: 'Since', cell: (one) => formatDateTime(one.switchedOffAt, 'list') },
      { label: 'Until', cell: (one) => (one.until ? formatDateTime(one.until, 'list') : 'It is allowed again') },
      { label: 'By', cell: (one) => one.switchedOffBy },
      { label: 'Reason', cell: (one) => one.reason },
      ...(decides
        ? [
            {
              label: 'Change',
              phone: 'plain' as const,
              cell: (one: Stopped) =>
                link(
                  html`Allow again<span class="govuk-visually-hidden">: ${CAPABILITY_NAMES[one.capability]}</span>`,
                  hub.href(`/centres-hub/approvals/switches/${one.id}/on`),
                ),
            },
          ]
        : []),
    ],
  });
}
