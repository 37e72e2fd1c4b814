/** GET and POST /products/editing/:code/size: total qualification time, guided learning, credit, and the dates. */
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { checkboxes, dateField, note, textField } from '#ui';
import { sizeProblems } from '../drafts/check-draft.ts';
import type { Content } from '../drafts/content.ts';
import { sizeLines } from '../drafts/differences.ts';
import { typed, typedList } from '../editing-page/editing-page.ts';
import { partForm } from '../editing-page/part-form.ts';
import { dayAsTyped, readDay, readFigure, typedDay } from './typed-values.ts';

type Size = Pick<
  Content,
  | 'totalQualificationTime'
  | 'guidedLearningHours'
  | 'credits'
  | 'figuresInvented'
  | 'operationalStart'
  | 'operationalEnd'
  | 'certificationEnd'
  | 'reviewOn'
>;
const DAYS = [
  ['operationalStart', 'Operational start', 'First day of registration'],
  ['operationalEnd', 'Last registration', 'Empty: no end is set'],
  ['certificationEnd', 'Last certification', 'Empty: no end is set. Nobody can claim after it'],
  ['reviewOn', 'Review', 'When the awarding body looks at the product again'],
] as const;

const schema = z.record(z.string(), z.unknown()).transform((fields, check): Size => {
  const hours = (name: string, what: string) => readFigure(fields, check, name, what, [0, 20_000]);
  const day = (name: string, what: string) => readDay(fields, check, name, what);
  return {
    totalQualificationTime: hours('totalQualificationTime', 'total qualification time in hours'),
    guidedLearningHours: hours('guidedLearningHours', 'guided learning in hours'),
    credits: readFigure(fields, check, 'credits', 'credits', [0, 2000]),
    figuresInvented: [fields.figuresInvented ?? []].flat().includes('yes'),
    operationalStart: day('operationalStart', 'operational start'),
    operationalEnd: day('operationalEnd', 'last registration'),
    certificationEnd: day('certificationEnd', 'last certification'),
    reviewOn: day('reviewOn', 'review date'),
  };
});

const sizeOf = (content: Content): Size => ({
  totalQualificationTime: content.totalQualificationTime,
  guidedLearningHours: content.guidedLearningHours,
  credits: content.credits,
  figuresInvented: content.figuresInvented,
  operationalStart: content.operationalStart,
  operationalEnd: content.operationalEnd,
  certificationEnd: content.certificationEnd,
  reviewOn: content.reviewOn,
});

export const size = partForm<Size>({
  path: () => '/size',
  title: () => 'Size and dates',
  what: () => 'size and dates',
  part: sizeOf,
  values: (content) => ({
    totalQualificationTime: String(content.totalQualificationTime ?? ''),
    guidedLearningHours: String(content.guidedLearningHours ?? ''),
    credits: String(content.credits ?? ''),
    figuresInvented: content.figuresInvented ? ['yes'] : [],
    ...dayAsTyped('operationalStart', content.operationalStart),
    ...dayAsTyped('operationalEnd', content.operationalEnd),
    ...dayAsTyped('certificationEnd', content.certificationEnd),
    ...dayAsTyped('reviewOn', content.reviewOn),
  }),
  schema: () => schema,
  change: (content, value) => ({ ...content, ...value }),
  words: sizeLines,
  fields: (
    values,
    errors,
    content,
  ) => html`${sizeProblems(content).map(({ message }) => note(message, { tone: 'warn', class: 'mb' }))}
${textField({ name: 'totalQualificationTime', label: 'Total qualification time, hours', hint: 'Guided learning and everything a candidate does besides; never less than guided learning (condition E7)', value: typed(values, 'totalQualificationTime'), errors, inputmode: 'numeric', width: 5 })}
${textField({ name: 'guidedLearningHours', label: 'Guided learning hours', value: typed(values, 'guidedLearningHours'), errors, inputmode: 'numeric', width: 5 })}
${textField({ name: 'credits', label: 'Credits', hint: 'Total qualification time divided by 10, rounded to the nearest whole number (condition E8.2)', value: typed(values, 'credits'), errors, inputmode: 'numeric', width: 5 })}
${checkboxes({ name: 'figuresInvented', label: 'Source of these figures', values: typedList(values, 'figuresInvented'), errors, items: [{ value: 'yes', label: 'They are made up, and the pages say so' }] })}
${DAYS.map(([name, label, hint]) => dateField({ name, label, hint, value: typedDay(values, name), errors }))}`,
});
