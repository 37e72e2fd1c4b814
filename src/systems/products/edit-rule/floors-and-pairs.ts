/** What the rule asks besides its tree: least credits in all and by level, and units of equal content. */
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { checkboxes, selectField, textField } from '#ui';
import { readFigure, refuse } from '../edit-facts/typed-values.ts';
import { typed, typedList } from '../editing-page/editing-page.ts';
import type { Rule } from '../rule-of-combination/rule.ts';
import { ruleForm } from './rule-form.ts';

const LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8];
/** Every way of counting barred pairs is looked at, so there is a limit. */
const MOST_PAIRS = 12;

type Floors = Pick<Rule, 'minimumCredits' | 'creditFloors'>;

/** GET and POST /products/editing/:code/rule/floors */
export const floors = ruleForm<Floors>({
  path: '/rule/floors',
  title: () => 'Least credits',
  button: 'Save least credits',
  fits: (_content, at) => at === '',
  values: ({ rule }) => ({
    total: String(rule.minimumCredits ?? ''),
    ...Object.fromEntries((rule.creditFloors ?? []).map(({ level, credits }) => [`level${level}`, String(credits)])),
  }),
  schema: () =>
    z.record(z.string(), z.unknown()).transform((fields, check): Floors => {
      const total = readFigure(fields, check, 'total', 'credits in all', [1, 2000]);
      const creditFloors = LEVELS.flatMap((level) => {
        const credits = readFigure(fields, check, `level${level}`, `credits at level ${level}`, [1, 2000]);
        return credits === null ? [] : [{ level, credits }];
      });
      return { minimumCredits: total ?? undefined, creditFloors };
    }),
  change: (rule, { minimumCredits, creditFloors }) => {
    const { minimumCredits: _, creditFloors: __, ...rest } = rule;
    return {
      ...rest,
      ...(minimumCredits !== undefined && { minimumCredits }),
      ...(creditFloors && creditFloors.length > 0 && { creditFloors }),
    };
  },
  fields: (values, errors, { units, rule }) => {
    const levels = [
      ...new Set([...units.map(({ level }) => level), ...(rule.creditFloors ?? []).map(({ level }) => level)]),
    ].sort((a, b) => a - b);
    return html`${textField({ name: 'total', label: 'Credits in all', hint: 'Empty: the tree alone decides', value: typed(values, 'total'), errors, inputmode: 'numeric', width: 4 })}
${levels.map((level) => textField({ name: `level${level}`, label: `Credits at level ${level} or above`, value: typed(values, `level${level}`), errors, inputmode: 'numeric', width: 4 }))}`;
  },
});

type Pairs = Rule['barred'];

/** GET and POST /products/editing/:code/rule/barred */
export const barred = ruleForm<Pairs>({
  path: '/rule/barred',
  title: () => 'Equal content',
  button: 'Save the pairs',
  fits: (_content, at) => at === '',
  values: ({ rule }) => ({ pairs: rule.barred.map((pair) => pair.join(' ')) }),
  schema: ({ units, rule }) =>
    z.record(z.string(), z.unknown()).transform((fields, check): Pairs => {
      const kept = [fields.pairs ?? []].flat();
      const pairs = rule.barred.filter((pair) => kept.includes(pair.join(' ')));
      const [one, other] = ['one', 'other'].map((name) => String(fields[name] ?? ''));
      if (!one && !other) return pairs;
      const known = (code: string | undefined) => units.some((unit) => unit.code === code);
      if (!known(one) || !known(other)) refuse(check, known(one) ? 'other' : 'one', 'Choose both units of the pair');
      else if (one === other) refuse(check, 'other', 'Choose two different units');
      else if (pairs.some((pair) => pair.includes(one as string) && pair.includes(other as string)))
        refuse(check, 'one', 'This pair is there already');
      else if (pairs.length >= MOST_PAIRS) refuse(check, 'one', `A rule has ${MOST_PAIRS} pairs at most`);
      return [...pairs, [one as string, other as string] as const];
    }),
  change: (rule, pairs) => ({ ...rule, barred: pairs }),
  fields: (values, errors, { units, rule }) => {
    const choices = units.map(({ code, title }) => ({ value: code, label: `${code} ${title}` }));
    return html`<p>Of two units with equal content one counts, whichever serves the candidate best.</p>
${
  rule.barred.length > 0 &&
  checkboxes({
    name: 'pairs',
    label: 'Pairs of this rule',
    hint: 'Untick one to take it out',
    values: typedList(values, 'pairs'),
    errors,
    items: rule.barred.map((pair) => ({ value: pair.join(' '), label: pair.join(' and ') })),
  })
}
${selectField({ name: 'one', label: 'A pair more: one unit (optional)', value: typed(values, 'one'), errors, placeholder: 'None', choices })}
${selectField({ name: 'other', label: 'The other unit', value: typed(values, 'other'), errors, placeholder: 'None', choices })}`;
  },
});
