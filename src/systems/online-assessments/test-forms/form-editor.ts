import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import {
  actionBar,
  card,
  errorFor,
  form,
  hiddenField,
  linkButton,
  plural,
  selectField,
  submitButton,
  textField,
} from '#ui';
import type { GroupCount } from '../item-bank/banks.ts';
import { type TestableUnit, unitInWords } from './units.ts';

export interface FormEditorOptions {
  readonly action: string;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly groups: readonly GroupCount[];
  readonly units: readonly TestableUnit[];
  /** The code stays the same over the versions and changes. */
  readonly codeFixed: boolean;
  readonly cancel: string;
}

/** The fields of a test form: what it is, how many questions of each group, time and rules. */
export function formEditor({ action, values, errors, groups, units, codeFixed, cancel }: FormEditorOptions): Safe {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const short = (name: string, label: string, hint?: string) =>
    textField({ name, label, ...(hint ? { hint } : {}), value: text(name), errors, width: 4, inputmode: 'numeric' });
  return form(
    { action, submissionId: crypto.randomUUID(), class: 'stack' },
    html`${card(
      { title: 'The test', id: 'test' },
      html`${textField({ name: 'title', label: 'Title', hint: 'Candidates see it.', value: text('title'), errors, maxlength: 160 })}
${
  codeFixed
    ? html`${hiddenField('code', text('code'))}`
    : textField({
        name: 'code',
        label: 'Code',
        hint: 'Short, such as ARH-1. It stays the same over the versions of the form.',
        value: text('code'),
        errors,
        width: 20,
        code: true,
        spellcheck: false,
        autocapitalize: 'characters',
      })
}
${selectField({ name: 'unit', label: 'Unit', hint: 'A form without a unit can be tried out, but not booked.', value: text('unit'), errors, placeholder: 'No unit', choices: units.map((unit) => ({ value: `${unit.productId} ${unit.unitCode}`, label: unitInWords(unit) })) })}`,
    )}
${card(
  {
    title: 'Questions of a paper',
    id: 'blueprint',
    flush: true,
    aside: html`<span class="muted small">Drawn anew for each sitting</span>`,
  },
  html`<ul class="ao-rows">${groups.map((group, index) => groupRow(group, index, text(`count-${index}`), errors))}</ul>`,
)}
${card(
  { title: 'Time and rules', id: 'rules' },
  html`<div class="split even wide">${short('minutes', 'Time in minutes', 'Without access arrangements.')}${short('passMark', 'Pass mark', 'Right answers needed.')}${short('hoursAfterRegistration', 'Hours after registration', 'Before a first sitting; 0 opens at once.')}${short('hoursAfterFail', 'Hours after a fail', 'Before the next sitting.')}${short('sittingsAllowed', 'Sittings allowed', 'Empty: any number.')}</div>`,
)}
${actionBar('Saved as a draft: somebody else checks and publishes it.', html`${linkButton('Cancel', cancel, { look: 'text' })}${submitButton('Save the draft')}`)}`,
  );
}

function groupRow(group: GroupCount, index: number, value: string, errors: readonly FieldError[]): Safe {
  const name = `count-${index}`;
  const error = errorFor(errors, name);
  return html`<li>${hiddenField(`group-${index}`, group.group)}${textField({
    name,
    label: html`<span class="strong">${group.group}</span>${group.topics && html` ${group.topics}`}`,
    hint: plural(group.live, 'live question'),
    value,
    errors: error ? [error] : [],
    width: 3,
    inputmode: 'numeric',
  })}</li>`;
}
