import type { Member } from '#accounts';
import { USER_STATES, type UserState, userState } from '../users/user-state.ts';
import type { ListedUser, UsersQuery } from './list-query.ts';

/** Members with the state of each. */
export function listed(members: readonly Member[]): ListedUser[] {
  return members.map((member) => ({ ...member, state: userState(member) }));
}

const plain = (words: string) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The users that fit name and role; the state is chosen by chips that count these. */
export function fitting(users: readonly ListedUser[], { q, role }: Pick<UsersQuery, 'q' | 'role'>): ListedUser[] {
  const words = plain(q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return users.filter((user) => {
    if (role && !user.roles.some((held) => held.role === role)) return false;
    const where = plain(`${user.givenNames} ${user.familyName} ${user.email ?? ''}`);
    return words.every((word) => where.includes(word));
  });
}

/** How many are in each state. */
export function countStates(users: readonly ListedUser[]): Record<UserState, number> {
  const counts = Object.fromEntries(USER_STATES.map((state) => [state, 0])) as Record<UserState, number>;
  for (const user of users) counts[user.state] += 1;
  return counts;
}

/** In the order that was asked for; within it by name. */
export function sorted(
  users: readonly ListedUser[],
  { sort, order }: { sort: 'name' | 'state' | 'seen' | 'invited'; order: 'asc' | 'desc' },
): ListedUser[] {
  const turn = order === 'desc' ? -1 : 1;
  const name = (user: ListedUser) => `${user.familyName} ${user.givenNames}`;
  const compare = (a: ListedUser, b: ListedUser): number => {
    if (sort === 'seen') return (a.lastSeenAt?.getTime() ?? 0) - (b.lastSeenAt?.getTime() ?? 0);
    if (sort === 'invited') {
      return (a.invitation.sentAt?.getTime() ?? 0) - (b.invitation.sentAt?.getTime() ?? 0);
    }
    if (sort === 'state') return USER_STATES.indexOf(a.state) - USER_STATES.indexOf(b.state);
    return 0;
  };
  return [...users].sort((a, b) => turn * (compare(a, b) || name(a).localeCompare(name(b), 'en')));
}
