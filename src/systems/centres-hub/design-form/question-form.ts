/** The fields of a question on the designer's page, and what is read from them. */
import { z } from 'zod';
import type { FormValues } from '#platform/http/context.ts';
import { optionLines, questionProblems, readOptionLines, suggestKey } from '../forms/check-definition.ts';
import {
  conditionInWords,
  type FormDefinition,
  LIMITS,
  OPTION_TYPES,
  QUESTION_TYPES,
  type Question,
  type QuestionType,
  questionSchema,
  questionsOf,
} from '../forms/definition.ts';
import type { Compared } from './choose-version.ts';

const TYPES = Object.keys(QUESTION_TYPES) as [QuestionType, ...QuestionType[]];

/** A whole number, or nothing. */
const limit = z
  .string()
  .trim()
  .default('')
  .refine((typed) => /^(-?\d{1,9})?$/.test(typed), 'Enter a whole number, or leave it empty')
  .transform((typed) => (typed === '' ? null : Number(typed)));

/** As it comes from the page; `condition` has "KEY=ANSWER" for each answer that brings the question up. */
export const questionForm = z
  .object({
    label: z
      .string('Enter the question')
      .trim()
      .min(1, 'Enter the question')
      .max(200, 'Shorten the question to 200 characters'),
    key: z.string().trim().default(''),
    type: z.enum(TYPES, 'Choose the type of answer'),
    hint: z.string().trim().max(500, 'Shorten the hint to 500 characters').default(''),
    required: z.enum(['yes', 'no'], 'Choose whether it must be answered').transform((answer) => answer === 'yes'),
    options: z.string().default('').transform(readOptionLines),
    least: limit,
    most: limit,
    condition: z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.string().max(120))),
  })
  .transform(({ options, condition, least, most, ...rest }, check): Question => {
    const wrong = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    if (rest.key !== '' && !questionSchema.shape.key.safeParse(rest.key).success)
      wrong('key', 'A key begins with a small letter and has up to 40 letters and digits, such as "extraTime"');
    const named = new Set(condition.map((one) => one.slice(0, Math.max(0, one.indexOf('=')))));
    if (named.size > 1) wrong('condition', 'Choose answers of one question only, or of none to ask it always');
    const on = [...named][0];
    const takesOptions = OPTION_TYPES.includes(rest.type);
    if (takesOptions && options.length < 2) wrong('options', 'Enter at least two options, one on each line');
    if (options.length > LIMITS.options) wrong('options', `Enter ${LIMITS.options} options at most`);
    const longest = options.find(({ label, value }) => label.length > 200 || value.length > 60);
    if (longest) wrong('options', `Shorten the option "${longest.label.slice(0, 40)}..."`);
    const limited = rest.type === 'number';
    return {
      ...rest,
      options: takesOptions ? options : [],
      least: limited ? least : null,
      most: limited ? most : null,
      condition: on ? { question: on, is: condition.map((one) => one.slice(on.length + 1)) } : null,
    };
  });

export const valuesOf = (question: Question): FormValues => ({
  label: question.label,
  key: question.key,
  type: question.type,
  hint: question.hint,
  required: question.required ? 'yes' : 'no',
  options: optionLines(question.options),
  least: question.least === null ? '' : String(question.least),
  most: question.most === null ? '' : String(question.most),
  condition: question.condition?.is.map((answer) => `${question.condition?.question}=${answer}`) ?? [],
});

export interface Place {
  /** From 1. */
  readonly section: number;
  /** The key of the question that is changed; null: it is added at the end of the section. */
  readonly key: string | null;
}

/** The questions before a place: those a condition there can name. */
export function earlierThan(draft: FormDefinition, { section, key }: Place): Question[] {
  const before = draft.sections.slice(0, section - 1).flatMap(({ questions }) => questions);
  const own = draft.sections[section - 1]?.questions ?? [];
  const at = key === null ? own.length : own.findIndex((one) => one.key === key);
  return [...before, ...own.slice(0, at < 0 ? own.length : at)];
}

/** The section that holds a question, from 1; 0: there is no such question. */
export function sectionOf(draft: FormDefinition, key: string): number {
  return draft.sections.findIndex(({ questions }) => questions.some((one) => one.key === key)) + 1;
}

/** What is wrong with a question at its place, by field. */
export function placedProblems(
  draft: FormDefinition,
  place: Place,
  question: Question,
): { field: string; message: string }[] {
  const others = questionsOf(draft).filter(({ key }) => key !== place.key);
  if (others.some(({ key }) => key === question.key))
    return [{ field: 'key', message: `Another question has the key "${question.key}". Choose another key` }];
  const earlier = new Map(earlierThan(draft, place).map((one) => [one.key, one]));
  return questionProblems(question, earlier).map((message) => ({
    field: /condition|depends/.test(message) ? 'condition' : /option/.test(message) ? 'options' : 'least',
    message,
  }));
}

/** With a key, its own or one made of its words. */
export function keyed(draft: FormDefinition, place: Place, question: Question): Question {
  if (question.key !== '') return question;
  const others = questionsOf(draft).filter(({ key }) => key !== place.key);
  return {
    ...question,
    key: suggestKey(
      question.label,
      others.map(({ key }) => key),
    ),
  };
}

/** The draft with the question at its place. A changed key changes the conditions that name it. */
export function withQuestion(draft: FormDefinition, place: Place, question: Question): FormDefinition {
  const follow = (one: Question): Question =>
    place.key !== null && one.condition?.question === place.key
      ? { ...one, condition: { ...one.condition, question: question.key } }
      : one;
  return {
    ...draft,
    sections: draft.sections.map((section, index) => {
      const questions = section.questions.map((one) => (one.key === place.key ? question : follow(one)));
      const added = place.key === null && index === place.section - 1 ? [...questions, question] : questions;
      return { ...section, questions: added };
    }),
  };
}

/** Both texts of a question, for the choice between them. */
export function comparedQuestions(draft: FormDefinition, theirs: Question | undefined, mine: Question): Compared[] {
  const words = (question: Question | undefined): Record<string, string> =>
    question
      ? {
          Question: question.label,
          Key: question.key,
          Type: QUESTION_TYPES[question.type],
          Hint: question.hint,
          'Must be answered': question.required ? 'Yes' : 'No',
          Options: optionLines(question.options).replaceAll('\n', '; '),
          Least: question.least === null ? '' : String(question.least),
          Most: question.most === null ? '' : String(question.most),
          Condition: conditionInWords(draft, question) ?? 'Always asked',
        }
      : {};
  const was = words(theirs);
  return Object.entries(words(mine)).map(([label, typed]) => ({ label, theirs: was[label] ?? '', mine: typed }));
}
