import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import {
  card,
  crumbs,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  summaryList,
  table,
  tag,
  trail,
} from '#ui';
import { peoplePage } from '../administration/people-page.ts';
import {
  currentMemberships,
  organisationLabel,
  type PersonRecord,
  type RecordMembership,
} from '../administration/records.ts';
import { accountTag } from '../list-people/page.ts';
import { deviceInWords } from '../my-details/device.ts';
import { WHAT_ROLES_ALLOW } from '../my-details/what-roles-allow.ts';

/** What has just happened, said at the top of the page once. */
export const DONE = [
  'added',
  'suspended',
  'lifted',
  'sessions',
  'reset',
  'factors',
  'role-ended',
  'role-given',
  'merged',
] as const;

const DONE_WORDS: Record<(typeof DONE)[number], string> = {
  added: 'The user has been added. An e-mail with the link to set up an account is on its way.',
  suspended: 'The account is suspended. All log-in sessions have ended.',
  lifted: 'The suspension is lifted. The account can be used again.',
  sessions: 'All log-in sessions have ended.',
  reset: 'The link that chooses a new password is on its way to the person.',
  factors: 'The second factors are removed, and all log-in sessions have ended.',
  'role-ended': 'The role has ended. The rights it gave are gone at once.',
  'role-given': 'The roles have been given and hold at once.',
  merged: 'The two records are one now. Both addresses get a mail that says so.',
};

export interface PersonSession {
  readonly opened_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly address: string | null;
  readonly device: string | null;
}

export interface RecordInvitation {
  readonly organisation: string;
  readonly email: string;
  readonly sentAt: Date;
  readonly sentBy: string | null;
  readonly expiresAt: Date;
  readonly openedAt: Date | null;
  readonly usedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawReason: string | null;
}

export interface MergedRecord {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
  readonly email: string | null;
}

export interface PersonPage {
  readonly record: PersonRecord;
  readonly sessions: readonly PersonSession[];
  readonly invitations: readonly RecordInvitation[];
  readonly mergedRecords: readonly MergedRecord[];
  /** Why whoever looks may change nothing here, or null. */
  readonly problem: string | null;
  readonly mayGiveRoles: boolean;
  readonly done: (typeof DONE)[number] | undefined;
  /** The merged record whose address led here. */
  readonly was: MergedRecord | null;
  readonly now: Date;
}

/** One person, as the awarding body sees the account. */
export function personPage(frame: Frame, data: PersonPage): Safe {
  const { record, problem, done, was } = data;
  const here = `/people/${record.id}`;
  return peoplePage(
    frame,
    { title: record.name },
    html`${crumbs([{ label: 'People', href: '/people' }, { label: record.name }])}
${pageHead({ title: record.name, lead: record.email, actions: linkButton('History', `${here}/history`, { look: 'quiet', icon: 'clock' }) })}
<div class="stack">
${done && note(DONE_WORDS[done], { tone: 'ok', announce: true })}
${was && note(`The record that you asked for, ${was.name}, was merged into this one on ${formatDate(was.at)}.`)}
${
  record.suspension &&
  note(html`${record.suspension.beganBy}, ${formatDateTime(record.suspension.beganAt)}: ${record.suspension.reason}`, {
    tone: 'bad',
    title: 'Suspended.',
    action:
      problem === null && linkButton('Lift the suspension', `${here}/lift-suspension`, { small: true, look: 'quiet' }),
  })
}
${problem && note(`${problem}.`, { icon: 'lock' })}
<div class="split wide"><div class="stack">
${card({ title: 'Roles now', id: 'roles', flush: true, aside: problem === null && data.mayGiveRoles && link('Give a role of the awarding body', `${here}/give-role`) }, rolesNow(record, problem === null))}
${formerRoles(record)}
${invitationsCard(data)}
${sessionsCard(data)}
</div><div class="stack">
${accountCard(record)}
${problem === null && actsCard(record, here)}
${mergedCard(data.mergedRecords)}
</div></div></div>`,
  );
}

function accountCard(record: PersonRecord): Safe {
  const state = record.status === 'active' && record.username === null ? 'no_account' : record.status;
  return card(
    { title: 'Account', id: 'account' },
    summaryList([
      ['State', accountTag(state)],
      ['Username', record.username ?? 'None'],
      ['Email', record.email ?? 'None'],
      record.email !== null && [
        'Address',
        record.emailConfirmedAt ? `Confirmed ${formatDate(record.emailConfirmedAt)}` : 'Not confirmed by a mailed link',
      ],
      record.username !== null && ['Second factor', record.secondFactor ? 'Set up' : 'Not set up'],
      ['Known since', formatDate(record.createdAt)],
    ]),
  );
}

function actsCard(record: PersonRecord, here: string): Safe {
  const act = (text: string, path: string) => linkButton(text, `${here}/${path}`, { look: 'quiet', small: true });
  return card(
    { title: 'Look after the account', id: 'acts' },
    html`<div class="row">${
      record.status === 'suspended'
        ? act('Lift the suspension', 'lift-suspension')
        : act('Suspend the account', 'suspend')
    }${record.status === 'active' && record.username && act('Start a password reset', 'start-password-reset')}${
      record.secondFactor && act('Remove the second factors', 'remove-second-factors')
    }${record.openSessions > 0 && act('End all log-in sessions', 'end-sessions')}${
      record.status === 'active' && act('Merge with another record', 'merge')
    }</div><p class="muted small mt">Each asks for a reason and is recorded. Nobody can log in as ${record.name}, and nobody sees the password or a PIN.</p>`,
  );
}

function rolesNow(record: PersonRecord, manages: boolean): Safe {
  const rows = currentMemberships(record);
  if (rows.length === 0) {
    return html`<p class="pad muted">None: a free account.</p>`;
  }
  return table<RecordMembership>({
    caption: 'Roles held, and what each allows',
    rows,
    columns: [
      {
        label: 'Role',
        header: true,
        cell: (row) => html`${ROLE_NAMES[row.role]}<br><span class="muted small">${WHAT_ROLES_ALLOW[row.role]}</span>`,
      },
      { label: 'Where', cell: organisationLabel },
      {
        label: 'Since',
        cell: (row) =>
          html`${formatDate(row.startedAt, 'list')}${row.startedBy && html`<br><span class="muted small">by ${row.startedBy}</span>`}`,
      },
      ...(manages
        ? [
            {
              label: 'Change',
              phone: 'plain' as const,
              cell: (row: RecordMembership) =>
                link(
                  html`End<span class="govuk-visually-hidden"> the role ${ROLE_NAMES[row.role]} at ${row.organisation}</span>`,
                  `/people/${record.id}/end-role/${row.id}`,
                ),
            },
          ]
        : []),
    ],
  });
}

function formerRoles(record: PersonRecord): Safe | null {
  const rows = record.memberships.filter(({ endedAt }) => endedAt !== null);
  if (rows.length === 0) return null;
  return card(
    { title: 'Roles that ended', id: 'former', flush: true },
    table<RecordMembership>({
      caption: 'Former roles',
      rows,
      columns: [
        { label: 'Role', header: true, cell: (row) => ROLE_NAMES[row.role] },
        { label: 'Where', cell: organisationLabel },
        { label: 'From', cell: (row) => formatDate(row.startedAt, 'list') },
        { label: 'To', cell: (row) => formatDate(row.endedAt as Date, 'list') },
        {
          label: 'Why',
          cell: (row) =>
            html`${row.endReason}${row.endedBy && html`<br><span class="muted small">by ${row.endedBy}</span>`}`,
        },
      ],
    }),
  );
}

function invitationsCard({ invitations, now }: PersonPage): Safe | null {
  if (invitations.length === 0) return null;
  return card(
    { title: 'Invitations', id: 'invitations', flush: true },
    table<RecordInvitation>({
      caption: 'Invitations sent',
      rows: invitations,
      columns: [
        { label: 'From', header: true, cell: (row) => row.organisation },
        { label: 'To', cell: (row) => row.email },
        {
          label: 'Sent',
          cell: (row) =>
            html`${formatDateTime(row.sentAt, 'list', now)}${row.sentBy && html`<br><span class="muted small">by ${row.sentBy}</span>`}`,
        },
        { label: 'State', phone: 'status', cell: (row) => invitationState(row, now) },
      ],
    }),
  );
}

function invitationState(row: RecordInvitation, now: Date): Safe {
  if (row.usedAt) return html`${tag('Used')} ${formatDateTime(row.usedAt, 'list', now)}`;
  if (row.withdrawnAt) {
    return html`${tag('Withdrawn')}${row.withdrawReason && html`<br><span class="muted small">${row.withdrawReason}</span>`}`;
  }
  if (row.expiresAt <= now) return tag('Expired', 'warn', 'alert');
  return row.openedAt ? tag('Link opened') : tag('Sent');
}

function sessionsCard({ sessions, now }: PersonPage): Safe {
  const heading = { title: 'Log-in sessions', id: 'sessions' };
  if (sessions.length === 0) return card(heading, html`<p class="muted m0">Not logged in anywhere now.</p>`);
  return card(
    { ...heading, flush: true },
    table<PersonSession>({
      caption: 'Devices logged in',
      rows: sessions,
      columns: [
        { label: 'Device', header: true, cell: (row) => deviceInWords(row.device) },
        { label: 'Since', cell: (row) => formatDateTime(row.opened_at, 'list', now) },
        { label: 'Last used', cell: (row) => formatDateTime(row.seen_at, 'list', now) },
        { label: 'Address', cell: (row) => row.address },
      ],
    }),
  );
}

function mergedCard(records: readonly MergedRecord[]): Safe | null {
  if (records.length === 0) return null;
  return card(
    { title: 'Records merged into this one', id: 'merged' },
    trail(
      records.map(({ name, email, at, by, reason }) => ({
        what: html`${name}${email && html`, ${email}`}: ${reason}`,
        when: `${formatDateTime(at)}, by ${by}`,
      })),
    ),
  );
}
