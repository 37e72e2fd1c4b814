/** Which definition can be published: pure rules over the whole form, one sentence for each thing that is missing. */
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { effectProblems } from '../requests/decision-effects.ts';
import { DECIDERS } from '../requests/may-decide.ts';
import {
  conditionAnswers,
  definitionSchema,
  type FormDefinition,
  OPTION_TYPES,
  type Question,
  questionsOf,
} from './definition.ts';

export interface DefinitionProblem {
  /** The question it is about; null: the form as a whole. */
  readonly question: string | null;
  readonly message: string;
}

/** What stands in the way of publishing; empty: it can be published. `effects` says what its effect lacks. */
export function publishProblems(
  definition: FormDefinition,
  effects: (definition: FormDefinition) => readonly string[] = effectProblems,
): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const whole = (message: string) => problems.push({ question: null, message });
  const parsed = definitionSchema.safeParse(definition);
  if (!parsed.success) for (const message of new Set(parsed.error.issues.map((issue) => issue.message))) whole(message);
  for (const role of definition.decidedBy) {
    if (!DECIDERS.includes(role))
      whole(`${ROLE_NAMES[role]} cannot decide requests. Choose others under "Who decides?"`);
  }
  const { signature } = definition;
  if (definition.confidential && signature && !definition.filledBy.every((role) => signature.signedBy.includes(role)))
    whole(
      'Only whoever begins a confidential form sees it. Let everybody who fills it in sign it, or ask no signature',
    );
  for (const section of definition.sections) {
    if (section.questions.length === 0)
      whole(`The section "${section.title}" asks nothing. Add a question or remove it`);
  }
  const earlier = new Map<string, Question>();
  for (const question of questionsOf(definition)) {
    for (const message of questionProblems(question, earlier)) problems.push({ question: question.key, message });
    earlier.set(question.key, question);
  }
  for (const message of effects(definition)) whole(message);
  return problems;
}

/** What is wrong with one question, given those that come before it. */
export function questionProblems(question: Question, earlier: ReadonlyMap<string, Question>): string[] {
  const { key, label, type, options, least, most, condition } = question;
  const problems: string[] = [];
  if (earlier.has(key)) problems.push(`Two questions have the key "${key}". Change one of them`);
  if (OPTION_TYPES.includes(type)) {
    if (options.length < 2) problems.push(`"${label}" offers fewer than two options. Add options`);
    const twice = options.find(({ value }, index) => options.findIndex((one) => one.value === value) !== index);
    if (twice) problems.push(`"${label}" has two options that count as "${twice.value}". Change one of them`);
  }
  if (type === 'number' && least !== null && most !== null && least > most)
    problems.push(`"${label}" takes at least ${least} and at most ${most}, which no number meets. Change the limits`);
  if (condition === null) return problems;
  const named = earlier.get(condition.question);
  if (!named) {
    problems.push(`"${label}" depends on a question that does not come before it. Move it, or change its condition`);
    return problems;
  }
  const possible = new Set(conditionAnswers(named).map(({ value }) => value));
  const gone = condition.is.find((value) => !possible.has(value));
  if (possible.size === 0) problems.push(`"${label}" depends on "${named.label}", which has no answers to choose from`);
  else if (gone !== undefined)
    problems.push(
      `"${label}" depends on the answer "${gone}", which "${named.label}" does not offer. Change its condition`,
    );
  return problems;
}

/** A key made of the label's words that no other question has: "Which candidate is it for?" gives "whichCandidateIsIt". */
export function suggestKey(label: string, taken: readonly string[]): string {
  const words = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9\s-]/g, '')
    .split(/[\s-]+/)
    .filter((word) => /^[A-Za-z]/.test(word))
    .slice(0, 4);
  const joined = words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word[0]?.toUpperCase() + word.slice(1).toLowerCase()))
    .join('')
    .slice(0, 36);
  const stem = joined || 'question';
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? stem : `${stem}${count}`;
    if (!taken.includes(key)) return key;
  }
}

/** The value of an option, from its words: "Extra time" gives "extra-time". */
export function optionValue(label: string): string {
  const value = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return value || 'option';
}

/** Options as a designer types them: one a line, its value behind a bar where it is not made of the words. */
export function optionLines(options: Question['options']): string {
  return options.map(({ value, label }) => (value === optionValue(label) ? label : `${label} | ${value}`)).join('\n');
}

/** Reads what `optionLines` writes. */
export function readOptionLines(text: string): Question['options'] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const bar = line.lastIndexOf('|');
      const label = (bar < 0 ? line : line.slice(0, bar)).trim();
      const value = bar < 0 ? '' : line.slice(bar + 1).trim();
      return { value: value || optionValue(label), label: label || value };
    });
}
