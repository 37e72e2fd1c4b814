import { membersOf } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { formatDateTime, pageOf } from '#ui';
import { centreHandler, type Hub, hubOf } from '../hub-page/hub-page.ts';
import { countStates, fitting, listed, sorted } from '../list-users/choose-users.ts';
import type { ListedUser } from '../list-users/list-query.ts';
import { USER_STATE_WORDS } from '../users/user-state.ts';
import { type FollowQuery, followQuery } from './list-query.ts';
import { type Funnel, followPage } from './page.ts';

/** GET /centres-hub/users/invitations: how far each user has come, and what to do next about it. */
export const followInvitations = centreHandler({ query: followQuery }, async (context) => {
  const { query } = context;
  const { hub, users } = await context.read((reader) => usersOf(reader, context));
  const found = narrowed(users, query);
  const rows = sorted(query.state ? found.filter(({ state }) => state === query.state) : found, query);
  return page(
    followPage(await context.frame(), hub, {
      query,
      funnel: funnelOf(users),
      rows: pageOf(rows, query),
      total: rows.length,
      counts: { all: found.length, ...countStates(found) },
      now: context.now,
    }),
  );
});

/** GET /centres-hub/users/invitations/export */
export const exportInvitations = centreHandler({ query: followQuery }, async (context) => {
  const { query } = context;
  const { users } = await context.read((reader) => usersOf(reader, context));
  const found = narrowed(users, query).filter(({ state }) => !query.state || state === query.state);
  const time = (moment: Date | null) => moment && formatDateTime(moment);
  return listFile(
    'invitations',
    [
      'Family name',
      'Given names',
      'Email',
      'Roles',
      'State',
      'Invited',
      'Link works until',
      'Link opened',
      'Last active',
    ],
    sorted(found, query).map((user) => [
      user.familyName,
      user.givenNames,
      user.email,
      user.roles.map(({ role }) => ROLE_NAMES[role]).join('; '),
      USER_STATE_WORDS[user.state],
      time(user.invitation.sentAt),
      time(user.invitation.expiresAt),
      time(user.invitation.openedAt),
      time(user.lastSeenAt),
    ]),
  );
});

async function usersOf(
  reader: Reader,
  context: Context<unknown, FollowQuery>,
): Promise<{ hub: Hub; users: ListedUser[] }> {
  const hub = await hubOf(reader, context);
  return { hub, users: listed(await membersOf(reader, hub.centre.id)) };
}

function narrowed(users: readonly ListedUser[], { q, seen }: FollowQuery): ListedUser[] {
  return fitting(users, { q, role: undefined }).filter((user) => seen !== 'never' || user.lastSeenAt === null);
}

/** How many came how far; each step counts those who went on from it. Who is suspended counts where he or she had come to. */
function funnelOf(users: readonly ListedUser[]): Funnel {
  const count = (test: (user: ListedUser) => boolean) => users.filter(test).length;
  const setUp = (user: ListedUser) => user.hasAccount || user.pin === 'activated';
  return {
    all: users.length,
    invited: count((user) => user.invitation.sentAt !== null || setUp(user)),
    opened: count((user) => user.invitation.openedAt !== null || setUp(user)),
    setUp: count(setUp),
    activated: count((user) => user.pin === 'activated'),
    neverSeen: count((user) => user.lastSeenAt === null),
  };
}
