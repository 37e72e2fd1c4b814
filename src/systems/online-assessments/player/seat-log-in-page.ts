/** Where a seat begins: candidate number and the session's code. */
import { html, type Safe } from '#platform/html/html.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { errorSummary, examPage, type FieldError, form, note, submitButton, textField } from '#ui';

export interface SeatLogInPage {
  /** What was typed. */
  readonly values?: FormValues;
  readonly errors?: readonly FieldError[];
  /** A message above the form, such as that the last test at this computer has ended. */
  readonly notice?: string;
}

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/**
 * GET /sit. Posts `candidateNumber` and `sessionCode` to /sit. The fields take no auto-save of the browser (Operating
 * Manual 3.1); a browser that fills them in all the same is noticed by the player's script.
 */
export function seatLogInPage(frame: Frame, { values = {}, errors = [], notice }: SeatLogInPage = {}): Safe {
  return examPage(
    {
      ...frame,
      title: 'Take a test',
      test: `${frame.shell.brand.name} Online Assessments`,
      scripts: ['player.js'],
      hasErrors: errors.length > 0,
    },
    html`<div class="ao-sit" data-seat="log-in">${errorSummary(errors)}
<h1>Take a test</h1>
<p class="lead muted">Your invigilator gives you the session code when everyone is ready.</p>
${notice && note(notice, { icon: 'info', class: 'mb' })}
${form(
  { action: '/sit', class: 'ao-card' },
  html`${textField({
    name: 'candidateNumber',
    label: 'Candidate number',
    hint: '8 digits, on your registration letter. Your invigilator can look it up',
    value: text(values.candidateNumber),
    errors,
    code: true,
    width: 10,
    inputmode: 'numeric',
    autocomplete: 'off',
    spellcheck: false,
    maxlength: 20,
  })}
${textField({
  name: 'sessionCode',
  label: 'Session code',
  hint: 'For example, QX7-418',
  value: text(values.sessionCode),
  errors,
  code: true,
  width: 10,
  autocomplete: 'off',
  autocapitalize: 'characters',
  spellcheck: false,
  maxlength: 20,
})}
${submitButton('Continue')}`,
)}
<p class="muted small mt">Your invigilator then checks who you are. Your time does not start until you say so.</p></div>`,
  );
}
