/** GET and POST /products/editing/:code/facts: what the product is called and what kind it is. */
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { checkboxes, radios, selectField, textField } from '#ui';
import { PRODUCT_KINDS, type ProductKind } from '../catalogue/catalogue.ts';
import { type Content, LANGUAGES, type Language } from '../drafts/content.ts';
import { factLines } from '../drafts/differences.ts';
import { typed, typedList } from '../editing-page/editing-page.ts';
import { partForm } from '../editing-page/part-form.ts';
import { qualificationNumberFrom } from '../qualification-number/qualification-number.ts';
import { readChoice, readFigure, readText, refuse } from './typed-values.ts';

const KINDS = Object.keys(PRODUCT_KINDS) as ProductKind[];

type Facts = Pick<
  Content,
  'title' | 'kind' | 'level' | 'qualificationNumber' | 'validityMonths' | 'renewable' | 'languages'
>;

const schema = z.record(z.string(), z.unknown()).transform((fields, check): Facts => {
  const number = readText(fields, check, 'qualificationNumber', 'qualification number', 20);
  const qualificationNumber = number === '' ? null : qualificationNumberFrom(number);
  if (number !== '' && qualificationNumber === null)
    refuse(check, 'qualificationNumber', 'Enter the qualification number as on the register, such as 500/6771/0');
  return {
    title: readText(fields, check, 'title', 'title', 200),
    kind: readChoice(fields, check, 'kind', KINDS, 'Choose the type of product'),
    level: readFigure(fields, check, 'level', 'level', [0, 8]),
    qualificationNumber,
    validityMonths: readFigure(fields, check, 'validityMonths', 'months', [1, 240]),
    renewable: fields.renewable === 'yes',
    languages: (Object.keys(LANGUAGES) as Language[]).filter((one) => [fields.languages ?? []].flat().includes(one)),
  };
});

const factsOf = ({
  title,
  kind,
  level,
  qualificationNumber,
  validityMonths,
  renewable,
  languages,
}: Content): Facts => ({ title, kind, level, qualificationNumber, validityMonths, renewable, languages });

export const facts = partForm<Facts>({
  path: () => '/facts',
  title: () => 'Facts',
  what: () => 'the facts',
  part: factsOf,
  values: (content) => ({
    title: content.title,
    kind: content.kind,
    level: String(content.level ?? ''),
    qualificationNumber: content.qualificationNumber ?? '',
    validityMonths: String(content.validityMonths ?? ''),
    renewable: content.renewable ? 'yes' : 'no',
    languages: [...content.languages],
  }),
  schema: () => schema,
  change: (content, value) => ({ ...content, ...value }),
  words: factLines,
  fields: (
    values,
    errors,
  ) => html`${textField({ name: 'title', label: 'Title', hint: 'Word for word as on the register: awarding body, level, type, content (condition E2). It is the same everywhere', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${radios({ name: 'kind', label: 'Type', value: typed(values, 'kind'), errors, items: KINDS.map((value) => ({ value, label: PRODUCT_KINDS[value] })) })}
${selectField({ name: 'level', label: 'Level', value: typed(values, 'level'), errors, placeholder: 'Not said yet', choices: ['0', '1', '2', '3', '4', '5', '6', '7', '8'].map((value) => ({ value, label: value === '0' ? 'Entry level' : `Level ${value}` })) })}
${textField({ name: 'qualificationNumber', label: 'Qualification number', hint: 'As on the register: 500/6771/0. Leave it empty for what is not on it', value: typed(values, 'qualificationNumber'), errors, code: true, width: 20, autocomplete: 'off', spellcheck: false })}
${textField({ name: 'validityMonths', label: 'Good for how many months?', hint: '36 for IMI Accreditation. Empty: without end', value: typed(values, 'validityMonths'), errors, inputmode: 'numeric', width: 3 })}
${radios({
  name: 'renewable',
  label: 'Can it be renewed?',
  value: typed(values, 'renewable'),
  errors,
  inline: true,
  items: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
})}
${checkboxes({ name: 'languages', label: 'Languages of assessment', hint: 'A centre asks before it registers for another one', values: typedList(values, 'languages'), errors, items: Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })) })}`,
});
