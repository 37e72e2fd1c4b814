import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { type Conflict, type ConflictQuestion, type DeclaredInterest, declaredConflict } from './conflict-rule.ts';

/** The interests in force in which the person has part, at one centre. */
function interestsOf(reader: Pick<Reader, 'rows'>, centreId: string, personId: string): Promise<DeclaredInterest[]> {
  return reader.rows(sql<DeclaredInterest>`
    select d.person_id as "personId", d.relation, d.candidate_id as "candidateId", d.other_staff_member_id as "otherEntryId",
      s.person_id as "otherPersonId", d.about_name as "aboutName", d.ended_at as "endedAt"
    from centres_hub.conflict_declarations d left join centres_hub.staff_members s on s.id = d.other_staff_member_id
    where d.centre_id = ${centreId} and d.ended_at is null and (d.person_id = ${personId} or s.person_id = ${personId})
    order by d.declared_at`);
}

/**
 * The declared interest between a person and a candidate or another person of the centre, or null. Other systems ask
 * before somebody assesses, samples, invigilates or visits (General Condition A4); evaluated afresh at each call, in the
 * scope of the centre, the awarding body or the system.
 */
export async function conflictBetween(
  reader: Pick<Reader, 'rows'>,
  { centreId, ...asked }: ConflictQuestion & { readonly centreId: string },
): Promise<Conflict | null> {
  return declaredConflict(await interestsOf(reader, centreId, asked.personId), await withPerson(reader, asked));
}

/** Of an entry of the profile, the person behind it is asked for as well. */
async function withPerson(reader: Pick<Reader, 'rows'>, asked: ConflictQuestion): Promise<ConflictQuestion> {
  if (asked.otherEntryId === undefined || asked.otherPersonId !== undefined) return asked;
  const [entry] = await reader.rows(sql<{ personId: string | null }>`
    select person_id as "personId" from centres_hub.staff_members where id = ${asked.otherEntryId}`);
  return entry?.personId ? { ...asked, otherPersonId: entry.personId } : asked;
}

/** The same for several candidates at once: those whom an interest binds to the person, with the sentence. */
export async function conflictsWithCandidates(
  reader: Pick<Reader, 'rows'>,
  asked: { readonly centreId: string; readonly personId: string; readonly candidateIds: readonly string[] },
): Promise<ReadonlyMap<string, Conflict>> {
  const declared = await interestsOf(reader, asked.centreId, asked.personId);
  const found = new Map<string, Conflict>();
  for (const candidateId of asked.candidateIds) {
    const conflict = declaredConflict(declared, { personId: asked.personId, candidateId });
    if (conflict) found.set(candidateId, conflict);
  }
  return found;
}
