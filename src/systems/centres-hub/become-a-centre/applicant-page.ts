import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { brand } from '#platform/settings/brand.ts';
import {
  card,
  checkboxes,
  details,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  hiddenField,
  note,
  pageHead,
  prose,
  stages,
  submitButton,
  summaryList,
  taskPage,
  textareaField,
  textField,
  trail,
} from '#ui';
import type { AgreementVersion } from '../agreement/agreement-versions.ts';
import { APPLICATION_SECTIONS, answerText, missingFrom, POLICY_NAMES } from '../applications/application-form.ts';
import { APPLICATION_ACTS, APPLICATION_STATE_WORDS, type ApplicationState } from '../applications/application-state.ts';
import type { Application, Step } from '../applications/applications.ts';
import type { Condition } from '../conditions/conditions.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import type { TokenQuery } from './applicant.ts';

export interface ApplicantView {
  readonly application: Application;
  readonly token: string;
  readonly done: TokenQuery['done'] | null;
  readonly steps: readonly Step[];
  readonly conditions: readonly Condition[];
  readonly agreement: AgreementVersion | null;
  readonly now: Date;
}

const STAGES = ['Apply', 'Checks', 'Decision', 'Agreement', 'Approved'];
const STAGE_OF: Record<ApplicationState, number> = {
  asked: 0,
  interested: 0,
  invited: 0,
  submitted: 1,
  review: 2,
  agreement: 3,
  signed: 3,
  approved: 5,
  refused: 2,
  withdrawn: 0,
};

const DONE: Record<NonNullable<TokenQuery['done']>, string> = {
  saved: 'Saved. Nothing was sent yet: come back when you like.',
  sent: 'Sent. We mail you as soon as it is your move again.',
  signed: 'Signed. We mail you when the centre is approved.',
  withdrawn: 'Withdrawn. You can ask again at any time.',
};

/** The one page of an applicant, whatever the state: whose move it is, then the move itself. */
export function applicantPage(
  frame: Frame,
  view: ApplicantView,
  { values, errors = [] }: { values?: FormValues; errors?: readonly FieldError[] },
): Safe {
  const { application, done } = view;
  const { label, whose, next } = APPLICATION_STATE_WORDS[application.state];
  const mover = whose === 'applicant' ? 'you' : brand.awardingBody;
  return taskPage(
    {
      ...frame,
      title: `Application ${application.reference}`,
      form: application.state === 'invited',
      hasErrors: errors.length > 0,
      noIndex: true,
    },
    html`${errorSummary(errors)}${pageHead({ title: application.organisation, lead: `Application ${application.reference} to become a centre` })}
${stages(STAGES, STAGE_OF[application.state])}
<div class="stack mt">
${done && note(DONE[done], { tone: 'ok', announce: true })}
${note(html`${next}${whose && html` It is the move of <b>${mover}</b>.`}`, { title: `${label}.`, tone: whose === 'applicant' ? 'warn' : 'info' })}
${application.state === 'invited' && returned(view)}
${application.state === 'invited' && fillCard(view, values, errors)}
${application.state === 'refused' && refusedCard(view)}
${view.conditions.length > 0 && conditionsCard(view)}
${application.state === 'agreement' && view.agreement && signCard(view, view.agreement, values, errors)}
${card(
  { title: 'What happened', id: 'history' },
  trail(
    view.steps.map((step) => ({
      what: html`${step.act === 'ask' ? 'Interest shown' : APPLICATION_ACTS[step.act].words}${step.words && html`: ${step.words}`}`,
      when: html`${formatDateTime(step.at)}, ${step.act !== 'ask' && APPLICATION_ACTS[step.act].by === 'body' ? brand.awardingBody : step.who}`,
    })),
  ),
)}
${!['approved', 'refused', 'withdrawn'].includes(application.state) && withdrawPart(view)}
</div>`,
  );
}

const action = (path: string, { token }: ApplicantView) =>
  `/become-a-centre/application${path}${token ? `?token=${encodeURIComponent(token)}` : ''}`;

function returned({ steps }: ApplicantView): Safe | null {
  const [newest] = steps;
  return newest?.act === 'return'
    ? note(newest.words, { tone: 'warn', title: 'We need something more from you:' })
    : null;
}

function refusedCard({ steps, application }: ApplicantView): Safe {
  const reasons = steps.find(({ act }) => act === 'refuse')?.words;
  return card(
    { title: 'Refused, with these reasons', id: 'refused' },
    html`<p>${reasons}</p><p>You can appeal: write to <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a> within 20 working days, give the number ${application.reference}, and say why you think the decision is wrong. Somebody who took no part in it looks at your application again.</p>`,
  );
}

function conditionsCard({ conditions }: ApplicantView): Safe {
  return card(
    { title: 'Conditions', id: 'conditions' },
    summaryList(conditions.map((one) => [`By ${formatDate(one.dueOn)}`, one.words])),
  );
}

function fillCard(view: ApplicantView, values: FormValues | undefined, errors: readonly FieldError[]): Safe {
  const { application } = view;
  const answers: FormValues = values ?? (application.answers as FormValues);
  const missing = missingFrom(application.answers);
  return html`${card(
    { title: 'Still missing', id: 'missing', tint: true },
    missing.length > 0
      ? html`<p>As saved${application.savedAt && html` on ${formatDateTime(application.savedAt)}`}, the application lacks ${missing.length} of its answers:</p><ul>${missing.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}</ul>`
      : html`<p>Nothing. You can send it.</p>`,
  )}
${form(
  { action: action('', view), submissionId: crypto.randomUUID(), label: 'Application' },
  html`${hiddenField('revision', application.revision)}${APPLICATION_SECTIONS.map(
    (section, index) =>
      html`<div class="mt">${card(
        { title: section.title, id: `section-${index + 1}` },
        html`${section.questions.map((question) => field(question, answers, errors))}`,
      )}</div>`,
  )}<div class="row mt">${submitButton('Save', { look: 'quiet', name: 'act', value: 'save' })}${submitButton('Send the application', { name: 'act', value: 'send' })}</div>`,
)}`;
}

function field(
  question: (typeof APPLICATION_SECTIONS)[number]['questions'][number],
  answers: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { key: name, label, hint, kind } = question;
  const base = { name, label, errors, ...(hint ? { hint } : {}) };
  const value = typed(answers, name);
  if (kind === 'ticks') {
    const values = [answers[name] ?? []].flat();
    return checkboxes({ ...base, values, items: POLICY_NAMES.map((one) => ({ value: one, label: one })) });
  }
  if (kind === 'lines') return textareaField({ ...base, value, rows: 4 });
  if (kind === 'email') return textField({ ...base, value, type: 'email', autocomplete: 'off', spellcheck: false });
  return textField({ ...base, value, autocomplete: 'off', ...(kind === 'tel' ? { type: 'tel' as const } : {}) });
}

function signCard(
  view: ApplicantView,
  agreement: AgreementVersion,
  values: FormValues | undefined,
  errors: readonly FieldError[],
): Safe {
  return card(
    { title: `${agreement.title}, version ${agreement.number}`, id: 'agreement' },
    html`${prose(agreement.words.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`))}
${form(
  { action: action('/sign', view), submissionId: crypto.randomUUID(), label: 'Sign the agreement' },
  html`${hiddenField('versionId', agreement.id)}${textField({ name: 'signedName', label: 'Full name of the head of centre', hint: html`By typing it, ${answerText(view.application.answers, 'headName')} signs the agreement`, value: typed(values ?? {}, 'signedName'), errors, autocomplete: 'name' })}${submitButton('Sign the agreement')}`,
)}`,
  );
}

function withdrawPart(view: ApplicantView): Safe {
  return details(
    'Withdraw the application',
    form(
      { action: action('/withdraw', view), submissionId: crypto.randomUUID(), label: 'Withdraw the application' },
      html`<p>The awarding body looks at it no more. What you wrote stays on record.</p>${submitButton('Withdraw', { look: 'bad' })}`,
    ),
  );
}
