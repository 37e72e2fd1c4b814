/** What each system does when two records of one candidate become one. Systems hand in theirs; `application.ts` joins them. */
import type { Reader, Writer } from '#platform/database/database.ts';

export interface CandidateMerge {
  /** The record that stays, with its number. */
  readonly keptId: string;
  /** The record whose things move, and whose number leads to the other from then on. */
  readonly mergedId: string;
}

export interface CandidateMerger {
  /** What of the merged record moves, a few words each: "2 sittings, with their results". */
  readonly preview?: (reader: Reader, merge: CandidateMerge) => Promise<readonly string[]>;
  /** What stands in the way, a sentence each that says what has to be done first. */
  readonly obstacles?: (reader: Reader, merge: CandidateMerge) => Promise<readonly string[]>;
  /**
   * Moves it, in the transaction of the merge. What refers to a registration and its candidate together moves with the
   * registration by its foreign key.
   */
  readonly move?: (writer: Writer, merge: CandidateMerge) => Promise<void>;
}

let joined: readonly CandidateMerger[] = [];

/** Called once by the composition root. */
export function joinCandidateMergers(mergers: readonly CandidateMerger[]): void {
  joined = mergers;
}

export const joinedCandidateMergers = (): readonly CandidateMerger[] => joined;
