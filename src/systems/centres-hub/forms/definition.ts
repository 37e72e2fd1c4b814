/** What a form is: sections of questions with conditions, who signs, who decides, in how many days. Data, never code. */
import { z } from 'zod';
import { BODY_ROLES, CENTRE_ROLES } from '#platform/permissions/capabilities.ts';

/** The types of question, with the words a designer reads. */
export const QUESTION_TYPES = {
  short_text: 'One line of text',
  long_text: 'Several lines of text',
  number: 'A whole number',
  date: 'A date',
  email: 'An e-mail address',
  yes_no: 'Yes or no',
  one_of: 'One of several',
  some_of: 'Any of several',
  tick: 'A sentence to confirm',
  file: 'Files',
  candidate: 'A candidate of the centre',
  product: 'A product the centre is approved for',
  any_product: 'Any published product',
  site: 'A site of the centre',
  staff_member: 'Users or staff members of the centre',
} as const;
export type QuestionType = keyof typeof QUESTION_TYPES;
/** Types whose answers are options that the designer writes. */
export const OPTION_TYPES: readonly QuestionType[] = ['one_of', 'some_of'];
/** Types whose answers are ids of things that exist elsewhere. */
export const CHOSEN_TYPES: readonly QuestionType[] = ['candidate', 'product', 'any_product', 'site', 'staff_member'];

export const LIMITS = { sections: 20, questionsInSection: 30, options: 50, files: 5 } as const;

const key = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9]{0,39}$/,
    'A key begins with a small letter and has letters and digits only, such as "extraTime"',
  );
const words = (most: number, what: string) =>
  z.string().trim().min(1, `Enter ${what}`).max(most, `Shorten ${what} to ${most} characters`);

/** The question is asked only while another, earlier one has one of these answers. */
const conditionSchema = z.object({ question: key, is: z.array(z.string().max(200)).min(1).max(LIMITS.options) });

export const questionSchema = z.object({
  key,
  type: z.enum(Object.keys(QUESTION_TYPES) as [QuestionType, ...QuestionType[]]),
  label: words(200, 'the question'),
  hint: z.string().trim().max(500).default(''),
  required: z.boolean().default(true),
  /** Of one_of and some_of; an option's value is what stands in the answer. */
  options: z
    .array(z.object({ value: z.string().trim().min(1).max(60), label: z.string().trim().min(1).max(200) }))
    .max(LIMITS.options)
    .default([]),
  /** Of number: the least and the most that is taken. */
  least: z.number().int().nullable().default(null),
  most: z.number().int().nullable().default(null),
  condition: conditionSchema.nullable().default(null),
});

export const sectionSchema = z.object({
  title: words(120, 'the title of the section'),
  guidance: z.string().trim().max(2000).default(''),
  questions: z.array(questionSchema).max(LIMITS.questionsInSection),
});

export const definitionSchema = z.object({
  title: words(120, 'the title'),
  /** What it is for and when to use it, for the list of forms. */
  summary: words(400, 'what the form is for'),
  /** Text above the first section. */
  introduction: z.string().trim().max(3000).default(''),
  /** Roles at a centre that may fill it in. */
  filledBy: z.array(z.enum(CENTRE_ROLES)).min(1, 'Choose who fills the form in'),
  /** A signature, given by typing one's name under this statement; null: none is asked. */
  signature: z
    .object({
      statement: words(600, 'the statement that is signed'),
      signedBy: z.array(z.enum(CENTRE_ROLES)).min(1, 'Choose who signs'),
    })
    .nullable(),
  /** Roles of the awarding body that decide. */
  decidedBy: z.array(z.enum(BODY_ROLES)).min(1, 'Choose who decides'),
  /** Working days (Monday to Friday, without the bank holidays of England and Wales) from submission to decision. */
  daysAllowed: z
    .number('Enter the days allowed')
    .int()
    .min(1, 'Allow at least 1 day')
    .max(120, 'Allow at most 120 days'),
  /** Answer: nothing is granted or refused, the reply itself is the decision (feedback, a general request). */
  decision: z.enum(['grant', 'answer']),
  /** The named effect of granting it, one of `decisionEffects()`; null: the decision is words alone. */
  effect: z.string().max(60).nullable().default(null),
  /** True: each approved centre is asked once a year, in "What needs you". Left out: a centre begins one when it wants. */
  yearly: z.boolean().optional(),
  /**
   * True: at the centre only whoever began or submitted a request of it reads it, at the awarding body only the roles
   * that decide. Left out: the office of the centre and the awarding body read it too.
   */
  confidential: z.boolean().optional(),
  sections: z.array(sectionSchema).min(1, 'Add a section').max(LIMITS.sections),
});

/**
 * A definition under work: the same shape, of which parts may be empty still. What is published has to pass
 * `definitionSchema` and the rules of check-definition.ts.
 */
export const draftSchema = definitionSchema.extend({
  summary: z.string().trim().max(400).default(''),
  filledBy: z.array(z.enum(CENTRE_ROLES)).default([]),
  decidedBy: z.array(z.enum(BODY_ROLES)).default([]),
  sections: z.array(sectionSchema).max(LIMITS.sections),
});

/** A definition in which nothing is decided yet but its title. */
export function emptyDraft(title: string): FormDefinition {
  return {
    title,
    summary: '',
    introduction: '',
    filledBy: [],
    signature: null,
    decidedBy: [],
    daysAllowed: 10,
    decision: 'grant',
    effect: null,
    sections: [],
  };
}

export type FormDefinition = z.infer<typeof definitionSchema>;
export type Section = FormDefinition['sections'][number];
export type Question = Section['questions'][number];
/**
 * Answers by question key. Texts; lists for some_of and staff_member; files are rows of their own. Dates YYYY-MM-DD; in
 * a draft also what was typed of one, "31/2/2026". A staff_member is the id of a person who is a user, or of a staff
 * member. `KEY#words` holds what the ids of KEY were called on the day of submission; in a draft `KEY@3` holds an answer
 * to version 3 that a later version has no place for.
 */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** All questions in their order. */
export function questionsOf(definition: Pick<FormDefinition, 'sections'>): readonly Question[] {
  return definition.sections.flatMap(({ questions }) => questions);
}

/** The question with this key. */
export function questionOf(definition: Pick<FormDefinition, 'sections'>, key: string): Question | undefined {
  return questionsOf(definition).find((question) => question.key === key);
}

/** What a condition on this question can name, with its words; empty for a type that no condition names. */
export function conditionAnswers(question: Question): readonly { readonly value: string; readonly label: string }[] {
  if (question.type === 'one_of' || question.type === 'some_of') return question.options;
  if (question.type === 'yes_no')
    return [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ];
  return question.type === 'tick' ? [{ value: 'yes', label: 'Confirmed' }] : [];
}

/** A condition in words: 'Only if "Which arrangements?" is "Extra time" or "Reader"'. */
export function conditionInWords(definition: Pick<FormDefinition, 'sections'>, question: Question): string | null {
  const { condition } = question;
  if (condition === null) return null;
  const named = questionOf(definition, condition.question);
  const labels = condition.is.map(
    (value) => `"${(named && conditionAnswers(named).find((one) => one.value === value)?.label) ?? value}"`,
  );
  const list = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(labels);
  return `Only if "${named?.label ?? condition.question}" is ${list}`;
}

/** An answer as a list; nothing answered is an empty one. */
export function answerList(answers: Answers, question: string): readonly string[] {
  const given = answers[question];
  if (given === undefined || given === '') return [];
  return typeof given === 'string' ? [given] : given;
}

/**
 * The questions that these answers bring up, in order. A condition holds only while the question it names is itself
 * asked, so a chain falls together.
 */
export function askedQuestions(definition: Pick<FormDefinition, 'sections'>, answers: Answers): readonly Question[] {
  const asked = new Map<string, Question>();
  for (const question of questionsOf(definition)) {
    const { condition } = question;
    const named = condition === null ? undefined : asked.get(condition.question);
    const holds =
      condition === null ||
      (named !== undefined &&
        conditionAnswers(named).length > 0 &&
        answerList(answers, named.key).some((given) => condition.is.includes(given)));
    if (holds) asked.set(question.key, question);
  }
  return [...asked.values()];
}
