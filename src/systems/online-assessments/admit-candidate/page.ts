import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, examPage, form, submitButton, textField } from '#ui';

export interface AdmissionPage {
  readonly candidateNumber: string;
  readonly code: string;
  readonly errors: readonly FieldError[];
}

/** The first page of a seat: who sits here, in which session. */
export function admissionPage(frame: Frame, { candidateNumber, code, errors }: AdmissionPage): Safe {
  return examPage(
    { ...frame, title: 'Begin your test', test: 'Online Assessments', form: true, hasErrors: errors.length > 0 },
    html`<div class="stack-l narrow">${errorSummary(errors)}
<h1>Begin your test</h1>
<p>Your invigilator shows the session code. Nothing is saved or filled in by this browser.</p>
${form(
  { action: '/sit' },
  html`${textField({ name: 'candidateNumber', label: 'Candidate number', hint: '8 digits, on your registration card', value: candidateNumber, errors, autocomplete: 'off', inputmode: 'numeric', spellcheck: false, code: true, width: 10, maxlength: 12 })}
${textField({ name: 'code', label: 'Session code', hint: 'For example K7P-482', value: code, errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'characters', code: true, width: 10, maxlength: 12 })}
${submitButton('Continue')}`,
)}
</div>`,
  );
}
