/** What this system asks of the one that keeps candidates: joined by the composition root, because imports never point left. */
import type { Reader } from '#platform/database/database.ts';

export interface PickedCandidate {
  readonly id: string;
  /** "Okonkwo-Reid, Amelia (9990001234)". */
  readonly words: string;
}

/** A candidate, as far as a declaration names one. */
export interface NamedCandidate {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

export interface CandidatePicker {
  /** The candidates of a centre whose name or number has every word that was typed; 8 at most. */
  readonly find: (reader: Reader, centreId: string, typed: string) => Promise<readonly PickedCandidate[]>;
  /** Those of these ids that are candidates of the centre. */
  readonly named: (reader: Reader, centreId: string, ids: readonly string[]) => Promise<readonly PickedCandidate[]>;
  /** The candidate of a centre with the number as typed; null when the centre has none of it. */
  readonly ofNumber: (reader: Reader, centreId: string, typed: string) => Promise<NamedCandidate | null>;
}

let joined: CandidatePicker = { find: async () => [], named: async () => [], ofNumber: async () => null };

/** Told once by the composition root. */
export function joinCandidatePicker(picker: CandidatePicker): void {
  joined = picker;
}

export const candidatePicker = (): CandidatePicker => joined;
