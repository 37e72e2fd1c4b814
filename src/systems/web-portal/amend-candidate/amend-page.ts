import { randomUUID } from 'node:crypto';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import {
  buttonRow,
  card,
  codeText,
  crumbs,
  errorSummary,
  fileField,
  form,
  formatDate,
  hiddenField,
  linkButton,
  note,
  pageHead,
  submitButton,
  table,
  textareaField,
} from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { EVIDENCE_ACCEPT, EVIDENCE_HINT } from '../prior-learning/evidence.ts';
import { candidateFields, typed } from '../register-candidate/fields.ts';
import { AMENDED_FIELDS, type AmendmentWay, type Changes, FIELD_NAMES } from './amendment-rule.ts';
import { AMENDMENTS, amendmentNumber } from './amendments.ts';

export interface AmendLook {
  readonly candidateId: string;
  readonly number: string;
  readonly name: string;
  /** The number of a correction that is not decided. */
  readonly open: number | null;
  /** What would change, once it is typed and differs; `key` is sent back with the confirmation. */
  readonly changes:
    | (Changes & {
        readonly reference: { readonly from: string | null; readonly to: string | null } | null;
        readonly way: AmendmentWay;
        readonly key: string;
      })
    | null;
}

const WAYS: Record<AmendmentWay, string> = {
  free: 'It is done at once, and every centre of the candidate sees it.',
  decision:
    'Another centre knows the candidate by what changes, so the awarding body decides. The record stays as it is until then.',
  evidence:
    'A certificate was issued to the candidate, so the awarding body decides by evidence, such as a passport or a deed. The record stays as it is until then.',
};

interface Line {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const shownValue = (field: string, value: string | null | undefined): string =>
  value === null || value === undefined || value === '' ? 'Empty' : field === 'birthDate' ? formatDate(value) : value;

/** Old and new, a line for each field. */
export function changesTable(
  { before, after }: Changes,
  reference: { from: string | null; to: string | null } | null = null,
): Safe {
  const lines: Line[] = FIELD_NAMES.filter((field) => field in after).map((field) => ({
    field: AMENDED_FIELDS[field],
    before: shownValue(field, before[field]),
    after: shownValue(field, after[field]),
  }));
  if (reference)
    lines.push({
      field: 'Your reference',
      before: shownValue('', reference.from),
      after: shownValue('', reference.to),
    });
  return table<Line>({
    caption: 'Old and new values',
    columns: [
      { label: 'Field', header: true, cell: ({ field }) => field },
      { label: 'Old', phone: 'labelled', cell: (line) => line.before },
      { label: 'New', phone: 'labelled', cell: (line) => html`<span class="strong">${line.after}</span>` },
    ],
    rows: lines,
  });
}

export function amendPage(
  context: Context,
  { candidateId, number, name, open, changes }: AmendLook,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const here = `/web-portal/candidates/${candidateId}`;
  const title = 'Correct the details';
  return portalPage(
    context,
    { title: `${title} of ${name}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href: here }, { label: title }])}
${pageHead({ title, lead: html`${name}, candidate ${codeText(number)}. You see what changes before it is done.` })}
${open !== null && note(html`The awarding body has not decided <a href="${AMENDMENTS}">${amendmentNumber(open)}</a> yet.`, { tone: 'warn', class: 'mb' })}
${form(
  { action: `${here}/amend`, submissionId: randomUUID(), multipart: true, class: 'wrap-m stack' },
  html`${
    changes &&
    html`${card(
      { title: 'What changes', id: 'confirm', flush: true },
      changesTable(changes, changes.reference),
    )}${note(WAYS[changes.way], { tone: changes.way === 'free' ? 'info' : 'warn' })}${hiddenField('shown', changes.key)}${
      changes.way !== 'free' &&
      card(
        { label: 'Evidence' },
        fileField({
          name: 'evidence',
          label: changes.way === 'evidence' ? 'Evidence' : 'Evidence (optional)',
          hint: EVIDENCE_HINT,
          accept: EVIDENCE_ACCEPT,
          multiple: true,
          errors,
        }),
      )
    }`
  }
${card({ title: 'Candidate', id: 'candidate' }, candidateFields(values, errors))}
${card({ label: 'Why' }, textareaField({ name: 'reason', label: 'Reason', hint: 'Such as a mistake when it was typed, or a marriage', value: typed(values, 'reason'), errors, rows: 3 }))}
${buttonRow(submitButton(changes ? (changes.way === 'free' ? 'Confirm the correction' : 'Send it to the awarding body') : 'See what changes'), linkButton('Cancel', here, { look: 'quiet' }))}`,
)}`,
  );
}
