import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { acceptOf } from '#platform/files/file-kind.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import type { Acting } from '#platform/permissions/principal.ts';
import {
  buttonRow,
  card,
  codeText,
  crumbs,
  errorSummary,
  fileField,
  form,
  formatDate,
  formatDateTime,
  hiddenField,
  linkButton,
  note,
  pageHead,
  postButton,
  radios,
  submitButton,
  summaryList,
  textareaField,
} from '#ui';
import { REQUEST_FILES } from '../attach-file/taken.ts';
import { mayFillIn } from '../fill-in/signature.ts';
import { LIMITS } from '../forms/definition.ts';
import { type Hub, hubPage } from '../hub-page/hub-page.ts';
import { stateTag } from '../list-requests/page.ts';
import { mayDecide } from '../requests/may-decide.ts';
import { clockWords } from '../requests/request-clock.ts';
import { OUTCOME_NAMES, whoseMove } from '../requests/request-state.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import type { RequestFacts, RequestInQuestion } from './request-facts.ts';
import { threadCard } from './thread.ts';

export interface RequestPage {
  readonly acting: Acting;
  readonly personId: string;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly done: 'submitted' | 'written' | 'assigned' | 'decided' | 'withdrawn' | 'thanks' | undefined;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
}

const DONE_WORDS = {
  submitted: 'Your request is submitted. The awarding body has it now; the clock is running.',
  written: 'It stands in the thread.',
  assigned: 'The request is assigned.',
  decided: 'The request is decided, and the centre has been told.',
  withdrawn: 'The request is withdrawn.',
  thanks: 'Thank you. Your answer helps us to get better.',
} as const;

/** The page of one request. */
export function requestPage(frame: Frame, { hub, request, thread }: RequestInQuestion, look: RequestPage): Safe {
  const { errors, today } = look;
  const decides = mayDecide(request.definition, look.acting);
  const list = hub.forBody ? '/centres-hub/requests' : hub.href('/centres-hub/requests');
  return hubPage(
    frame,
    hub,
    { title: `${request.number} ${request.definition.title}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Requests', href: list }, { label: request.number }])}
${look.done && note(DONE_WORDS[look.done], { tone: 'ok', announce: true, class: 'mb' })}
${pageHead({
  title: request.definition.title,
  lead: html`${codeText(request.number)}${hub.forBody && html` from ${hub.centre.name}, centre ${codeText(hub.centre.number)}`}`,
  actions: actions(request, decides, hub, look),
})}
<div class="split"><div class="stack">
${standing(request, hub, decides, today)}
${threadCard(request.id, thread, hub.forBody)}
${writing(request, hub, decides, look)}
</div><div class="stack">
${card({ title: 'The request', id: 'facts' }, facts(request, today))}
${decides && card({ title: 'Assigned to', id: 'assigned' }, assigning(request, look))}
${request.state === 'decided' && !hub.forBody && feedbackCard(request, look)}
${request.feedback && card({ title: 'How content the centre was', id: 'feedback' }, html`<p><b>${request.feedback.score} of 5</b></p>${request.feedback.words && html`<p>${request.feedback.words}</p>`}`)}
</div></div>`,
  );
}

function actions(request: RequestFacts, decides: boolean, hub: Hub, { acting }: RequestPage): Safe {
  const open = request.state === 'submitted' || request.state === 'question';
  return html`${request.submittedAt !== null && linkButton('See the form as submitted', `/centres-hub/requests/${request.id}/form`, { look: 'quiet' })}
${open && !hub.forBody && linkButton('Withdraw', `/centres-hub/requests/${request.id}/withdraw`, { look: 'quiet' })}
${
  (request.state === 'decided' || request.state === 'withdrawn') &&
  !hub.forBody &&
  mayFillIn(request.definition, acting.roles) &&
  postButton('Begin again with these answers', {
    action: `/centres-hub/requests/${request.id}/begin-again`,
    look: request.outcome === 'refused' ? 'main' : 'quiet',
    submissionId: crypto.randomUUID(),
  })
}
${request.state === 'submitted' && decides && linkButton(request.definition.decision === 'answer' ? 'Answer it' : 'Decide', `/centres-hub/requests/${request.id}/decide`)}`;
}

/** Whose move it is, in one sentence. */
function standing(request: RequestFacts, hub: Hub, decides: boolean, today: string): Safe {
  if (request.state === 'decided' && request.outcome)
    return note(html`<p>${request.decisionReasons}</p>`, {
      title: `${OUTCOME_NAMES[request.outcome]} on ${formatDate(request.decidedAt ?? today)}`,
      tone: request.outcome === 'refused' ? 'warn' : 'ok',
    });
  const move = whoseMove(request.state);
  if (move === null) return note('The request was withdrawn. Nobody has to do anything.');
  const time = request.dueOn && { dueOn: request.dueOn, pausedOn: request.pausedAt && dayInLondon(request.pausedAt) };
  const clock = time ? `${clockWords(time, today)}.` : '';
  if (move === 'centre')
    return note(
      hub.forBody
        ? `Waits for the centre, which has a question to answer. ${clock}`
        : `Waits for you: the awarding body has asked a question. ${clock}`,
      { tone: hub.forBody ? 'info' : 'warn' },
    );
  if (!hub.forBody)
    return note(`Waits for the awarding body. Decision by ${formatDate(request.dueOn ?? today)}. ${clock}`);
  return note(decides ? `Waits for the awarding body: your move. ${clock}` : `Waits for the awarding body. ${clock}`, {
    tone: 'info',
  });
}

function facts(request: RequestFacts, today: string): Safe {
  return summaryList([
    ['State', stateTag(request, false, today)],
    ['Made by', request.begunByName ?? 'Somebody of the centre'],
    request.signedName !== null && ['Signed', request.signedName],
    request.submittedAt !== null && ['Submitted', formatDateTime(request.submittedAt)],
    request.daysAllowed !== null && ['Days allowed', `${request.daysAllowed} working days`],
    request.dueOn !== null && request.decidedAt === null && ['Decision by', formatDate(request.dueOn)],
    request.decidedAt !== null && ['Decided', formatDateTime(request.decidedAt)],
  ]);
}

/** What can be written now, for whoever reads. */
function writing(request: RequestFacts, hub: Hub, decides: boolean, { values, errors }: RequestPage): Safe | null {
  const action = `/centres-hub/requests/${request.id}/write`;
  const box = (title: string, kind: string, label: string, hint: string, button: string) => {
    const typedHere = typed(values, 'kind') === kind;
    const wrong = typedHere ? errors : [];
    return card(
      { title, id: `write-${kind}` },
      form(
        { action, submissionId: crypto.randomUUID(), multipart: true },
        html`${hiddenField('kind', kind)}
${textareaField({ name: 'words', id: `words-${kind}`, label, hint, value: typedHere ? typed(values, 'words') : '', errors: wrong, rows: 4 })}
${fileField({ name: 'files', id: `files-${kind}`, label: 'Files (optional)', hint: `At most ${LIMITS.files}, 10 MB each: ${REQUEST_FILES.kindsInWords}`, accept: acceptOf(REQUEST_FILES.kinds), multiple: true, errors: wrong })}
${buttonRow(submitButton(button, { look: kind === 'note' || kind === 'remark' ? 'quiet' : 'main' }))}`,
      ),
    );
  };
  if (request.state === 'withdrawn') return null;
  if (hub.forBody) {
    if (!decides) return null;
    return html`${
      request.state === 'submitted' &&
      box('Ask the centre', 'question', 'Your question', 'The clock stands still until the centre answers.', 'Ask')
    }
${box('Note', 'note', 'For the awarding body alone', 'The centre does not see it.', 'Add the note')}`;
  }
  if (request.state === 'question')
    return box('Answer', 'answer', 'Your answer', 'With it the clock of the awarding body goes on.', 'Send the answer');
  if (request.state === 'submitted')
    return box(
      'Add something',
      'remark',
      'What you want to add',
      'It stands in the thread; nothing of the form changes.',
      'Add it',
    );
  return null;
}

function assigning(request: RequestFacts, { personId }: RequestPage): Safe {
  const action = `/centres-hub/requests/${request.id}/assign`;
  const mine = request.assignedTo === personId;
  const open = request.state === 'submitted' || request.state === 'question';
  return html`<p>${request.assignedName ?? html`<span class="muted">Nobody yet</span>`}</p>
${
  open &&
  buttonRow(
    !mine && postButton('Take it', { action, look: 'quiet', fields: { to: 'me' }, submissionId: crypto.randomUUID() }),
    request.assignedTo !== null &&
      postButton('Give it back', {
        action,
        look: 'quiet',
        fields: { to: 'nobody' },
        submissionId: crypto.randomUUID(),
      }),
  )
}`;
}

function feedbackCard(request: RequestFacts, { values, errors }: RequestPage): Safe | null {
  if (request.feedback) return null;
  const own = typed(values, 'kind') === 'feedback';
  return card(
    { title: 'How did we do?', id: 'give-feedback' },
    form(
      { action: `/centres-hub/requests/${request.id}/feedback`, submissionId: crypto.randomUUID() },
      html`${hiddenField('kind', 'feedback')}
${radios({
  name: 'score',
  label: 'How content are you with how this request was handled?',
  value: own ? typed(values, 'score') : null,
  errors: own ? errors : [],
  items: [
    { value: '5', label: 'Very content' },
    { value: '4', label: 'Content' },
    { value: '3', label: 'Neither' },
    { value: '2', label: 'Not content' },
    { value: '1', label: 'Not content at all' },
  ],
})}
${textareaField({ name: 'feedbackWords', label: 'What could be better? (optional)', value: own ? typed(values, 'feedbackWords') : '', errors: own ? errors : [], rows: 3 })}
${buttonRow(submitButton('Send', { look: 'quiet' }))}`,
    ),
  );
}
