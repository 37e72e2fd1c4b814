import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  type Column,
  card,
  formatDateTime,
  kpis,
  link,
  linkButton,
  listOf,
  listPage,
  plural,
  postButton,
  rowLink,
  tag,
} from '#ui';
import { type Hub, hubPage, whose } from '../hub-page/hub-page.ts';
import type { ListedUser } from '../list-users/list-query.ts';
import { USER_STATE_TONES, USER_STATE_WORDS, USER_STATES, type UserState } from '../users/user-state.ts';
import { type FollowQuery, followQuery } from './list-query.ts';
import { nextAct } from './next-act.ts';

/** How many users came how far. */
export interface Funnel {
  readonly all: number;
  readonly invited: number;
  readonly opened: number;
  readonly setUp: number;
  readonly activated: number;
  readonly neverSeen: number;
}

export interface FollowPage {
  readonly query: FollowQuery;
  readonly funnel: Funnel;
  readonly rows: readonly ListedUser[];
  readonly total: number;
  readonly counts: Record<UserState | 'all', number>;
  readonly now: Date;
}

const PATH = '/centres-hub/users/invitations';

/** From invitation to activation: the figures, then everybody with the one next act. */
export function followPage(frame: Frame, hub: Hub, data: FollowPage): Safe {
  const { query, counts, funnel } = data;
  const list = listOf(PATH, followQuery, query);
  const shown = USER_STATES.filter((state) => counts[state] > 0 || state === query.state);
  const addUser = hub.may('centres-hub.manage-users') && linkButton('Add a user', hub.href('/centres-hub/users/add'));
  return hubPage(
    frame,
    hub,
    { title: 'Invitations and activation' },
    listPage<ListedUser>({
      title: 'Invitations and activation',
      lead: whose(hub) ?? 'How far each user has come from the invitation to the dashboard of your centre',
      actions: html`${linkButton('All users', hub.href('/centres-hub/users'), { look: 'quiet' })}${addUser}`,
      above: funnel.all > 0 && card({ label: 'How far the users have come', class: 'mb' }, figures(funnel)),
      ...list.shown(data.total),
      keep: ['centre'],
      noun: ['user', 'users'],
      filters: [
        { kind: 'search', name: 'q', label: 'Name or email' },
        {
          kind: 'select',
          name: 'seen',
          label: 'Logged in',
          choices: [
            { value: '', label: 'Ever or never' },
            { value: 'never', label: 'Never for this centre' },
          ],
        },
      ],
      chips: [
        list.chip('All', { state: undefined }, counts.all),
        ...shown.map((state) => list.chip(USER_STATE_WORDS[state], { state }, counts[state])),
      ],
      columns: columns(hub, data.now),
      rows: data.rows,
      exportPath: `${PATH}/export`,
      narrowedBy: ['state'],
      firstUse: {
        icon: 'users',
        title: 'Nobody has been invited yet',
        text: 'Add a user: the invitation goes out at once, and this page shows how far it came.',
        actions: addUser,
      },
    }),
  );
}

function figures({ all, invited, opened, setUp, activated, neverSeen }: Funnel): Safe {
  return kpis([
    { label: 'Invited', value: invited, comparison: `of ${plural(all, 'user')}` },
    { label: 'Opened the link', value: opened, comparison: `${setUp} set up an account` },
    { label: 'Activated the PIN', value: activated, comparison: `of ${invited} invited` },
    {
      label: 'Never logged in',
      value: neverSeen,
      comparison: 'for this centre',
      ...(neverSeen > 0 && { tone: 'warn' }),
    },
  ]);
}

function columns(hub: Hub, now: Date): Column<ListedUser>[] {
  const time = (moment: Date | null, none: string) =>
    moment ? formatDateTime(moment, 'list', now) : html`<span class="muted">${none}</span>`;
  return [
    {
      label: 'Name',
      header: true,
      sort: 'name',
      cell: (user) =>
        rowLink(`${user.familyName}, ${user.givenNames}`, hub.href(`/centres-hub/users/${user.personId}`)),
    },
    { label: 'Email', cell: (user) => user.email ?? html`<span class="muted">None</span>` },
    { label: 'Invited', sort: 'invited', cell: (user) => time(user.invitation.sentAt, 'Never') },
    {
      label: 'Link',
      cell: ({ invitation, state }) => {
        if (state === 'invited' || state === 'opened') return html`Works until ${time(invitation.expiresAt, '')}`;
        return invitation.state === 'expired' && state === 'expired'
          ? html`Ended ${time(invitation.expiresAt, '')}`
          : html`<span class="muted">Not needed</span>`;
      },
    },
    {
      label: 'State',
      sort: 'state',
      phone: 'status',
      cell: ({ state }) => tag(USER_STATE_WORDS[state], USER_STATE_TONES[state], USER_STATE_TONES[state] && 'alert'),
    },
    ...(hub.may('centres-hub.manage-users')
      ? [{ label: 'Next', phone: 'plain' as const, cell: (user: ListedUser) => nextCell(hub, user, now) }]
      : []),
  ];
}

function nextCell(hub: Hub, user: ListedUser, now: Date): Safe | null {
  const here = `/centres-hub/users/${user.personId}`;
  const name = `${user.givenNames} ${user.familyName}`;
  const whom = html`<span class="govuk-visually-hidden"> for ${name}</span>`;
  switch (nextAct({ state: user.state, email: user.email, sentAt: user.invitation.sentAt }, now)) {
    case 'send':
      return postButton(html`Send${whom}`, {
        action: hub.href(here),
        submissionId: crypto.randomUUID(),
        small: true,
        look: 'quiet',
      });
    case 'send_again':
      return postButton(html`Send again${whom}`, {
        action: hub.href(here),
        submissionId: crypto.randomUUID(),
        small: true,
        look: 'quiet',
      });
    case 'change_email':
      return link(html`Change email${whom}`, hub.href(`${here}/change-email`));
    case 'withdraw':
      return link(html`Withdraw${whom}`, hub.href(`${here}/withdraw-invitation`));
    case null:
      return null;
  }
}
