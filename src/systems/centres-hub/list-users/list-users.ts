import { membersOf } from '#accounts';
import { page } from '#platform/http/answers.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { formatDateTime, pageOf } from '#ui';
import { centreHandler, hubOf } from '../hub-page/hub-page.ts';
import { USER_STATE_WORDS } from '../users/user-state.ts';
import { countStates, fitting, listed, sorted } from './choose-users.ts';
import { listQuery } from './list-query.ts';
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
  return page(
    usersPage(await context.frame(), hub, {
      query,
      rows: pageOf(rows, query),
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
  return listFile(
    'users',
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
