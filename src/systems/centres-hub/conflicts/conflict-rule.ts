/**
 * Declared interests (General Condition A4): who may not assess, sample, invigilate or decide about whom. Pure. An interest
 * binds both: what one declares of a colleague holds for the colleague too. One that was ended no longer binds.
 */
export const RELATIONS = ['relative', 'employment', 'own_work', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

export const RELATION_NAMES: Record<Relation, string> = {
  relative: 'Relative',
  employment: 'Employer or employee',
  own_work: 'Own work',
  other: 'Another interest',
};

export interface DeclaredInterest {
  readonly personId: string;
  readonly relation: Relation;
  readonly candidateId: string | null;
  /** The entry on the centre profile of the other one, and the person behind it if that is a user. */
  readonly otherEntryId: string | null;
  readonly otherPersonId: string | null;
  readonly aboutName: string | null;
  readonly endedAt: Date | null;
}

export interface ConflictQuestion {
  readonly personId: string;
  readonly candidateId?: string | undefined;
  readonly otherPersonId?: string | undefined;
  readonly otherEntryId?: string | undefined;
}

export interface Conflict {
  readonly relation: Relation;
  /** "A declared interest stands against it: relative, Maud Ferriby." */
  readonly words: string;
}

/** The interest that stands between the two, or null. */
export function declaredConflict(declared: readonly DeclaredInterest[], asked: ConflictQuestion): Conflict | null {
  const found = declared.find((one) => one.endedAt === null && binds(one, asked));
  if (!found) return null;
  const about = found.aboutName === null ? '' : `, ${found.aboutName}`;
  return {
    relation: found.relation,
    words: `A declared interest stands against it: ${RELATION_NAMES[found.relation].toLowerCase()}${about}.`,
  };
}

function binds(
  one: DeclaredInterest,
  { personId, candidateId, otherPersonId, otherEntryId }: ConflictQuestion,
): boolean {
  if (one.personId === personId) {
    if (candidateId !== undefined) return one.candidateId === candidateId;
    return (
      (otherEntryId !== undefined && one.otherEntryId === otherEntryId) ||
      (otherPersonId !== undefined && one.otherPersonId === otherPersonId)
    );
  }
  // The other way round: the one asked about has declared it of the one who acts.
  return one.otherPersonId === personId && otherPersonId !== undefined && one.personId === otherPersonId;
}
