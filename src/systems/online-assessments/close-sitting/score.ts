/** The result of a sitting: a pure function of its log, its paper and the keys, computed by both markers. */
import {
  choiceIdsOf,
  type FormItem,
  type ItemContent,
  type ItemKey,
  markSitting,
  type SittingScore,
  scoreSitting,
} from '#qti';
import type { Paper } from '../start-sitting/paper.ts';

export interface ScoreInput {
  readonly paper: Paper;
  /** By item version id. */
  readonly contents: ReadonlyMap<string, ItemContent>;
  readonly keys: ReadonlyMap<string, ItemKey>;
  /** The answer events of the log, in the order of the chain; the last of each question counts. */
  readonly log: readonly { readonly item: number; readonly value: string }[];
  readonly passMark: number;
}

export type Marked =
  | { readonly agreed: true; readonly score: SittingScore }
  | { readonly agreed: false; readonly score: SittingScore; readonly why: string };

// What cannot be translated must not count as unanswered: an unknown choice is a fault, and a fault holds the result.
const UNTRANSLATABLE = ['?'];

/** Not agreed when the markers differ or an answer cannot have come from our page: the result is then held. */
export function scoreLog({ paper, contents, keys, log, passMark }: ScoreInput): Marked {
  const last = new Map<number, string>();
  for (const { item, value } of log) last.set(item, value);
  const items: FormItem[] = [];
  const answers = new Map<string, readonly string[]>();
  paper.questions.forEach(({ itemVersionId, order }, index) => {
    const content = contents.get(itemVersionId);
    if (!content) throw new Error(`item version ${itemVersionId} of a paper is missing`);
    items.push({ ref: itemVersionId, content });
    const value = last.get(index + 1);
    if (value) answers.set(itemVersionId, choiceIdsOf(content, order, value.split(',')) ?? UNTRANSLATABLE);
  });
  for (const item of last.keys()) if (item > paper.questions.length) answers.set(`question ${item}`, UNTRANSLATABLE);
  const [first, second] = [scoreSitting(items, keys, answers, passMark), markSitting(items, keys, answers, passMark)];
  if (JSON.stringify(first) !== JSON.stringify(second))
    return { agreed: false, score: first, why: `The two markers do not agree: ${first.score} and ${second.score}.` };
  if (first.faults.length > 0)
    return {
      agreed: false,
      score: first,
      why: `Not every answer could be marked: ${first.faults.map(({ ref, fault }) => `${fault} (${ref})`).join(', ')}.`,
    };
  return { agreed: true, score: first };
}
