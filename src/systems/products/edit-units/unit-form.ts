/** The form of one unit, with its learning outcomes and criteria as lines. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { checkboxes, radios, textareaField, textField } from '#ui';
import type { Content, DraftUnit } from '../drafts/content.ts';
import { readChoice, readFigure, readText, refuse } from '../edit-facts/typed-values.ts';
import { typed, typedList } from '../editing-page/editing-page.ts';
import { outcomeLines, readOutcomes } from '../outcomes/outcomes.ts';

const CODE = /^[A-Z0-9][A-Z0-9-]{0,29}$/;
const REFERENCE = /^[A-Z]\/\d{3}\/\d{4}$/;

/** The unit that a form states; `before` is its code until now, null for a new one. */
export const unitSchema = ({ units }: Content, before: string | null) =>
  z.record(z.string(), z.unknown()).transform((fields, check): DraftUnit => {
    const code = readText(fields, check, 'code', 'code', 30).toUpperCase();
    const reference = readText(fields, check, 'reference', 'reference', 12).toUpperCase();
    const title = readText(fields, check, 'title', 'title', 300);
    const level = readFigure(fields, check, 'level', 'level', [0, 8]);
    const outcomes = readOutcomes(String(fields.outcomes ?? ''));
    if (!CODE.test(code))
      refuse(check, 'code', 'Enter the code of the unit with letters, digits and hyphens, such as ARH-1');
    else if (code !== before && units.some((unit) => unit.code === code))
      refuse(check, 'code', `There is a unit ${code} already. Choose another code`);
    if (title === '') refuse(check, 'title', 'Enter the title of the unit');
    if (level === null && String(fields.level ?? '').trim() === '')
      refuse(check, 'level', 'Enter the level of the unit');
    if (reference !== '' && !REFERENCE.test(reference))
      refuse(check, 'reference', 'Enter the reference as on the register, such as R/601/3719, or leave it empty');
    if (!outcomes.ok) refuse(check, 'outcomes', outcomes.message);
    return {
      code,
      reference: reference || null,
      title,
      level: level ?? 0,
      credits: readFigure(fields, check, 'credits', 'credits', [0, 500]),
      guidedLearningHours: readFigure(fields, check, 'guidedLearningHours', 'hours', [0, 5000]),
      assessedBy: readChoice(fields, check, 'assessedBy', ['online_test', 'portfolio'], 'Choose how it is assessed'),
      outcomes: outcomes.ok ? outcomes.outcomes : [],
      figuresInvented: [fields.figuresInvented ?? []].flat().includes('yes'),
    };
  });

export const unitValues = (unit: DraftUnit): FormValues => ({
  code: unit.code,
  reference: unit.reference ?? '',
  title: unit.title,
  level: String(unit.level),
  credits: String(unit.credits ?? ''),
  guidedLearningHours: String(unit.guidedLearningHours ?? ''),
  assessedBy: unit.assessedBy,
  outcomes: outcomeLines(unit.outcomes),
  figuresInvented: unit.figuresInvented ? ['yes'] : [],
});

export function unitFields(values: FormValues, errors: readonly FieldError[]): Safe {
  return html`${textField({ name: 'code', label: 'Code', hint: 'Ours, used once in the product: ARH-1', value: typed(values, 'code'), errors, code: true, width: 20, autocomplete: 'off', spellcheck: false, autocapitalize: 'characters' })}
${textField({ name: 'title', label: 'Title', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${textField({ name: 'reference', label: 'Reference on the register (optional)', hint: 'Such as R/601/3719', value: typed(values, 'reference'), errors, code: true, width: 20, autocomplete: 'off', spellcheck: false })}
${textField({ name: 'level', label: 'Level', value: typed(values, 'level'), errors, inputmode: 'numeric', width: 2 })}
${textField({ name: 'credits', label: 'Credits (optional)', value: typed(values, 'credits'), errors, inputmode: 'numeric', width: 3 })}
${textField({ name: 'guidedLearningHours', label: 'Guided learning hours (optional)', value: typed(values, 'guidedLearningHours'), errors, inputmode: 'numeric', width: 4 })}
${radios({
  name: 'assessedBy',
  label: 'Assessed by',
  value: typed(values, 'assessedBy'),
  errors,
  inline: true,
  items: [
    { value: 'online_test', label: 'Online test' },
    { value: 'portfolio', label: 'Portfolio' },
  ],
})}
${textareaField({ name: 'outcomes', label: 'Learning outcomes and assessment criteria', hint: 'A line each, with its number: "1 Understand ...", beneath it "1.1 K Describe ..." or "1.2 S Carry out ...". K is knowledge, S is skill; the letter may be left out', value: typed(values, 'outcomes'), errors, rows: 12 })}
${checkboxes({ name: 'figuresInvented', label: 'Source', values: typedList(values, 'figuresInvented'), errors, items: [{ value: 'yes', label: 'It is made up, and the pages say so' }] })}`;
}
