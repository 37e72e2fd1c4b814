/** Where a seat begins: candidate number and the session's code. */
import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { errorSummary, examPage, type FieldError, form, submitButton, textField } from '#ui';

export interface AdmissionPage {
  /** What was typed. */
  readonly candidateNumber: string;
  readonly code: string;
  readonly errors: readonly FieldError[];
}

/**
 * GET /sit. Posts `candidateNumber` and `code` to /sit. The fields take no auto-save of the browser (Operating Manual
 * 3.1); a browser that fills them in all the same is noticed by the player's script.
 */
export function admissionPage(frame: Frame, { candidateNumber, code, errors }: AdmissionPage): Safe {
  return examPage(
    {
      ...frame,
      title: 'Take a test',
      test: `${frame.shell.brand.name} Online Assessments`,
      form: true,
      scripts: ['player.js'],
      hasErrors: errors.length > 0,
    },
    html`<div class="ao-sit" data-seat="log-in">${errorSummary(errors)}
<h1>Take a test</h1>
<p class="lead muted">Your invigilator shows you the session code when the room is ready.</p>
${form(
  { action: '/sit', class: 'ao-card' },
  html`${textField({
    name: 'candidateNumber',
    label: 'Candidate number',
    hint: '8 digits, on your registration card',
    value: candidateNumber,
    errors,
    code: true,
    width: 10,
    inputmode: 'numeric',
    autocomplete: 'off',
    spellcheck: false,
    maxlength: 12,
  })}
${textField({
  name: 'code',
  label: 'Session code',
  hint: 'For example K7P-482',
  value: code,
  errors,
  code: true,
  width: 10,
  autocomplete: 'off',
  autocapitalize: 'characters',
  spellcheck: false,
  maxlength: 12,
})}
${submitButton('Continue')}`,
)}
<p class="muted mt">Next, your invigilator checks who you are. Your time starts only when you press Start.</p></div>`,
  );
}
