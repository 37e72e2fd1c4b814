/** The short way to write a question of a form that comes with the product. */
import type { CentreRole } from '#platform/permissions/capabilities.ts';
import { optionValue } from '../check-definition.ts';
import type { FormDefinition, Question, QuestionType } from '../definition.ts';

export interface ShippedForm {
  readonly code: string;
  readonly definition: FormDefinition;
}

export function ask(
  key: string,
  type: QuestionType,
  label: string,
  more: Partial<Omit<Question, 'key' | 'type' | 'label'>> = {},
): Question {
  return { key, type, label, hint: '', required: true, options: [], least: null, most: null, condition: null, ...more };
}

/** Options whose values are made of their words. */
export function options(...labels: string[]): { readonly options: Question['options'] } {
  return { options: labels.map((label) => ({ value: optionValue(label), label })) };
}

/** How well something went, in five steps. */
export const inFiveSteps = options('Very well', 'Well', 'Neither well nor badly', 'Badly', 'Very badly');

/** Asked only while the other question has one of these answers. */
export function onlyIf(question: string, ...is: string[]): { readonly condition: Question['condition'] } {
  return { condition: { question, is } };
}

export const optional = { required: false } as const;

/** The coordinator signs that what the form says is true. */
export const signedByCoordinator: FormDefinition['signature'] = {
  statement:
    'I have read this form. What it says is complete and true, and the people named in it know that it is sent to the awarding body.',
  signedBy: ['coordinator'],
};

export const OFFICE: CentreRole[] = ['coordinator', 'administrator'];
export const ALL_STAFF: CentreRole[] = ['coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion'];
