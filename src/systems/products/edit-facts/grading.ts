/** GET and POST /products/editing/:code/grading: how the grade of the product comes of the grades of its units. */
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { radios, textField } from '#ui';
import { gradingLines } from '../drafts/differences.ts';
import { typed } from '../editing-page/editing-page.ts';
import { partForm } from '../editing-page/part-form.ts';
import { type Aggregation, aggregationProblem, GRADES, type Weight } from '../grading/grading.ts';
import { readChoice, readFigure, refuse } from './typed-values.ts';

const KINDS = ['pass', 'lowest', 'points', 'share'] as const;
const WEIGHTS: readonly Weight[] = ['unit', 'credit'];
const HINTS = {
  pass: 'Every unit that is needed is achieved: pass',
  lowest: 'The grade of the lowest unit that is needed',
  points: 'Points for each grade, summed, against a table',
  share: 'So many percent of the units at a grade or above',
};
const LABELS = { pass: 'Pass only', lowest: 'Lowest grade', points: 'Points table', share: 'Percentages' };

const schema = z.record(z.string(), z.unknown()).transform((fields, check): Aggregation => {
  const kind = readChoice(fields, check, 'kind', KINDS, 'Choose how the grade is worked out');
  if (kind === 'pass' || kind === 'lowest') return { kind };
  const per = readChoice(fields, check, 'per', WEIGHTS, 'Choose what is counted: units or credits');
  const needed = (name: string, what: string, range: readonly [number, number]): number => {
    const value = readFigure(fields, check, name, what, range);
    if (value === null && String(fields[name] ?? '').trim() === '') refuse(check, name, `Enter the ${what}`);
    return value ?? range[0];
  };
  const found: Aggregation =
    kind === 'share'
      ? {
          kind,
          per,
          merit: needed('meritPercent', 'percent for merit', [1, 100]),
          distinction: needed('distinctionPercent', 'percent for distinction', [1, 100]),
        }
      : {
          kind,
          per,
          points: {
            pass: needed('passPoints', 'points for a pass', [0, 1000]),
            merit: needed('meritPoints', 'points for a merit', [0, 1000]),
            distinction: needed('distinctionPoints', 'points for a distinction', [0, 1000]),
          },
          merit: needed('meritFrom', 'points from which it is a merit', [0, 1000]),
          distinction: needed('distinctionFrom', 'points from which it is a distinction', [0, 1000]),
        };
  const problem = aggregationProblem(found);
  if (problem) refuse(check, 'kind', problem);
  return found;
});

const number = (name: string, label: string) => [name, label] as const;
const POINTS = [
  number('passPoints', 'Points for a pass'),
  number('meritPoints', 'Points for a merit'),
  number('distinctionPoints', 'Points for a distinction'),
  number('meritFrom', 'Merit from how many points in all?'),
  number('distinctionFrom', 'Distinction from how many points in all?'),
];
const SHARES = [
  number('meritPercent', 'Percent at merit or above for a merit'),
  number('distinctionPercent', 'Percent at distinction for a distinction'),
];

export const grading = partForm<Aggregation>({
  path: () => '/grading',
  title: () => 'Grading',
  lead: 'The rule is kept with the version, because candidates are told how a result came about (condition H5.4).',
  what: () => 'grading',
  part: ({ aggregation }) => aggregation,
  values: ({ aggregation: rule }) => ({
    kind: rule.kind,
    ...('per' in rule && { per: rule.per }),
    ...(rule.kind === 'points' && {
      ...Object.fromEntries(GRADES.map((grade) => [`${grade}Points`, String(rule.points[grade])])),
      meritFrom: String(rule.merit),
      distinctionFrom: String(rule.distinction),
    }),
    ...(rule.kind === 'share' && { meritPercent: String(rule.merit), distinctionPercent: String(rule.distinction) }),
  }),
  schema: () => schema,
  change: (content, aggregation) => ({ ...content, aggregation }),
  words: gradingLines,
  fields: (
    values,
    errors,
  ) => html`${radios({ name: 'kind', label: 'How is the grade worked out?', value: typed(values, 'kind'), errors, items: KINDS.map((value) => ({ value, label: LABELS[value], hint: HINTS[value] })) })}
${radios({
  name: 'per',
  label: 'What is counted? (points table and percentages)',
  value: typed(values, 'per'),
  errors,
  inline: true,
  items: [
    { value: 'unit', label: 'Units' },
    { value: 'credit', label: 'Credits' },
  ],
})}
<h2>Points table</h2>
${POINTS.map(([name, label]) => textField({ name, label, value: typed(values, name), errors, inputmode: 'numeric', width: 4 }))}
<h2>Percentages</h2>
${SHARES.map(([name, label]) => textField({ name, label, value: typed(values, name), errors, inputmode: 'numeric', width: 3 }))}`,
});
