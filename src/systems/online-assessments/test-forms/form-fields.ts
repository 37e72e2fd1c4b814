/** The form in which a test form is written: its fields, and the sentences for what is wrong with them. */
import { z } from 'zod';
import type { FormValues } from '#platform/http/context.ts';
import type { BlueprintPart, TestForm } from './forms.ts';

/** The most questions of one group, and of a paper. */
const MOST_OF_GROUP = 200;
const MOST_QUESTIONS = 300;

export interface FormFields {
  readonly title: string;
  readonly code: string;
  /** `PRODUCT-ID CODE-OF-UNIT`, or null: the form is for no unit and cannot be booked. */
  readonly unit: { readonly productId: string; readonly unitCode: string } | null;
  readonly blueprint: readonly BlueprintPart[];
  readonly questions: number;
  readonly minutes: number;
  readonly passMark: number;
  readonly hoursAfterRegistration: number;
  readonly hoursAfterFail: number;
  readonly sittingsAllowed: number | null;
}

function wholeNumber(least: number, most: number, message: string) {
  return z
    .string({ error: message })
    .trim()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

const plainFields = z.object({
  title: z
    .string({ error: 'Enter a title' })
    .trim()
    .min(1, 'Enter a title')
    .max(160, 'Enter a title of at most 160 characters'),
  code: z
    .string({ error: 'Enter a code' })
    .trim()
    .toUpperCase()
    .regex(
      /^[A-Z][A-Z0-9-]{1,19}$/,
      'Enter a code of 2 to 20 letters, digits and hyphens that begins with a letter, such as ARH-1',
    ),
  unit: z
    .string()
    .regex(/^([0-9a-f-]{36} [^\s]{1,40})?$/, 'Choose a unit from the list')
    .transform((text) => {
      const [productId, unitCode] = text.split(' ');
      return productId && unitCode ? { productId, unitCode } : null;
    }),
  minutes: wholeNumber(1, 480, 'Enter the time in minutes, a whole number from 1 to 480'),
  passMark: wholeNumber(1, MOST_QUESTIONS, 'Enter the pass mark, a whole number of 1 or more'),
  hoursAfterRegistration: wholeNumber(0, 8760, 'Enter the hours after registration, 0 or more'),
  hoursAfterFail: wholeNumber(0, 8760, 'Enter the hours after a fail, 0 or more'),
  sittingsAllowed: z.union([
    z.literal('').transform(() => null),
    wholeNumber(1, 99, 'Enter how many sittings are allowed, 1 or more, or leave it empty for any number'),
  ]),
});

/** A row of the blueprint as typed: the group, and what stands in its field. */
export interface TypedPart {
  readonly field: string;
  readonly group: string;
  readonly typed: string;
}

/** The rows of the blueprint, in the order of the page. */
function typedParts(fields: unknown): TypedPart[] {
  const values = (typeof fields === 'object' && fields !== null ? fields : {}) as FormValues;
  const parts: TypedPart[] = [];
  for (let index = 0; typeof values[`group-${index}`] === 'string' && index < 2_000; index++) {
    const typed = values[`count-${index}`];
    parts.push({
      field: `count-${index}`,
      group: values[`group-${index}`] as string,
      typed: typeof typed === 'string' ? typed.trim() : '',
    });
  }
  return parts;
}

/** All fields at once, so that every error is shown in one go. */
export const formFields = z.unknown().transform((fields, context): FormFields => {
  const plain = plainFields.safeParse(fields);
  for (const issue of plain.error?.issues ?? []) {
    const message =
      issue.code === 'invalid_union' ? (issue.errors.at(-1)?.[0]?.message ?? issue.message) : issue.message;
    context.addIssue({ code: 'custom', path: [...issue.path], message });
  }
  const blueprint: BlueprintPart[] = [];
  for (const { field, group, typed } of typedParts(fields)) {
    if (typed === '' || typed === '0') continue;
    const count = /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN;
    if (count >= 1 && count <= MOST_OF_GROUP) blueprint.push({ group, count });
    else {
      const message = `Group ${group}: enter how many questions to draw, a whole number from 0 to ${MOST_OF_GROUP}`;
      context.addIssue({ code: 'custom', path: [field], message });
    }
  }
  const questions = blueprint.reduce((sum, { count }) => sum + count, 0);
  if (context.issues.length === 0) {
    if (questions === 0) {
      const message = 'Enter how many questions to draw from at least one group';
      context.addIssue({ code: 'custom', path: ['count-0'], message });
    } else if (questions > MOST_QUESTIONS) {
      const message = `The form has ${questions} questions. Ask for at most ${MOST_QUESTIONS}`;
      context.addIssue({ code: 'custom', path: ['count-0'], message });
    } else if (plain.data && plain.data.passMark > questions) {
      const message = `The form has ${questions} questions. Enter a pass mark of at most ${questions}`;
      context.addIssue({ code: 'custom', path: ['passMark'], message });
    }
  }
  if (!plain.success || context.issues.length > 0) return z.NEVER;
  return { ...plain.data, blueprint, questions };
});

/** A stored form as the values of its fields, for the groups as the page lists them. */
export function valuesOf(form: TestForm, groups: readonly string[]): FormValues {
  const counts = new Map(form.blueprint.map(({ group, count }) => [group, count]));
  return {
    title: form.title,
    code: form.code,
    unit: form.productId && form.unitCode ? `${form.productId} ${form.unitCode}` : '',
    minutes: String(Math.round(form.baseSeconds / 60)),
    passMark: String(form.passMark),
    hoursAfterRegistration: String(form.hoursAfterRegistration),
    hoursAfterFail: String(form.hoursAfterFail),
    sittingsAllowed: form.sittingsAllowed === null ? '' : String(form.sittingsAllowed),
    ...Object.fromEntries(groups.map((group, index) => [`count-${index}`, String(counts.get(group) ?? '')])),
  };
}
