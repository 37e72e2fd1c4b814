/**
 * Who may not invigilate whom: the candidate in person, and whoever assesses or quality-assures the candidate for this
 * product (delivery protocol; General Condition A4), and whoever has declared an interest in the candidate. Pure.
 */
export interface Judging {
  readonly personId: string;
  readonly candidateId: string;
  readonly as: 'assessor' | 'internal quality assurer';
}

export interface SeatedCandidate {
  readonly candidateId: string;
  readonly name: string;
  /** The candidate's own account, if there is one. */
  readonly personId: string | null;
  /** The interest that is declared between the invigilator and the candidate, as a sentence; null when none is. */
  readonly declared: string | null;
}

/** One sentence for each candidate that this person may not invigilate; empty when there is none. */
export function invigilationConflicts(
  personId: string,
  candidates: readonly SeatedCandidate[],
  judging: readonly Judging[],
): string[] {
  return candidates.flatMap((candidate) => {
    if (candidate.personId === personId)
      return [`${candidate.name} is a candidate of this session and cannot invigilate it. Ask another invigilator.`];
    if (candidate.declared !== null)
      return [
        `${candidate.declared} You cannot invigilate this test. Ask another invigilator, or move the candidate to another session.`,
      ];
    const judged = judging.find((each) => each.personId === personId && each.candidateId === candidate.candidateId);
    return judged
      ? [
          `You are the ${judged.as} of ${candidate.name} and cannot invigilate this test. Ask another invigilator, or move the candidate to another session.`,
        ]
      : [];
  });
}
