/** A form of registration that is saved as a draft while it is typed: what its page carries, and how it says so. */
import { randomUUID } from 'node:crypto';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FormValues } from '#platform/http/context.ts';
import { actionBar, form, formatDateTime, hiddenField, note, submitButton } from '#ui';
import { typed } from '../register-candidate/fields.ts';
import { draftFields, marksOf } from './draft-parts.ts';
import type { RegistrationDraft, TypedDraft } from './drafts.ts';

export const DRAFTS = '/web-portal/drafts';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Where a draft is gone on with. */
export function draftHref(
  { id, candidateId }: Pick<RegistrationDraft, 'id' | 'candidateId'>,
  done?: DraftDone,
): string {
  const path = candidateId ? `/web-portal/candidates/${candidateId}/register` : '/web-portal/candidates/register';
  return `${path}?draft=${id}${done ? `&done=${done}` : ''}`;
}

const DRAFT_DONE = {
  saved: 'The draft is saved. Anybody at your centre who registers candidates can go on with it.',
  chosen: 'The draft is saved as you chose.',
  anew: 'The draft you had open was registered or thrown away meanwhile. What you typed is saved as a new draft: look whether it is still needed.',
} as const;
export type DraftDone = keyof typeof DRAFT_DONE;

/** The id of the draft that a form carries; what is no id is none. */
export function draftIdOf(fields: FormValues): string | undefined {
  const id = typed(fields, 'draft');
  return UUID.test(id) ? id : undefined;
}

/** What a form said of its draft; null: it carries none. */
export function typedDraft(fields: FormValues, candidateId: string | null): TypedDraft | null {
  const id = draftIdOf(fields);
  if (!id) return null;
  const revision = Number(typed(fields, 'revision'));
  return {
    id,
    revision: Number.isSafeInteger(revision) && revision > 0 ? revision : 0,
    candidateId,
    fields: draftFields(fields),
  };
}

/** The values of a form that shows a draft, with what the page must carry. */
export function draftValues(draft: RegistrationDraft): FormValues {
  return { ...draft.fields, draft: draft.id, revision: String(draft.revision), seen: marksOf(draft.fields) };
}

/** What became of the draft, after an act. */
export const draftNote = (done: DraftDone | undefined): HtmlValue =>
  done && note(DRAFT_DONE[done], { tone: done === 'anew' ? 'warn' : 'ok', announce: true, class: 'mb' });

interface DraftForm {
  readonly action: string;
  readonly submissionId: string;
  /** The known candidate whom it is about. */
  readonly candidateId?: string;
  readonly values: FormValues;
  /** Null: nothing is saved yet, as far as the page knows. */
  readonly draft: RegistrationDraft | null;
  /** The button that registers. */
  readonly button: string;
  readonly cancel: HtmlValue;
}

/** The form with its draft: saved while it is typed, by the button without script. */
export function draftForm(options: DraftForm, body: HtmlValue): Safe {
  const { action, submissionId, candidateId, values, draft, button, cancel } = options;
  const id = draftIdOf(values) ?? randomUUID();
  const saved = draft
    ? `Saved ${formatDateTime(draft.savedAt)}${draft.savedBy ? ` by ${draft.savedBy}` : ''}`
    : 'Not saved yet';
  return html`<div class="wrap-m" data-draft="${DRAFTS}/typed">${form(
    { action, submissionId, class: 'stack', id: 'fill-in' },
    html`${hiddenField('draft', id)}${hiddenField('revision', typed(values, 'revision') || '0')}${hiddenField('seen', typed(values, 'seen') || marksOf({}))}${candidateId && hiddenField('candidate', candidateId)}
<button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">${button}</button>
${body}
${actionBar(
  html`<span data-save-state role="status">${saved}</span>`,
  html`${cancel}${submitButton('Save draft', { look: 'quiet', name: 'act', value: 'save' })}${submitButton(button)}`,
)}`,
  )}</div>`;
}
