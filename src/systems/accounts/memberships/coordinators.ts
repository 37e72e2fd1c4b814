import type { Writer } from '#platform/database/database.ts';

export interface Coordinator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** The coordinators of a centre who have an address, but for one person. System's scope. */
export async function coordinatorsOf(
  { db }: Pick<Writer, 'db'>,
  organisationId: string,
  but: string,
): Promise<readonly Coordinator[]> {
  const found = await db
    .selectFrom('accounts.memberships as m')
    .innerJoin('accounts.people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.email', 'p.given_names', 'p.family_name'])
    .where('m.organisation_id', '=', organisationId)
    .where('m.role', '=', 'coordinator')
    .where('m.ended_at', 'is', null)
    .where('p.id', '<>', but)
    .execute();
  return found.flatMap(({ id, email, given_names, family_name }) =>
    email ? [{ id, email, name: `${given_names} ${family_name}` }] : [],
  );
}
