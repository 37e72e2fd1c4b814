/** Who works at a centre: its users and the staff members of its profile, each once, with the entry that competence hangs on. */
import { membersOf } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';

export interface Colleague {
  /** Names the colleague in addresses: of a user the person's id, of a staff member the entry's. */
  readonly id: string;
  readonly personId: string | null;
  /** The entry on the profile; null for a user who has none yet. */
  readonly entryId: string | null;
  readonly name: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly roles: readonly Role[];
  /** What the person does, as written on the profile. */
  readonly job: string | null;
  /** Works there now. */
  readonly there: boolean;
}

/** Everybody of the centre by family name; with those who are gone when `all`. */
export async function colleaguesOf(reader: Reader, centreId: string, { all = false } = {}): Promise<Colleague[]> {
  const members = await membersOf(reader, centreId);
  const entries = await reader.db
    .selectFrom('centres_hub.staff_members')
    .select(['id', 'person_id', 'given_names', 'family_name', 'function', 'left_at'])
    .where('centre_id', '=', centreId)
    .orderBy('recorded_at')
    .execute();
  const users = new Map(members.map((member) => [member.personId, member]));
  const found: Colleague[] = entries
    .filter((entry) => all || entry.left_at === null)
    .map((entry) => {
      const user = entry.person_id === null || entry.left_at !== null ? undefined : users.get(entry.person_id);
      if (user) users.delete(user.personId);
      const givenNames = user?.givenNames ?? entry.given_names;
      const familyName = user?.familyName ?? entry.family_name;
      return {
        id: user?.personId ?? entry.id,
        personId: entry.person_id,
        entryId: entry.id,
        name: `${givenNames} ${familyName}`,
        givenNames,
        familyName,
        roles: user?.roles.map(({ role }) => role) ?? [],
        job: entry.function,
        there: entry.left_at === null && (entry.person_id === null || user !== undefined),
      };
    });
  for (const user of users.values()) {
    const { personId, givenNames, familyName } = user;
    found.push({
      id: personId,
      personId,
      entryId: null,
      name: `${givenNames} ${familyName}`,
      givenNames,
      familyName,
      roles: user.roles.map(({ role }) => role),
      job: null,
      there: true,
    });
  }
  return found
    .filter(({ there }) => all || there)
    .sort((a, b) => `${a.familyName} ${a.givenNames}`.localeCompare(`${b.familyName} ${b.givenNames}`, 'en'));
}

/** One of them, by the id of the person or of the entry, gone or not; 404 for anybody else. */
export async function colleagueOf(reader: Reader, centreId: string, id: string): Promise<Colleague> {
  const all = await colleaguesOf(reader, centreId, { all: true });
  const found = all.find((one) => one.id === id) ?? all.find((one) => one.entryId === id || one.personId === id);
  if (!found) throw new NotFound();
  return found;
}

/** The entry on the profile, made for a user who has none. */
export async function entryFor(writer: Writer, centreId: string, colleague: Colleague): Promise<string> {
  if (colleague.entryId !== null) return colleague.entryId;
  const role = colleague.roles[0];
  const { id } = await writer.db
    .insertInto('centres_hub.staff_members')
    .values({
      centre_id: centreId,
      person_id: colleague.personId,
      given_names: colleague.givenNames,
      family_name: colleague.familyName,
      function: role ? ROLE_NAMES[role] : 'User',
      recorded_at: writer.now,
      recorded_by: writer.identity.personId,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['centre_id', 'person_id'])
        .where('person_id', 'is not', null)
        .where('left_at', 'is', null)
        .doUpdateSet({ person_id: colleague.personId }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
