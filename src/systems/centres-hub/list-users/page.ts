import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { type Column, formatDateTime, linkButton, listOf, listPage, plural, rowLink, tag } from '#ui';
import { type Hub, hubPage, whose } from '../hub-page/hub-page.ts';
import { USER_ROLES } from '../users/roles.ts';
import { USER_STATE_TONES, USER_STATE_WORDS, USER_STATES, type UserState } from '../users/user-state.ts';
import { type ListedUser, listQuery, type UsersQuery } from './list-query.ts';

export interface UsersPage {
  readonly query: UsersQuery;
  readonly rows: readonly ListedUser[];
  readonly total: number;
  readonly counts: Record<UserState | 'all', number>;
  /** How many users there are without any filter. */
  readonly known: number;
}

/** The users of a centre. */
export function usersPage(frame: Frame, hub: Hub, data: UsersPage): Safe {
  const { query, counts } = data;
  const list = listOf('/centres-hub/users', listQuery, query);
  const chip = (label: string, count: number, state: UserState | undefined) => list.chip(label, { state }, count);
  const shownStates = USER_STATES.filter((state) => counts[state] > 0 || state === query.state);
  const addUser = hub.may('centres-hub.manage-users') && linkButton('Add a user', hub.href('/centres-hub/users/add'));
  return hubPage(
    frame,
    hub,
    { title: 'Users' },
    listPage({
      title: 'Users',
      lead:
        whose(hub) ?? `${plural(data.known, 'person', 'people')} with a PIN and access to the systems of your centre`,
      actions: html`${linkButton('Invitations and activation', hub.href('/centres-hub/users/invitations'), { look: 'quiet' })}${addUser}`,
      ...list.shown(data.total),
      keep: ['centre'],
      noun: ['user', 'users'],
      filters: [
        { kind: 'search', name: 'q', label: 'Name or email' },
        {
          kind: 'select',
          name: 'role',
          label: 'Role',
          choices: [
            { value: '', label: 'Every role' },
            ...USER_ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] })),
          ],
        },
      ],
      chips: [
        chip('All', counts.all, undefined),
        ...shownStates.map((state) => chip(USER_STATE_WORDS[state], counts[state], state)),
      ],
      columns: columns(hub),
      rows: data.rows,
      exportPath: '/centres-hub/users/export',
      narrowedBy: ['state'],
      firstUse: {
        icon: 'users',
        title: 'No users yet',
        text: 'People who get a PIN and access to the systems of the centre appear here.',
        actions: addUser,
      },
    }),
  );
}

function columns(hub: Hub): Column<ListedUser>[] {
  return [
    {
      label: 'Name',
      header: true,
      sort: 'name',
      cell: (user) =>
        rowLink(`${user.familyName}, ${user.givenNames}`, hub.href(`/centres-hub/users/${user.personId}`)),
    },
    { label: 'Email', cell: (user) => user.email ?? html`<span class="muted">None</span>` },
    { label: 'Roles', cell: (user) => user.roles.map(({ role }) => ROLE_NAMES[role]).join(', ') },
    {
      label: 'Last active',
      sort: 'seen',
      cell: (user) =>
        user.lastSeenAt ? formatDateTime(user.lastSeenAt, 'list') : html`<span class="muted">Never</span>`,
    },
    {
      label: 'State',
      sort: 'state',
      phone: 'status',
      cell: ({ state }) => tag(USER_STATE_WORDS[state], USER_STATE_TONES[state], USER_STATE_TONES[state] && 'alert'),
    },
  ];
}
