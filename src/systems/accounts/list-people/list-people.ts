import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { may } from '#platform/permissions/principal.ts';
import { formatDateTime } from '#ui';
import { withSystemRights } from '../administration/people-page.ts';
import { ACCOUNT_STATE_WORDS, countPeople, findPeople, PAGE_SIZE, peopleQuery } from './find-people.ts';
import { peopleListPage } from './page.ts';

/** More than that is no list that anybody reads; the filters narrow it. */
const MOST_EXPORTED = 100_000;

/** GET /people: everybody who is known, to be found by name, address, username, role and organisation. */
export const listPeople = handler({ query: peopleQuery }, async (asked) => {
  const context = withSystemRights(asked);
  const { query } = context;
  const { rows, counts } = await context.read(async (reader) => ({
    rows: await findPeople(reader, query, PAGE_SIZE),
    counts: await countPeople(reader, query),
  }));
  const { merged, ...present } = counts;
  const all = Object.values(present).reduce((sum, count) => sum + count, 0);
  const total = query.state ? counts[query.state] : all;
  const mayAdd = may(context.principal, 'accounts.give-body-roles');
  return page(
    peopleListPage(await context.frame(), { query, rows, counts: { ...counts, all }, total, mayAdd, now: context.now }),
  );
});

/** GET /people/export: the same list without passwords, PINs or links. */
export const exportPeople = handler({ query: peopleQuery }, async (asked) => {
  const context = withSystemRights(asked);
  const rows = await context.read((reader) => findPeople(reader, { ...context.query, page: 1 }, MOST_EXPORTED));
  return listFile(
    'people',
    ['Family name', 'Given names', 'Email', 'Username', 'State', 'Roles', 'Last active'],
    rows.map((row) => [
      row.familyName,
      row.givenNames,
      row.email,
      row.username,
      ACCOUNT_STATE_WORDS[row.state],
      row.roles.map(({ role, organisation }) => `${ROLE_NAMES[role]} at ${organisation}`).join('; '),
      row.lastSeenAt && formatDateTime(row.lastSeenAt),
    ]),
  );
});
