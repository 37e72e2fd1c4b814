import type { DecisionLine, FunctionLine } from './read-standing.ts';
import type { CompetenceRecord } from './records.ts';
import type { Standing } from './standing.ts';
import type { WhoseCompetence } from './whose-competence.ts';

/** One function for one product, with what the rule says of it today. */
export interface Right {
  readonly line: FunctionLine;
  readonly productId: string;
  readonly product: string;
  readonly code: string;
  readonly standing: Standing;
}

export interface Reminder {
  readonly about: 'licence' | 'approval';
  readonly what: string;
  readonly lastDay: string;
  readonly writtenAt: Date;
  readonly daysBefore: number;
}

export interface CompetenceView extends WhoseCompetence {
  readonly rights: readonly Right[];
  /** Functions that need nobody's approval. */
  readonly others: readonly FunctionLine[];
  readonly all: readonly CompetenceRecord[];
  readonly decisions: readonly DecisionLine[];
  readonly reminders: readonly Reminder[];
  readonly today: string;
}
