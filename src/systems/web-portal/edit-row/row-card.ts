import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import { buttonRow, card, details, form, hiddenField, note, radios, submitButton, tag, textField } from '#ui';
import { FIELD_WORDS, type ImportField } from '../imports/import-fields.ts';
import { importHref } from '../imports/import-page.ts';
import type { Import, ImportRow, RowState } from '../imports/imports.ts';

const ROW_STATE_WORDS: Record<RowState, string> = {
  new: 'Not checked',
  ready: 'Ready',
  fault: 'To correct',
  undecided: 'To answer',
  left_out: 'Left out',
};

export function rowStateTag(state: RowState): Safe {
  if (state === 'fault') return tag(ROW_STATE_WORDS.fault, 'bad', 'alert');
  if (state === 'undecided') return tag(ROW_STATE_WORDS.undecided, 'warn', 'info');
  return tag(ROW_STATE_WORDS[state], state === 'ready' ? 'ok' : undefined);
}

/** The text of a field in a row. */
export function cellOf(
  { columns }: Pick<Import, 'columns'>,
  { cells }: Pick<ImportRow, 'cells'>,
  field: ImportField,
): string {
  const at = columns.indexOf(field);
  return at < 0 ? '' : (cells[at] ?? '').trim();
}

/** The name in a row, for people to read: whatever stands there. */
export function rowName(from: Pick<Import, 'columns'>, row: Pick<ImportRow, 'cells'>): string {
  const name = `${cellOf(from, row, 'givenNames')} ${cellOf(from, row, 'familyName')}`.trim().replace(/\p{Cf}/gu, '');
  return name.length > 60 ? `${name.slice(0, 60)}…` : name || 'No name';
}

interface RowCard {
  readonly from: Import;
  readonly row: ImportRow;
  /** Which rows are looked at, to come back to. */
  readonly show: string;
  /** Of a refused form, where what was typed has to be shown. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
}

/** A row with what is wrong, its cells to correct, and the answers to what it asks. */
export function rowCard({ from, row, show, typed, errors = [] }: RowCard): Safe {
  const fields = from.columns.flatMap((field) => (field === '' ? [] : [field]));
  const faults = row.faults.map(({ field, message }) => ({ field, message }));
  const wrong = fields.filter((field) => faults.some((fault) => fault.field === field));
  const others = fields.filter((field) => !wrong.includes(field));
  const elsewhere = faults.filter(({ field }) => !fields.some((one) => one === field));
  const leftOut = row.choice === 'leave_out';
  const input = (field: ImportField) =>
    textField({
      name: field,
      id: `r${row.number}-${field}`,
      label: FIELD_WORDS[field],
      value: typed?.[field] ?? cellOf(from, row, field),
      errors: leftOut ? [] : [...errors, ...faults],
      autocomplete: 'off',
      spellcheck: false,
    });
  return card(
    { title: html`Row ${row.number}: ${rowName(from, row)}`, id: `row-${row.number}`, aside: rowStateTag(row.state) },
    form(
      { action: importHref(from, `/rows/${row.number}`), label: `Row ${row.number}` },
      html`${hiddenField('rowVersion', row.version)}${hiddenField('show', show)}
${!leftOut && elsewhere.map(({ message }) => note(message, { tone: 'bad', class: 'mb' }))}
${row.warnings.filter(({ kind }) => kind === 'late' || leftOut).map(({ message }) => note(message, { tone: 'warn', icon: 'clock', class: 'mb' }))}
${!leftOut && question(row)}
${wrong.length > 0 && html`<div class="grid g2">${wrong.map(input)}</div>`}
${others.length > 0 && details(wrong.length > 0 ? 'The other cells' : 'The cells of the row', html`<div class="grid g2">${others.map(input)}</div>`)}
${buttonRow(
  submitButton(`Save row ${row.number}`, { name: 'do', value: 'save', small: true }),
  leftOut
    ? submitButton('Take in again', {
        name: 'do',
        value: 'take_in',
        look: 'quiet',
        small: true,
        label: `Take row ${row.number} in again`,
      })
    : submitButton('Leave out', {
        name: 'do',
        value: 'leave_out',
        look: 'quiet',
        small: true,
        label: `Leave out row ${row.number}`,
      }),
)}`,
    ),
  );
}

/** What a row asks: whether it is about somebody who is known. */
function question(row: ImportRow): Safe | null {
  const asking = row.warnings.filter(({ kind }) => kind !== 'late');
  if (asking.length === 0) return null;
  const certain = asking.find((warning) => warning.certain);
  if (certain) return note(certain.message, { class: 'mb' });
  const matches = asking.filter(({ kind }) => kind === 'match');
  return radios({
    name: 'choice',
    id: `r${row.number}-choice`,
    label: html`Row ${row.number} is about`,
    hint: html`${asking.map(({ message }, at) => html`${at > 0 && ' '}${message}.`)}`,
    value: row.choice,
    small: true,
    items: [
      ...matches.map(({ candidateId, label }) => ({ value: `same:${candidateId}`, label: label ?? '' })),
      ...(matches.some(({ sameUln }) => sameUln) ? [] : [{ value: 'another', label: 'Another person' }]),
    ],
  });
}
