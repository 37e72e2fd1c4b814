import type { Reader, Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';

/** Two records of one person: the one that stays, and the one that is merged into it. */
export interface Merge {
  readonly keptId: string;
  readonly mergedId: string;
}

/** One line of the look before a merge. */
export interface MergeLine {
  /** A sentence without its full stop. */
  readonly what: string;
  /** Both records have it: the line says which one stays. */
  readonly conflict?: boolean;
}

/** What a system's rows that name a person do when two records of one person become one. */
export interface PersonMerger {
  /**
   * Every column of the system that names a person, as `schema.table.column`. `moves`: what stands there goes to the
   * person who stays. `stays`: it says who did something then, in a record that nobody changes, and is read through the
   * merge. A test compares these lists with the database.
   */
  readonly columns: Readonly<Record<string, 'moves' | 'stays'>>;
  /** What would move, in words; with the system's rights. */
  preview?(reader: Reader, merge: Merge, services: Services): Promise<readonly MergeLine[]>;
  /** Moves it, in the transaction of the merge, with the system's rights. */
  move?(writer: Writer, merge: Merge, services: Services): Promise<void>;
}

let joined: readonly PersonMerger[] = [];

/** Called once by the composition root with the parts of the other systems. */
export function joinPersonMergers(mergers: readonly PersonMerger[]): void {
  joined = mergers;
}

/** The parts of the other systems, in the order in which they are asked. */
export const joinedMergers = (): readonly PersonMerger[] => joined;
