/** What is missing or wrong in the answers to a form: only the questions that are asked count. Pure. */
import { formatDate } from '#ui';
import {
  type Answers,
  answerList,
  askedQuestions,
  CHOSEN_TYPES,
  type FormDefinition,
  LIMITS,
  OPTION_TYPES,
  type Question,
} from './definition.ts';

export const LENGTHS = { short_text: 200, long_text: 5000 } as const;

/** What the rule must know besides the answers. */
export interface GivenWith {
  /** Number of files attached, by question. */
  readonly files: Readonly<Record<string, number>>;
  /** The ids that may be chosen now, by question of a type that names things elsewhere. */
  readonly choices: Readonly<Record<string, ReadonlySet<string>>>;
}

export interface AnswerProblem {
  readonly question: string;
  /** Missing: nothing is answered yet. Wrong: the answer cannot be taken. */
  readonly kind: 'missing' | 'wrong';
  readonly message: string;
}

/** Each asked question without an answer that must have one, or with an answer that does not serve; in order. */
export function answerProblems(
  definition: Pick<FormDefinition, 'sections'>,
  answers: Answers,
  given: GivenWith,
): AnswerProblem[] {
  const tidy = tidyAnswers(answers);
  return askedQuestions(definition, tidy).flatMap((question): AnswerProblem[] => {
    const { key } = question;
    const list = question.type === 'file' ? [] : answerList(tidy, key);
    const count = question.type === 'file' ? (given.files[key] ?? 0) : list.length;
    if (count === 0) return question.required ? [{ question: key, kind: 'missing', message: missing(question) }] : [];
    const message = question.type === 'file' ? tooManyFiles(question, count) : wrong(question, list, given);
    return message === null ? [] : [{ question: key, kind: 'wrong', message }];
  });
}

/**
 * What is submitted: answers to asked questions only, trimmed; what is empty is left out. Submitting what was submitted
 * gives the same again.
 */
export function submittedAnswers(definition: Pick<FormDefinition, 'sections'>, answers: Answers): Answers {
  const kept: Record<string, string | readonly string[]> = {};
  const tidy = tidyAnswers(answers);
  for (const { key, type } of askedQuestions(definition, tidy)) {
    const list = answerList(tidy, key);
    if (type === 'file' || list.length === 0) continue;
    kept[key] = takesSeveral(type) || list.length > 1 ? list : (list[0] as string);
  }
  return kept;
}

/** Without blanks at the ends, and without what is empty then. */
function tidyAnswers(answers: Answers): Answers {
  return Object.fromEntries(
    Object.keys(answers).map((key) => [
      key,
      answerList(answers, key)
        .map((one) => one.trim())
        .filter(Boolean),
    ]),
  );
}

export const takesSeveral = (type: Question['type']): boolean => type === 'some_of' || type === 'staff_member';

function missing({ type, label }: Question): string {
  if (type === 'file') return `Attach a file to "${label}"`;
  if (type === 'tick') return `Confirm "${label}"`;
  if (type === 'yes_no' || OPTION_TYPES.includes(type) || CHOSEN_TYPES.includes(type))
    return `Choose an answer to "${label}"`;
  return `Enter an answer to "${label}"`;
}

function tooManyFiles({ label }: Question, count: number): string | null {
  return count > LIMITS.files ? `Attach ${LIMITS.files} files at most to "${label}"` : null;
}

/** Why a given answer cannot be taken, or null. Also says whether an answer fits the question of another version. */
export function wrong(
  question: Question,
  list: readonly string[],
  { choices }: Pick<GivenWith, 'choices'>,
): string | null {
  const { key, type, label, options } = question;
  const [first = ''] = list;
  if (list.length > 1 && !takesSeveral(type)) return `Give one answer to "${label}"`;
  switch (type) {
    case 'short_text':
    case 'long_text':
      return first.length > LENGTHS[type] ? `Shorten the answer to "${label}" to ${LENGTHS[type]} characters` : null;
    case 'number':
      return wrongNumber(question, first);
    case 'date':
      return isDate(first) ? null : `The answer to "${label}" must be a real date, such as 27 3 2027`;
    case 'email':
      return /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(first) && first.length <= 200
        ? null
        : `The answer to "${label}" must be an e-mail address such as name@example.com`;
    case 'yes_no':
      return first === 'yes' || first === 'no' ? null : `Choose yes or no for "${label}"`;
    case 'tick':
      return first === 'yes' ? null : `Confirm "${label}"`;
    case 'one_of':
    case 'some_of':
      return list.every((one) => options.some(({ value }) => value === one))
        ? null
        : `Choose an answer to "${label}" from those offered`;
    case 'file':
      return null;
    default: {
      const known = choices[key];
      return list.every((one) => known?.has(one))
        ? null
        : `What was chosen for "${label}" cannot be chosen any more. Choose again`;
    }
  }
}

function wrongNumber({ label, least, most }: Question, typed: string): string | null {
  if (!/^-?\d{1,9}$/.test(typed)) return `The answer to "${label}" must be a whole number, such as ${least ?? 25}`;
  const number = Number(typed);
  if (least !== null && number < least) return `The answer to "${label}" must be ${least} or more`;
  if (most !== null && number > most) return `The answer to "${label}" must be ${most} or less`;
  return null;
}

/** A real day, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** An answer as a person reads it; `names` gives the words of ids. Empty: nothing is answered. */
export function answerInWords(question: Question, list: readonly string[], names: ReadonlyMap<string, string>): string {
  return list
    .map((one) => {
      if (question.type === 'yes_no') return one === 'yes' ? 'Yes' : 'No';
      if (question.type === 'tick') return one === 'yes' ? 'Confirmed' : one;
      if (question.type === 'date') return isDate(one) ? formatDate(one) : one;
      if (OPTION_TYPES.includes(question.type))
        return question.options.find(({ value }) => value === one)?.label ?? one;
      return CHOSEN_TYPES.includes(question.type) ? (names.get(one) ?? 'No longer on record') : one;
    })
    .join(takesSeveral(question.type) ? ', ' : ' ');
}
