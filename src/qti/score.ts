/** Scoring, first implementation. The rules are written in `result.ts`. */
import type { ItemContent, ItemKey } from './model.ts';
import {
  type FaultCode,
  type FormItem,
  type ItemScore,
  NO_TOPIC,
  SCORING_VERSION,
  type SittingScore,
} from './result.ts';

function faultOf(
  content: FormItem['content'],
  key: ItemKey | undefined,
  response: readonly string[],
): FaultCode | undefined {
  if (!key || key.correct.length === 0) return 'no-key';
  const declared = new Set(content.choices.map((choice) => choice.id));
  const right = new Set(key.correct);
  if (right.size !== key.correct.length || key.correct.some((id) => !declared.has(id))) return 'key-unfit';
  if (content.kind === 'choice' && right.size !== 1) return 'key-unfit';
  const chosen = new Set(response);
  if (response.some((id) => !declared.has(id))) return 'unknown-choice';
  if (chosen.size !== response.length) return 'repeated-choice';
  if (chosen.size > (content.kind === 'choice' ? 1 : content.maxChoices)) return 'too-many-choices';
  return undefined;
}

/** Scores one answer, given in the item's own choice ids; null or an empty list is no answer. */
export function scoreItem(
  content: Pick<ItemContent, 'kind' | 'choices' | 'maxChoices'>,
  key: ItemKey | undefined,
  response: readonly string[] | null | undefined,
): ItemScore {
  const chosen = response ?? [];
  const fault = faultOf(content, key, chosen);
  if (fault) return { score: 0, max: 1, fault };
  const right = new Set(key?.correct);
  const exact = right.size === chosen.length && chosen.every((id) => right.has(id));
  return { score: exact ? 1 : 0, max: 1 };
}

/**
 * Scores a sitting. `keys` and `answers` by the refs of `items`; `passMark` in marks, 1 up to the number of questions.
 * Never throws for what candidates or the bank hold: see the faults.
 * @throws RangeError when the pass mark cannot be a pass mark of this form.
 */
export function scoreSitting(
  items: readonly FormItem[],
  keys: ReadonlyMap<string, ItemKey>,
  answers: ReadonlyMap<string, readonly string[]>,
  passMark: number,
): SittingScore {
  if (!Number.isInteger(passMark) || passMark < 1 || passMark > items.length) {
    throw new RangeError(`A pass mark is a whole number from 1 to ${items.length}, the number of questions`);
  }
  const topics = new Map<string, { topic: string; score: number; max: number }>();
  const faults: { ref: string; fault: FaultCode }[] = [];
  const asked = new Set<string>();
  let score = 0;
  for (const { ref, content } of items) {
    const mark: ItemScore = asked.has(ref)
      ? { score: 0, max: 1, fault: 'repeated-question' }
      : scoreItem(content, keys.get(ref), answers.get(ref));
    asked.add(ref);
    if (mark.fault) faults.push({ ref, fault: mark.fault });
    score += mark.score;
    const name = content.topic ?? content.group ?? NO_TOPIC;
    const topic = topics.get(name) ?? { topic: name, score: 0, max: 0 };
    topics.set(name, { topic: name, score: topic.score + mark.score, max: topic.max + mark.max });
  }
  const strays = [...answers.keys()].filter((ref) => !asked.has(ref)).sort();
  for (const ref of strays) faults.push({ ref, fault: 'stray-answer' });
  return {
    scoringVersion: SCORING_VERSION,
    score,
    max: items.length,
    passMark,
    passed: score >= passMark && faults.length === 0,
    topics: [...topics.values()],
    faults,
  };
}
