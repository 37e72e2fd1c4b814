import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  actionBar,
  card,
  codeText,
  crumbs,
  errorFor,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  formatTime,
  hiddenField,
  link,
  note,
  pageHead,
  submitButton,
  summaryList,
  textField,
} from '#ui';
import { fileHref } from '../attach-file/files.ts';
import { markOf } from '../design-form/design-page.ts';
import { type AnswerProblem, answerInWords } from '../forms/check-answers.ts';
import { type Choices, namesOf } from '../forms/choices.ts';
import { type Answers, questionOf, questionsOf } from '../forms/definition.ts';
import { type FileShown, type Filling, paragraphs, questionSections } from '../forms/question-field.ts';
import { type Hub, hubPage } from '../hub-page/hub-page.ts';
import { leftoverQuestion, leftoversOf } from './carry-draft.ts';
import { type Draft, requestHref, requestNumber } from './drafts.ts';
import { missingPanel } from './missing-panel.ts';
import { signatureWords, signersInWords } from './signature.ts';

export interface FillInPage {
  readonly draft: Draft;
  readonly answers: Answers;
  readonly choices: Choices;
  readonly files: Readonly<Record<string, readonly FileShown[]>>;
  readonly problems: readonly AnswerProblem[];
  readonly found: Filling['found'];
  readonly errors: readonly FieldError[];
  /** Whether the person signs (or, without signature, submits); and what was typed as signature. */
  readonly signs: boolean;
  readonly signedName: string;
  readonly said: string | null;
}

/** For each question the mark of the answer that the page shows: what a save changes is told apart by it. */
export function marksOf(draft: Draft, answers: Answers): string {
  const marks = questionsOf(draft.version.definition).map(({ key }) => [key, markOf(answers[key] ?? null)]);
  return JSON.stringify(Object.fromEntries(marks));
}

/** A draft to fill in. */
export function fillInPage(frame: Frame, hub: Hub, data: FillInPage): Safe {
  const { draft, answers, errors, problems } = data;
  const { request, version } = draft;
  const { definition } = version;
  const closed = version.withdrawnAt !== null;
  const here = requestHref(request.id, '/fill-in');
  return hubPage(
    frame,
    hub,
    { title: definition.title, form: true, hasErrors: errors.length > 0, scripts: ['draft-form.js'] },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: 'Drafts', href: '/centres-hub/requests/new' }, { label: definition.title }])}
${pageHead({
  title: definition.title,
  lead: html`Draft ${codeText(requestNumber(request.number))}. ${link('Throw it away', requestHref(request.id, '/discard'))}`,
})}
${data.said && note(data.said, { tone: 'ok', announce: true, class: 'mb' })}
${versionNotes(draft, data)}
<div class="split wide" data-draft="${requestHref(request.id, '/draft')}"><div>
${definition.introduction && card({ label: 'Introduction', class: 'mb' }, paragraphs(definition.introduction))}
${form(
  { action: here, id: 'fill-in' },
  html`<button type="submit" name="act" value="save" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">Save draft</button>
${hiddenField('revision', request.revision)}${hiddenField('version', version.id)}${hiddenField('seen', marksOf(draft, draft.answers))}
${questionSections(definition, { answers, errors, choices: data.choices, files: data.files, fileHref: fileHref(request.id), found: data.found })}
${definition.signature && signatureCard(data)}
${actionBar(
  html`<span data-save-state role="status">${savedWords(draft)}</span>`,
  html`${submitButton('Save draft', { look: 'quiet', name: 'act', value: 'save' })}${!closed && data.signs && submitButton('Submit', { name: 'act', value: 'submit' })}`,
)}`,
)}</div>
${missingPanel(withSignature(problems, data))}
</div>`,
  );
}

/** The signature belongs to what is missing, for the person who gives it. */
export function withSignature(
  problems: readonly AnswerProblem[],
  { draft, signs }: Pick<FillInPage, 'draft' | 'signs'>,
): Pick<AnswerProblem, 'question' | 'message'>[] {
  const { signature } = draft.version.definition;
  if (!signature) return [...problems];
  return [
    ...problems,
    { question: '', message: signs ? 'Sign at the end of the form' : `The signature of: ${signersInWords(signature)}` },
  ];
}

/** Nothing is known of a draft that was only begun. */
function savedWords({ request }: Draft): string {
  if (request.revision === 0) return 'Nothing typed yet';
  return `Saved ${formatDateTime(request.savedAt)}${request.savedBy ? ` by ${request.savedBy}` : ''}`;
}

export const savedAt = (moment: Date): string => `Saved at ${formatTime(moment)}`;

function signatureCard({ draft, signs, signedName, errors }: FillInPage): HtmlValue {
  const { signature } = draft.version.definition;
  if (!signature) return null;
  return card(
    { title: 'Signature', id: 'signature', class: 'mb' },
    signs
      ? html`${paragraphs(signature.statement)}${textField({ name: 'signedName', label: 'Your name', hint: 'Typing your name here signs the form when you submit it', value: signedName, errors, autocomplete: 'name', width: 30 })}`
      : html`${signatureWords(signature)}<p class="m0" id="signedName" tabindex="-1">It waits for the signature of: ${signersInWords(signature)}. Save the draft and tell the person; nobody else can submit it.</p>${
          errorFor(errors, 'signedName') &&
          html`<p class="govuk-error-message">${errorFor(errors, 'signedName')?.message}</p>`
        }`,
  );
}

function versionNotes(draft: Draft, { choices, files }: FillInPage): Safe {
  const { version, carriedFrom } = draft;
  const { definition } = version;
  const names = namesOf(choices);
  const texts = leftoversOf(draft.answers).map((leftover): [string, HtmlValue] => {
    const { key, list } = leftover;
    const question = leftoverQuestion(draft.versions, leftover);
    return [question?.label ?? key, question ? paragraphs(answerInWords(question, list, names)) : list.join(', ')];
  });
  const lostFiles = Object.entries(files)
    .filter(([key]) => questionOf(definition, key)?.type !== 'file')
    .map(([key, list]): [string, HtmlValue] => [
      draft.versions.map((one) => questionOf(one.definition, key)).find((one) => one !== undefined)?.label ?? key,
      html`<ul class="m0">${list.map((file) => html`<li>${link(file.name, fileHref(draft.request.id)(file))}</li>`)}</ul>`,
    ]);
  const left = [...texts, ...lostFiles];
  return html`${
    version.withdrawnAt !== null &&
    note(
      html`The awarding body withdrew this form on ${formatDate(version.withdrawnAt)}: ${version.withdrawnReason} Your draft is kept and you can copy from it, but it cannot be submitted. If a new version is published, the draft goes on in it.`,
      { tone: 'warn', title: 'This form is not in use.', class: 'mb' },
    )
  }${
    carriedFrom &&
    note(
      html`It is version ${version.number} now, in place of version ${carriedFrom.number}. Your answers are carried over; look through them before you submit.`,
      { tone: 'warn', title: 'The form has changed since you began.', class: 'mb' },
    )
  }${
    left.length > 0 &&
    card(
      { title: 'No longer asked', id: 'left', tint: true, class: 'mb' },
      html`<p>This was answered in an earlier version and has no place in this one. Copy what you need; it is not submitted.</p>${summaryList(left)}`,
    )
  }`;
}
