import type { Reader } from '#platform/database/database.ts';

/** A candidate, as far as a declaration names one. */
export interface NamedCandidate {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

/** Finds a candidate of a centre by the candidate number as typed; null when the centre has none of that number. */
export type CandidateFinder = (reader: Reader, centreId: string, number: string) => Promise<NamedCandidate | null>;

let finder: CandidateFinder = async () => null;

/** Told once by the composition root: candidates belong to the Web Portal. */
export function joinCandidateFinder(joined: CandidateFinder): void {
  finder = joined;
}

export const findCandidate: CandidateFinder = (reader, centreId, number) => finder(reader, centreId, number);
