/** What was built upon registrations, so that they cannot be undone: declared here, filled by the systems to the left, joined in application.ts. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

export interface RegistrationsAsked {
  readonly centreId: string;
  readonly registrationIds: readonly string[];
}

/** Something that stands on at least one of them; the name in the plural: "Sittings booked". */
export interface BuiltUpon {
  readonly name: string;
  readonly count: number;
}

type BuiltUponOf = (reader: Pick<Reader, 'rows'>, asked: RegistrationsAsked) => Promise<readonly BuiltUpon[]>;

let joined: readonly BuiltUponOf[] = [];

/** Called once by the composition root. */
export function joinBuiltUpon(all: readonly BuiltUponOf[]): void {
  joined = all;
}

/** All that stands on the registrations now; what is nothing is left out. */
export async function builtUpon(reader: Pick<Reader, 'rows'>, asked: RegistrationsAsked): Promise<BuiltUpon[]> {
  const found: BuiltUpon[] = [];
  for (const of of [ownPart, ...joined]) found.push(...(await of(reader, asked)));
  return found.filter(({ count }) => count > 0);
}

/** The part of the Web Portal itself. */
async function ownPart(
  reader: Pick<Reader, 'rows'>,
  { centreId, registrationIds }: RegistrationsAsked,
): Promise<BuiltUpon[]> {
  const [row] = await reader.rows(sql<{ achieved: number; changed: number; arranged: number }>`
    with asked as (select r.* from web_portal.registrations r
      where r.centre_id = ${centreId} and r.id = any (${[...registrationIds]}::uuid[]))
    select (select count(*)::int from web_portal.unit_achievements u where u.registration_id in (select id from asked)) as achieved,
      (select count(*)::int from asked where state <> 'active') as changed,
      (select count(*)::int from web_portal.access_arrangements g join asked a on a.candidate_id = g.candidate_id
        where g.granted_at >= a.registered_at) as arranged`);
  return [
    { name: 'Units achieved', count: row?.achieved ?? 0 },
    { name: 'Registrations that are withdrawn or ended already', count: row?.changed ?? 0 },
    { name: 'Access arrangements granted', count: row?.arranged ?? 0 },
  ];
}
