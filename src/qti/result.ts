/**
 * The shape of a result, and the rules of scoring in words. Two implementations follow these words independently
 * (`score.ts`, `second-marker.ts`); a result is released only when both agree. Types only: the two share no code.
 *
 * 1. Every question is worth 1 mark. `choice`: 1 when the one right option is chosen. `multiple`: 1 when exactly the
 *    right set is chosen, all or nothing: no part marks, and a wrong option beside the right ones scores 0.
 * 2. No answer, or an empty one, scores 0.
 * 3. The order of the chosen options does not matter.
 * 4. What cannot have come from our page or bank is a fault: it scores 0 and is named, so that nobody is marked wrong
 *    without a trace. A question has at most one fault, the first that holds of:
 *    `repeated-question` (its ref stood in the form before), `no-key` (no key, or an empty one), `key-unfit` (the key
 *    names an undeclared option or one twice, or a `choice` has not exactly one), `unknown-choice`, `repeated-choice`,
 *    `too-many-choices` (more than one for `choice`, more than `maxChoices` for `multiple`).
 *    An answer to a question that is not in the form is the fault `stray-answer`.
 * 5. A sitting is passed when its score reaches the pass mark and it has no fault.
 * 6. Topics stand in the order in which the form first names them. A question without a topic counts under its group,
 *    and without either under "Other questions".
 */
import type { ItemContent } from './model.ts';

/** Rises when the rules above change; stored with every result, so that an old result can be explained by its own rules. */
export const SCORING_VERSION = 1;

/** The topic of questions that name neither topic nor group. */
export const NO_TOPIC = 'Other questions';

export type FaultCode =
  | 'repeated-question'
  | 'no-key'
  | 'key-unfit'
  | 'unknown-choice'
  | 'repeated-choice'
  | 'too-many-choices'
  | 'stray-answer';

export type ItemScore = { readonly score: 0 | 1; readonly max: 1; readonly fault?: FaultCode };

/** A question of a form: `ref` is the caller's key for it, the same as in the maps of keys and answers. */
export type FormItem = {
  readonly ref: string;
  readonly content: Pick<ItemContent, 'kind' | 'choices' | 'maxChoices' | 'topic' | 'group'>;
};

export type TopicScore = { readonly topic: string; readonly score: number; readonly max: number };

export type SittingScore = {
  readonly scoringVersion: number;
  readonly score: number;
  readonly max: number;
  readonly passMark: number;
  readonly passed: boolean;
  readonly topics: readonly TopicScore[];
  /** In the order of the form, then stray answers by ref in code unit order. A result with faults is held, not released. */
  readonly faults: readonly { readonly ref: string; readonly fault: FaultCode }[];
};
