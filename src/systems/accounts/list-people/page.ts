import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { BODY_ROLES, CENTRE_ROLES, ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { type Column, formatDateTime, linkButton, listHref, listPage, plural, rowLink, type Tone, tag } from '#ui';
import { peoplePage } from '../administration/people-page.ts';
import {
  ACCOUNT_STATE_WORDS,
  ACCOUNT_STATES,
  type AccountState,
  type FoundPerson,
  PAGE_SIZE,
  type PeopleQuery,
} from './find-people.ts';

export interface PeopleList {
  readonly query: PeopleQuery;
  readonly rows: readonly FoundPerson[];
  readonly counts: Record<AccountState | 'all', number>;
  readonly total: number;
  readonly mayAdd: boolean;
  readonly now: Date;
}

const TONES: Partial<Record<AccountState, Tone>> = { suspended: 'bad' };

/** The state of an account in a word. */
export function accountTag(state: AccountState): Safe {
  return tag(ACCOUNT_STATE_WORDS[state], TONES[state], TONES[state] && 'alert');
}

/** Everybody who is known. */
export function peopleListPage(frame: Frame, { query, rows, counts, total, mayAdd, now }: PeopleList): Safe {
  const path = '/people';
  const words = {
    q: query.q,
    role: query.role,
    organisation: query.organisation,
    state: query.state,
    sort: query.sort === 'name' ? undefined : query.sort,
    order: query.order === 'asc' ? undefined : query.order,
  };
  const chip = (label: string, count: number, state: AccountState | undefined) => ({
    label,
    count,
    href: listHref(path, words, { state }),
    current: query.state === state,
  });
  return peoplePage(
    frame,
    { title: 'People' },
    listPage<FoundPerson>({
      title: 'People',
      lead: `${plural(counts.all, 'person', 'people')}. Nobody can log in as somebody else, from here or anywhere.`,
      actions: mayAdd && linkButton('Add a user of the awarding body', '/people/add'),
      path,
      query: words,
      noun: ['person', 'people'],
      filters: [
        { kind: 'search', name: 'q', label: 'Name, email or username' },
        { kind: 'search', name: 'organisation', label: 'Centre: number or name' },
        {
          kind: 'select',
          name: 'role',
          label: 'Role',
          choices: [
            { value: '', label: 'With or without roles' },
            ...[...CENTRE_ROLES, ...BODY_ROLES].map((role) => ({ value: role, label: ROLE_NAMES[role] })),
          ],
        },
      ],
      chips: [
        chip('All', counts.all, undefined),
        ...ACCOUNT_STATES.filter((state) => counts[state] > 0 || state === query.state).map((state) =>
          chip(ACCOUNT_STATE_WORDS[state], counts[state], state),
        ),
      ],
      columns: columns(now),
      rows,
      sort: { by: query.sort, direction: query.order },
      paging: {
        page: query.page,
        pageSize: PAGE_SIZE,
        total,
        href: (page) => listHref(path, words, { page: String(page) }),
      },
      exportPath: '/people/export',
      narrowedBy: ['state'],
      firstUse: {
        icon: 'users',
        title: 'Nobody is known yet',
        text: 'People appear here as soon as they are invited.',
      },
    }),
  );
}

function columns(now: Date): Column<FoundPerson>[] {
  return [
    {
      label: 'Name',
      header: true,
      sort: 'name',
      cell: (row) => rowLink(`${row.familyName}, ${row.givenNames}`, `/people/${row.id}`),
    },
    { label: 'Email', cell: (row) => row.email ?? html`<span class="muted">None</span>` },
    { label: 'Username', sort: 'username', cell: (row) => row.username ?? html`<span class="muted">None</span>` },
    { label: 'Roles', cell: (row) => rolesCell(row) },
    {
      label: 'Last active',
      sort: 'seen',
      cell: (row) =>
        row.lastSeenAt ? formatDateTime(row.lastSeenAt, 'list', now) : html`<span class="muted">Never</span>`,
    },
    { label: 'State', phone: 'status', cell: ({ state }) => accountTag(state) },
  ];
}

function rolesCell({ roles }: FoundPerson): Safe | string {
  if (roles.length === 0) return html`<span class="muted">None</span>`;
  const byOrganisation = Map.groupBy(roles, ({ organisation }) => organisation);
  return [...byOrganisation]
    .map(([organisation, held]) => `${held.map(({ role }) => ROLE_NAMES[role]).join(', ')} at ${organisation}`)
    .join('; ');
}
