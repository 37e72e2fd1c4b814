import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import {
  buttonRow,
  card,
  codeText,
  crumbs,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  hiddenField,
  linkButton,
  note,
  pageHead,
  radios,
  submitButton,
  summaryList,
  tag,
  textareaField,
} from '#ui';
import type { CandidateMergePreview } from '../merge-candidates/merge.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { agreementWords } from '../possible-match/known-elsewhere.ts';
import { typed } from '../register-candidate/fields.ts';
import {
  CENTRE_SAYS,
  type IdentityQuestion,
  QUESTION_SOURCES,
  QUESTION_STATES,
  type QuestionedRecord,
} from './question.ts';
import type { QuestionLook } from './settle.ts';

const LIST = '/web-portal/identity';

/** Both records side by side, what each holds, and the decision. */
export function questionPage(
  context: Context,
  look: QuestionLook,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const { question, ofEntered, ofKnown } = look;
  const { entered, known, numbers } = question;
  const title = `One person or two: ${numbers[0]} and ${numbers[1]}`;
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Identity questions', href: LIST }, { label: `${numbers[0]} and ${numbers[1]}` }])}
${pageHead({
  title: 'Is this one person?',
  lead: html`${QUESTION_SOURCES[question.source]}, ${formatDate(question.askedAt)}`,
  actions: tag(QUESTION_STATES[question.state], question.state === 'open' ? 'warn' : undefined),
})}
<div class="stack">
${question.state !== 'open' && decidedNote(question)}
${card({ title: 'What is asked', id: 'asked' }, askedFacts(question))}
<div class="grid g2">
${recordCard('entered', question.source === 'proposal' ? 'First record' : 'The record entered', entered, known, ofEntered)}
${recordCard('known', question.source === 'proposal' ? 'Second record' : 'The record known before', known, entered, ofKnown)}
</div>
${question.state === 'open' && decisionCard(look, values, errors)}
</div>`,
  );
}

function decidedNote({ state, decidedAt, decidedBy, decisionReason }: IdentityQuestion): Safe {
  return note(html`${decisionReason}`, {
    tone: 'ok',
    title: html`${QUESTION_STATES[state]}, ${decidedAt && formatDateTime(decidedAt)}${decidedBy && html`, ${decidedBy}`}.`,
  });
}

function askedFacts(question: IdentityQuestion): Safe {
  return summaryList([
    ['Centre', question.centre],
    ['Asked', html`${formatDateTime(question.askedAt)}${question.askedBy && html` by ${question.askedBy}`}`],
    ['What agrees', agreementWords(question.agrees) || 'Nothing that is compared'],
    ['The centre says', CENTRE_SAYS[question.centreSays]],
    question.reason ? ['Its reason', question.reason] : null,
    question.ulnSetAside
      ? ['ULN set aside', html`${codeText(question.ulnSetAside)}, typed by the centre and held by the other record`]
      : null,
    question.scottishNumberSetAside
      ? [
          'Scottish number set aside',
          html`${codeText(question.scottishNumberSetAside)}, typed by the centre and held by the other record`,
        ]
      : null,
  ]);
}

/** A record; what is not as in the other stands out by a word. */
function recordCard(
  id: string,
  title: string,
  record: QuestionedRecord,
  other: QuestionedRecord,
  { moves }: CandidateMergePreview,
): Safe {
  const beside = (value: HtmlValue, differs: boolean) => (differs ? html`${value} ${tag('differs', 'warn')}` : value);
  return card(
    { title, id },
    html`${summaryList([
      [
        'Number',
        record.mergedInto
          ? html`${codeText(record.number)}, leads to ${codeText(record.mergedInto)}`
          : html`<a href="/web-portal/candidates/${record.id}">${codeText(record.number)}</a>`,
      ],
      ['Given names', beside(record.givenNames, record.givenNames !== other.givenNames)],
      ['Family name', beside(record.familyName, record.familyName !== other.familyName)],
      ['Date of birth', beside(formatDate(record.birthDate), record.birthDate !== other.birthDate)],
      ['ULN', record.uln ? beside(codeText(record.uln), other.uln !== null && other.uln !== record.uln) : 'None'],
      record.scottishNumber ? ['Scottish number', codeText(record.scottishNumber)] : null,
      record.ulnAbsentReason ? ['Why no number', record.ulnAbsentReason] : null,
      ['Postcode', record.postcode ?? 'Not given'],
      ['E-mail', record.email ?? 'Not given'],
      ['Account', record.hasAccount ? 'Linked to an account' : 'None'],
      ['Entered', formatDate(record.createdAt)],
    ])}<h3 class="mt">What it holds</h3>${
      moves.length > 0
        ? html`<ul>${moves.map((what) => html`<li>${what}</li>`)}</ul>`
        : html`<p class="muted">Nothing.</p>`
    }`,
  );
}

function decisionCard(
  { question, ofEntered, ofKnown, seen }: QuestionLook,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { entered, known } = question;
  const obstacles = [...new Set([...ofEntered.obstacles, ...ofKnown.obstacles])];
  return card(
    { title: 'Decision', id: 'decision-card' },
    html`${
      obstacles.length > 0 &&
      note(html`<ul>${obstacles.map((sentence) => html`<li>${sentence}.</li>`)}</ul>`, {
        tone: 'warn',
        title: 'These two cannot be made one yet.',
        class: 'mb',
      })
    }${form(
      { action: `${LIST}/${question.id}`, submissionId: crypto.randomUUID() },
      html`${hiddenField('seen', seen)}
${radios({
  name: 'decision',
  label: 'What they are',
  hideLabel: false,
  value: typed(values, 'decision'),
  errors,
  items: [
    {
      value: 'keep_known',
      label: html`One person, number ${codeText(known.number)} stays`,
      hint: `What ${entered.number} holds moves to it. ${entered.number} leads there for ever. This cannot be undone`,
    },
    {
      value: 'keep_entered',
      label: html`One person, number ${codeText(entered.number)} stays`,
      hint: `What ${known.number} holds moves to it. ${known.number} leads there for ever. This cannot be undone`,
    },
    {
      value: 'another',
      label: 'Two people',
      hint: 'Both records stay as they are, and nobody is asked about the two again',
    },
  ],
})}
${textareaField({ name: 'reason', label: 'Reason', hint: 'How you know. It is kept with both records.', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Decide'), linkButton('Cancel', LIST, { look: 'quiet' }))}`,
    )}`,
  );
}
