/** What changes between two definitions of one form, in sentences for the person who publishes. */
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import { optionLines } from './check-definition.ts';
import { conditionInWords, type FormDefinition, QUESTION_TYPES, type Question, questionsOf } from './definition.ts';

export interface Difference {
  /** What it is about: "Title", or the label of a question. */
  readonly about: string;
  /** Null: it is new. */
  readonly before: string | null;
  /** Null: it is taken away. */
  readonly after: string | null;
}

export const roleWords = (roles: readonly Role[]): string => roles.map((role) => ROLE_NAMES[role]).join(', ');

/** Who reads what was sent by a form. */
export const READERS = {
  open: 'Whoever makes it, the office of the centre, and the awarding body',
  confidential: 'Whoever makes it, and those who decide it, alone',
} as const;

/** The facts of a form with their words, in the order of the designer's page. */
export function factsInWords(definition: FormDefinition): (readonly [string, string])[] {
  const { signature } = definition;
  return [
    ['Title', definition.title],
    ['What it is for', definition.summary],
    ['Introduction', definition.introduction],
    ['Filled in by', roleWords(definition.filledBy)],
    ['Signature', signature ? `${roleWords(signature.signedBy)}: ${signature.statement}` : 'None'],
    ['Decided by', roleWords(definition.decidedBy)],
    ['Working days allowed', String(definition.daysAllowed)],
    ['Decision', definition.decision === 'grant' ? 'Granted or refused' : 'Answered'],
    ['Effect', definition.effect ?? 'None'],
    ['Read by', definition.confidential ? READERS.confidential : READERS.open],
    ['Asked of each centre', definition.yearly ? 'Once a year' : 'Never: a centre begins one when it wants'],
  ];
}

/** A question with everything that a centre meets of it. */
export function questionInWords(definition: FormDefinition, question: Question): string {
  const parts = [
    QUESTION_TYPES[question.type],
    question.required ? 'must be answered' : 'may be left out',
    question.hint && `hint: ${question.hint}`,
    question.options.length > 0 && `options: ${optionLines(question.options).replaceAll('\n', '; ')}`,
    question.least !== null && `at least ${question.least}`,
    question.most !== null && `at most ${question.most}`,
    conditionInWords(definition, question)?.replace(/^O/, 'o'),
  ];
  return `${question.label} (${parts.filter(Boolean).join('; ')})`;
}

/** All differences; empty: both say the same. Questions are matched by key, sections by title. */
export function differences(before: FormDefinition | null, after: FormDefinition): Difference[] {
  const found: Difference[] = [];
  const note = (about: string, was: string | null, is: string | null) => {
    if (was !== is) found.push({ about, before: was, after: is });
  };
  const factsBefore = new Map(before ? factsInWords(before) : []);
  for (const [name, words] of factsInWords(after)) note(name, factsBefore.get(name) ?? null, words);
  const was = new Map((before ? questionsOf(before) : []).map((one) => [one.key, one]));
  const is = new Map(questionsOf(after).map((one) => [one.key, one]));
  for (const section of after.sections) {
    const same = before?.sections.find(({ title }) => title === section.title);
    if (!same) note('Section', null, section.title);
    note(`Guidance of "${section.title}"`, same?.guidance || null, section.guidance || null);
  }
  for (const { title } of before?.sections ?? []) {
    if (!after.sections.some((section) => section.title === title)) note('Section', title, null);
  }
  for (const [key, question] of is) {
    const old = was.get(key);
    note(`Question ${key}`, old && before ? questionInWords(before, old) : null, questionInWords(after, question));
  }
  for (const [key, question] of was) {
    if (!is.has(key) && before) note(`Question ${key}`, questionInWords(before, question), null);
  }
  const order = (definition: FormDefinition, other: ReadonlyMap<string, Question>) =>
    definition.sections
      .map(({ title, questions }) => `${title}: ${questions.filter((one) => other.has(one.key)).map((one) => one.key)}`)
      .join('; ');
  if (before && found.length === 0) note('Order of questions', order(before, is), order(after, was));
  return found;
}
