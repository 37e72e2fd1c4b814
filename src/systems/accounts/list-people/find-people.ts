import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { BODY_ROLES, CENTRE_ROLES, type Role } from '#platform/permissions/capabilities.ts';

export const PAGE_SIZE = 50;

/** What an account is; `no_account` is somebody who has not set one up. */
export const ACCOUNT_STATES = ['active', 'no_account', 'suspended', 'merged'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const ACCOUNT_STATE_WORDS: Record<AccountState, string> = {
  active: 'Active',
  no_account: 'No account',
  suspended: 'Suspended',
  merged: 'Merged',
};

export const peopleQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  role: z
    .enum([...CENTRE_ROLES, ...BODY_ROLES])
    .optional()
    .catch(undefined),
  organisation: z.string().trim().max(100).optional().catch(undefined),
  state: z.enum(ACCOUNT_STATES).optional().catch(undefined),
  sort: z.enum(['name', 'username', 'seen']).catch('name'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

export interface FoundPerson {
  readonly id: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string | null;
  readonly username: string | null;
  readonly state: AccountState;
  readonly roles: readonly { readonly role: Role; readonly organisation: string }[];
  readonly lastSeenAt: Date | null;
  readonly total: number;
}

/** A text as it is searched: small letters without accents. */
const plainSql = (text: ReturnType<typeof sql>) =>
  sql`regexp_replace(normalize(lower(${text}), nfkd), '[\\u0300-\\u036f]', '', 'g')`;

const plain = (words: string) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const STATE = sql`case when p.status <> 'active' then p.status when c.person_id is null then 'no_account' else 'active' end`;

const ORDERS = {
  name: sql`lower(p.family_name), lower(p.given_names)`,
  username: sql`c.username`,
  seen: sql`seen.at`,
} as const;

/** What every query of people narrows by, without the state. Names, address and username are searched; never a PIN. */
function conditions({ q, role, organisation }: Pick<PeopleQuery, 'q' | 'role' | 'organisation'>) {
  const words = plain(q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const text = plainSql(sql`concat_ws(' ', p.given_names, p.family_name, p.email, c.username)`);
  const parts = words.map((word) => sql`${text} like ${containing(word)}`);
  if (role || organisation) {
    const like = organisation ? containing(plain(organisation)) : null;
    parts.push(sql`exists (select from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
      where m.person_id = p.id and m.ended_at is null and (${role ?? null}::text is null or m.role = ${role ?? null})
        and (${like}::text is null or o.number like ${like} or ${plainSql(sql`o.name`)} like ${like}))`);
  }
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}

/** The people who fit, `size` of them from the page on. Merged records are left out unless they are asked for. */
export function findPeople(reader: Reader, query: PeopleQuery, size: number): Promise<FoundPerson[]> {
  const { state, sort, order, page } = query;
  return reader.rows(sql<FoundPerson>`
    select p.id, p.given_names as "givenNames", p.family_name as "familyName", p.email, c.username, ${STATE} as state,
      seen.at as "lastSeenAt", count(*) over ()::int as total,
      coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'organisation',
          case o.kind when 'centre' then o.name || ' (' || o.number || ')' else o.name end) order by o.kind, o.number, m.role)
        from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
        where m.person_id = p.id and m.ended_at is null), '[]'::jsonb) as roles
    from accounts.people p
    left join accounts.credentials c on c.person_id = p.id
    left join lateral (select max(s.seen_at) as at from accounts.sessions s where s.person_id = p.id) seen on true
    where ${conditions(query)} and ${state ? sql`${STATE} = ${state}` : sql`p.status <> 'merged'`}
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`} nulls last, p.id
    limit ${size} offset ${(page - 1) * size}`);
}

/** How many of those who fit are in each state. */
export async function countPeople(reader: Reader, query: PeopleQuery): Promise<Record<AccountState, number>> {
  const rows = await reader.rows(sql<{ state: AccountState; count: number }>`
    select ${STATE} as state, count(*)::int as count
    from accounts.people p left join accounts.credentials c on c.person_id = p.id
    where ${conditions(query)} group by 1`);
  const counts = { active: 0, no_account: 0, suspended: 0, merged: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
