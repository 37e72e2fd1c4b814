import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { actionBar, card, form, hiddenField, linkButton, selectField, submitButton, table, textField } from '#ui';
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
<div class="split wide">${card(
      {
        title: 'Questions of a paper',
        id: 'blueprint',
        flush: true,
        aside: html`<span class="muted small">Drawn anew for each sitting</span>`,
      },
      table<Row>({
        caption: 'Questions to draw from each group',
        rows: groups.map((group, index) => ({ ...group, index })),
        columns: [
          { label: 'Group', header: true, class: 'code nw', cell: ({ group }) => group },
          { label: 'Topic', phone: 'plain', cell: ({ topics }) => topics },
          { label: 'Live questions', numeric: true, cell: ({ live }) => live },
          { label: 'Draw', cell: (row) => drawField(row, text(`count-${row.index}`), errors) },
        ],
      }),
    )}
${card(
  { title: 'Time and rules', id: 'rules' },
  html`${short('minutes', 'Time in minutes', 'Without access arrangements.')}${short('passMark', 'Pass mark', 'Right answers needed.')}${short('hoursAfterRegistration', 'Hours after registration', 'Before a first sitting; 0 opens at once.')}${short('hoursAfterFail', 'Hours after a fail', 'Before the next sitting.')}${short('sittingsAllowed', 'Sittings allowed', 'Empty: any number.')}`,
)}</div>
${actionBar('Saved as a draft: somebody else checks and publishes it.', html`${linkButton('Cancel', cancel, { look: 'text' })}${submitButton('Save the draft')}`)}`,
  );
}

type Row = GroupCount & { readonly index: number };

function drawField({ group, index }: Row, value: string, errors: readonly FieldError[]): Safe {
  return html`${hiddenField(`group-${index}`, group)}${textField({
    name: `count-${index}`,
    label: `Questions from ${group}`,
    hideLabel: true,
    value,
    errors,
    width: 3,
    inputmode: 'numeric',
  })}`;
}
