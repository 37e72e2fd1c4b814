/** GET and POST /products/editing/:code/pathways: named choices, each with units that it makes mandatory. */
import { z } from 'zod';
import { textareaField } from '#ui';
import type { Content, Pathway } from '../drafts/content.ts';
import { pathwayLines } from '../drafts/differences.ts';
import { typed } from '../editing-page/editing-page.ts';
import { partForm } from '../editing-page/part-form.ts';
import { refuse } from './typed-values.ts';

const schema = ({ units }: Content) =>
  z.record(z.string(), z.unknown()).transform((fields, check): Pathway[] => {
    const known = new Map(units.map(({ code }) => [code.toUpperCase(), code]));
    const lines = String(fields.pathways ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
    return lines.map((line) => {
      const [title = '', rest = ''] = line.split(/:(.*)/s);
      const codes = rest.split(/[\s,;]+/).filter(Boolean);
      const strange = codes.filter((code) => !known.has(code.toUpperCase()));
      if (rest === '' || title.trim() === '')
        refuse(check, 'pathways', `"${line.slice(0, 60)}": write the name, a colon, then the codes of its units`);
      else if (strange.length > 0)
        refuse(check, 'pathways', `The product has no unit ${strange.join(', ')}. Look the codes up in the draft`);
      return {
        title: title.trim().slice(0, 120) || line.slice(0, 120),
        units: [...new Set(codes.map((code) => known.get(code.toUpperCase()) ?? code))],
      };
    });
  });

export const pathways = partForm<Pathway[]>({
  path: () => '/pathways',
  title: () => 'Pathways',
  what: () => 'the pathways',
  part: (content) => content.pathways,
  values: (content) => ({
    pathways: content.pathways.map(({ title, units }) => `${title}: ${units.join(', ')}`).join('\n'),
  }),
  schema,
  change: (content, value) => ({ ...content, pathways: value }),
  words: pathwayLines,
  fields: (values, errors) =>
    textareaField({
      name: 'pathways',
      label: 'Pathways',
      hint: 'One a line: its name, a colon, then the codes of the units that it makes mandatory. Optional units are groups of the rule of combination',
      value: typed(values, 'pathways'),
      errors,
      rows: 8,
    }),
});
