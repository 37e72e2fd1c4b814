/** A draft of one version in another version of the same form. Pure. */
import {
  type Answers,
  answerList,
  type FormDefinition,
  OPTION_TYPES,
  type Question,
  questionOf,
} from '../forms/definition.ts';

const TEXTS: readonly Question['type'][] = ['short_text', 'long_text', 'email', 'number'];

/** Whether an answer to `from` can stand, as typed, as an answer to `to`. */
function fits(from: Question | undefined, to: Question, list: readonly string[]): boolean {
  if (OPTION_TYPES.includes(to.type)) {
    if (to.type === 'one_of' && list.length > 1) return false;
    return list.every((one) => to.options.some(({ value }) => value === one));
  }
  if (from === undefined || from.type === to.type) return true;
  return TEXTS.includes(from.type) && TEXTS.includes(to.type);
}

/**
 * The answers as they stand in the version `to`. Those that have no place there are kept as `KEY@NUMBER`, the number that
 * of the version they answered: nothing that was typed is lost.
 */
export function carryAnswers(
  answers: Answers,
  from: { readonly number: number; readonly definition: Pick<FormDefinition, 'sections'> },
  to: Pick<FormDefinition, 'sections'>,
): Answers {
  const carried: Record<string, string | readonly string[]> = {};
  for (const [key, answer] of Object.entries(answers)) {
    const question = questionOf(to, key);
    const list = answerList(answers, key);
    if (key.includes('@')) carried[key] = answer;
    else if (question && fits(questionOf(from.definition, key), question, list))
      carried[key] = question.type === 'some_of' || question.type === 'staff_member' ? list : (list[0] ?? '');
    else carried[`${key}@${from.number}`] = answer;
  }
  return carried;
}

/** An answer without a place: which question of which version it belongs to. */
export interface Leftover {
  readonly key: string;
  readonly version: number;
  readonly list: readonly string[];
}

export function leftoversOf(answers: Answers): Leftover[] {
  return Object.keys(answers).flatMap((name) => {
    const at = name.lastIndexOf('@');
    if (at < 0) return [];
    return [{ key: name.slice(0, at), version: Number(name.slice(at + 1)), list: answerList(answers, name) }];
  });
}

/** What the answer answered, as the version that asked it has it. */
export function leftoverQuestion(
  versions: readonly { readonly number: number; readonly definition: Pick<FormDefinition, 'sections'> }[],
  { key, version }: Pick<Leftover, 'key' | 'version'>,
): Question | undefined {
  const was = versions.find(({ number }) => number === version);
  return was && questionOf(was.definition, key);
}

/** What a save stores: what was typed, and the leftovers of before. */
export function withLeftovers(typed: Answers, before: Answers): Answers {
  const kept = Object.entries(before).filter(([key]) => key.includes('@'));
  return { ...Object.fromEntries(kept), ...typed };
}
