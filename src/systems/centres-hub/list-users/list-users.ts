import { type Member, membersOf } from '#accounts';
import { csvFile } from '#platform/csv/csv-file.ts';
import { page } from '#platform/http/answers.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { formatDateTime } from '#ui';
import { centreHandler, hubOf } from '../hub-page/hub-page.ts';
import { USER_STATE_WORDS, USER_STATES, type UserState, userState } from '../users/user-state.ts';
import { type ListedUser, listQuery, PAGE_SIZE, type UsersQuery } from './list-query.ts';
import { usersPage } from './page.ts';

/** GET /centres-hub/users */
export const listUsers = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { hub, users } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, users: listed(await membersOf(reader, hub.centre.id)) };
  });
  const found = fitting(users, query);
  const rows = sorted(query.state ? found.filter((user) => user.state === query.state) : found, query);
  const from = (query.page - 1) * PAGE_SIZE;
  return page(
    usersPage(await context.frame(), hub, {
      query,
      rows: rows.slice(from, from + PAGE_SIZE),
      total: rows.length,
      counts: { all: found.length, ...countStates(found) },
      known: users.length,
    }),
  );
});

/** GET /centres-hub/users/export */
export const exportUsers = centreHandler({ query: listQuery }, async (context) => {
  const { query } = context;
  const users = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return listed(await membersOf(reader, hub.centre.id));
  });
  const found = fitting(users, query).filter((user) => !query.state || user.state === query.state);
  return csvFile(
    'users.csv',
    ['Family name', 'Given names', 'Email', 'Roles', 'State', 'Last active'],
    sorted(found, query).map((user) => [
      user.familyName,
      user.givenNames,
      user.email,
      user.roles.map(({ role }) => ROLE_NAMES[role]).join('; '),
      USER_STATE_WORDS[user.state],
      user.lastSeenAt && formatDateTime(user.lastSeenAt),
    ]),
  );
});

function listed(members: readonly Member[]): ListedUser[] {
  return members.map((member) => ({ ...member, state: userState(member) }));
}

const plain = (words: string) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The users that fit name and role; the state is chosen by chips that count these. */
function fitting(users: readonly ListedUser[], { q, role }: Pick<UsersQuery, 'q' | 'role'>): ListedUser[] {
  const words = plain(q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return users.filter((user) => {
    if (role && !user.roles.some((held) => held.role === role)) return false;
    const where = plain(`${user.givenNames} ${user.familyName} ${user.email ?? ''}`);
    return words.every((word) => where.includes(word));
  });
}

function countStates(users: readonly ListedUser[]): Record<UserState, number> {
  const counts = { not_invited: 0, invited: 0, expired: 0, opened: 0, activated: 0 };
  for (const user of users) counts[user.state] += 1;
  return counts;
}

function sorted(users: readonly ListedUser[], { sort, order }: UsersQuery): ListedUser[] {
  const turn = order === 'desc' ? -1 : 1;
  const name = (user: ListedUser) => `${user.familyName} ${user.givenNames}`;
  const compare = (a: ListedUser, b: ListedUser): number => {
    if (sort === 'seen') return (a.lastSeenAt?.getTime() ?? 0) - (b.lastSeenAt?.getTime() ?? 0);
    if (sort === 'state') return USER_STATES.indexOf(a.state) - USER_STATES.indexOf(b.state);
    return 0;
  };
  return [...users].sort((a, b) => turn * (compare(a, b) || name(a).localeCompare(name(b), 'en')));
}
