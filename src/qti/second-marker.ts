/**
 * Scoring, second implementation, written from the words of `result.ts` alone. It must share no code with `score.ts`:
 * options become bits of a whole number, a right answer is an equal number, and totals are counted from a finished mark
 * sheet. What both get wrong in the same way has to be wrong in the words.
 */
import type { ItemContent, ItemKey } from './model.ts';
import type { FormItem, ItemScore, SittingScore } from './result.ts';

type Mask = { readonly bits: bigint; readonly unknown: boolean; readonly twice: boolean };

/** Sets bit n for the n-th declared option. */
function maskOf(declared: readonly string[], named: readonly string[]): Mask {
  let bits = 0n;
  let unknown = false;
  let twice = false;
  const strangers: string[] = [];
  for (const id of named) {
    const place = declared.indexOf(id);
    if (place < 0) {
      unknown = true;
      if (strangers.includes(id)) twice = true;
      strangers.push(id);
      continue;
    }
    const bit = 1n << BigInt(place);
    if ((bits & bit) !== 0n) twice = true;
    bits |= bit;
  }
  return { bits, unknown, twice };
}

function isPowerOfTwo(bits: bigint): boolean {
  return bits > 0n && (bits & (bits - 1n)) === 0n;
}

/** Scores one answer a second time. */
export function markItem(
  content: Pick<ItemContent, 'kind' | 'choices' | 'maxChoices'>,
  key: ItemKey | undefined,
  response: readonly string[] | null | undefined,
): ItemScore {
  if (key === undefined) return { score: 0, max: 1, fault: 'no-key' };
  const ids: string[] = [];
  for (const choice of content.choices) ids.push(choice.id);
  const right = maskOf(ids, key.correct);
  if (right.bits === 0n && !right.unknown) return { score: 0, max: 1, fault: 'no-key' };
  if (right.unknown || right.twice || (content.kind === 'choice' && !isPowerOfTwo(right.bits))) {
    return { score: 0, max: 1, fault: 'key-unfit' };
  }
  if (response === null || response === undefined) return { score: 0, max: 1 };
  const given = maskOf(ids, response);
  if (given.unknown) return { score: 0, max: 1, fault: 'unknown-choice' };
  if (given.twice) return { score: 0, max: 1, fault: 'repeated-choice' };
  let room = content.kind === 'multiple' ? content.maxChoices : 1;
  for (let rest = given.bits; rest > 0n; rest >>= 1n) room -= Number(rest & 1n);
  if (room < 0) return { score: 0, max: 1, fault: 'too-many-choices' };
  return { score: (given.bits ^ right.bits) === 0n ? 1 : 0, max: 1 };
}

type Line = { readonly ref: string; readonly topic: string; readonly mark: ItemScore };

/** Scores a sitting a second time; same arguments, same result as `scoreSitting`. */
export function markSitting(
  items: readonly FormItem[],
  keys: ReadonlyMap<string, ItemKey>,
  answers: ReadonlyMap<string, readonly string[]>,
  passMark: number,
): SittingScore {
  const questions = items.length;
  if (passMark < 1 || passMark > questions || passMark !== Math.trunc(passMark) || Number.isNaN(passMark)) {
    throw new RangeError(`The pass mark has to be a whole number between 1 and ${questions}`);
  }
  const sheet: Line[] = items.map(({ ref, content }, place): Line => {
    const earlier = items.findIndex((other) => other.ref === ref) < place;
    let topic = 'Other questions';
    if (content.group !== undefined) topic = content.group;
    if (content.topic !== undefined) topic = content.topic;
    const mark: ItemScore = earlier
      ? { score: 0, max: 1, fault: 'repeated-question' }
      : markItem(content, keys.get(ref), answers.get(ref));
    return { ref, topic, mark };
  });
  const headings = sheet.map((line) => line.topic).filter((topic, place, all) => all.indexOf(topic) === place);
  const topics = headings.map((topic) => {
    const lines = sheet.filter((line) => line.topic === topic);
    return { topic, score: lines.filter((line) => line.mark.score === 1).length, max: lines.length };
  });
  const faults: { ref: string; fault: NonNullable<ItemScore['fault']> }[] = [];
  for (const line of sheet) if (line.mark.fault !== undefined) faults.push({ ref: line.ref, fault: line.mark.fault });
  const strays: string[] = [];
  answers.forEach((_, ref) => {
    if (items.every((item) => item.ref !== ref)) strays.push(ref);
  });
  strays.sort((a, b) => (a < b ? -1 : 1));
  for (const ref of strays) faults.push({ ref, fault: 'stray-answer' });
  const total = topics.reduce((sum, topic) => sum + topic.score, 0);
  const enough = !(total < passMark);
  return {
    scoringVersion: 1,
    score: total,
    max: questions,
    passMark,
    passed: enough && faults.length === 0,
    topics,
    faults,
  };
}
