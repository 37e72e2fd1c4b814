import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
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
  link,
  note,
  pageHead,
  radios,
  submitButton,
  summaryList,
  textareaField,
  trail,
} from '#ui';
import { seenOf } from '../amendments/look.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';
import { changeTransfer } from './change-transfer.ts';
import { moveConsequences } from './move-consequences.ts';
import { lookAtMove, type MoveLook } from './move-registration.ts';
import { transferTag } from './state-tag.ts';
import { type TransferAct, type TransferState, transferActs } from './transfer-state.ts';
import {
  acrossCentres,
  readAcross,
  shownTo,
  sideOf,
  TRANSFERS,
  type Transfer,
  type TransferEvent,
  transferById,
  transferEvents,
  transferNumber,
} from './transfers.ts';

const params = z.object({ id: z.uuid() });
const query = z.object({ done: z.enum(['asked', 'moved']).optional().catch(undefined) });
type Asked = Context<z.infer<typeof params>>;

interface Found {
  /** As far as whoever looks may know it. */
  readonly transfer: Transfer;
  readonly events: readonly TransferEvent[];
  readonly acts: readonly TransferAct[];
  /** What an acceptance would do; read, and shown in words, at the centre that gives only. */
  readonly move: MoveLook | null;
}

function find(context: Asked): Promise<Found> {
  const centreId = actingCentreId(context.principal);
  return readAcross(context as Context, async (reader) => {
    const whole = await transferById(reader, context.params.id, centreId);
    const side = sideOf(whole, centreId);
    const acts = side !== null && may(context.principal, 'web-portal.register') ? transferActs(whole.state, side) : [];
    return {
      transfer: shownTo(whole, centreId),
      events: await transferEvents(reader, whole.id, centreId),
      acts,
      move: acts.includes('accept') ? await lookAtMove(reader, whole.registrationId, whole.toCentreId) : null,
    };
  });
}

/** GET /web-portal/transfers/:id */
export const viewTransfer = handler({ params, query }, async (context) =>
  page(await transferPage(context, await find(context), await context.keptFields(), [], context.query.done)),
);

const actForm = z
  .object({
    act: z.enum(['accept', 'refuse', 'withdraw'], 'Choose what is to be done'),
    words: z.string().trim().max(1000, 'Shorten it to 1,000 characters').default(''),
    seen: z.string().default(''),
  })
  .refine(({ act, words }) => act === 'accept' || words.length >= 10, {
    path: ['words'],
    message: 'Say why in a sentence: the other centre reads it',
  });

/** POST /web-portal/transfers/:id: accepts, refuses, or takes back. Which side does which is said by the rule of its states. */
export const answerTransfer = handler({ params }, (context): Promise<Answer> => {
  const centreId = context.centreId();
  const { id } = context.params;
  return submitForm(acrossCentres(context as Context), {
    schema: actForm,
    page: async (values, errors) => transferPage(context, await find(context), values, errors, undefined),
    action: async (writer, { act, words, seen }) => {
      await changeTransfer(writer, { id, act, centreId, words, seen });
      return `${TRANSFERS}/${id}?done=moved`;
    },
  });
});

const STANDING: Record<TransferState, string> = {
  asked: 'Waits for the answer of the other centre. The registration goes on where it is.',
  accepted: 'Accepted. The registration goes on at the other centre, with its units and its first start.',
  refused: 'Refused. The registration stays where it is.',
  withdrawn: 'Taken back. The registration stays where it is.',
  expired: 'Not answered in time, so it has ended. The registration stays where it is; it can be asked for again.',
};

function transferPage(
  context: Asked,
  { transfer, events, acts, move }: Found,
  values: FormValues,
  errors: readonly FieldError[],
  done: 'asked' | 'moved' | undefined,
): Promise<Safe> {
  const number = transferNumber(transfer.number);
  const who = transfer.candidateName ?? `Candidate ${transfer.candidateNumber}`;
  const answers = acts.includes('accept');
  const gives = actingCentreId(context.principal) === transfer.fromCentreId;
  return portalPage(
    context as Context,
    { title: `${number} ${who}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Transfers', href: TRANSFERS }, { label: number }])}
${done && note(done === 'asked' ? 'It is sent. The other centre finds it among what needs attention.' : 'Done. Both centres are told.', { tone: 'ok', announce: true, class: 'mb' })}
${pageHead({ title: who, lead: html`Transfer ${codeText(number)}, ${transfer.productTitle}`, actions: transferTag(transfer.state) })}
<div class="split"><div class="stack">
${note(answers ? `Your centre answers until ${formatDate(transfer.answerBy)}.` : STANDING[transfer.state], { tone: transfer.state === 'accepted' ? 'ok' : answers ? 'warn' : 'info' })}
${card({ title: 'Reason', id: 'reason-given' }, html`<p class="ao-said">${transfer.reason}</p>`)}
${move && gives && moveConsequences(move)}
${acts.length > 0 && card({ title: 'Your answer', id: 'answer' }, actFields(transfer, acts, move, values, errors))}
</div><div class="stack">
${card({ title: 'The transfer', id: 'facts' }, facts(context, transfer))}
${card({ title: 'History', id: 'history' }, history(events, transfer, context.now))}
</div></div>`,
  );
}

function facts(context: Asked, transfer: Transfer): Safe {
  const centreId = actingCentreId(context.principal);
  const { registrationId, newRegistrationId, fromCentreId, toCentreId } = transfer;
  const old = centreId === null || centreId === fromCentreId;
  const fresh = centreId === null || centreId === toCentreId ? newRegistrationId : null;
  return summaryList([
    ['Candidate number', codeText(transfer.candidateNumber)],
    ['Product', transfer.productTitle],
    ['From', transfer.fromCentre ?? 'Another centre, which you are told once it has accepted'],
    ['To', transfer.toCentre],
    [transfer.direction === 'ask' ? 'Asked for' : 'Offered', formatDateTime(transfer.askedAt)],
    transfer.state === 'asked' && ['Answer by', formatDate(transfer.answerBy)],
    old && ['Registration', link('As it was there', `/web-portal/registrations/${registrationId}`)],
    fresh !== null && ['Goes on as', link('The registration here', `/web-portal/registrations/${fresh}`)],
  ]);
}

const ACT_WORDS: Record<TransferAct | 'ask', string> = {
  ask: 'asked',
  accept: 'accepted it',
  refuse: 'refused it',
  withdraw: 'took it back',
  expire: 'It was not answered in time',
};

function history(events: readonly TransferEvent[], transfer: Transfer, now: Date): Safe {
  const centre = (id: string) =>
    (id === transfer.fromCentreId ? transfer.fromCentre : transfer.toCentre) ?? 'The other centre';
  return trail(
    [...events].reverse().map(({ act, at, name, centreId, words }) => ({
      what: html`<b>${centreId === null ? '' : `${name ?? centre(centreId)} `}${act === 'ask' && transfer.direction === 'offer' ? 'offered it' : ACT_WORDS[act]}</b>${act !== 'ask' && words !== '' && html`<span class="ao-said">${words}</span>`}`,
      when: formatDateTime(at, 'list', now),
    })),
  );
}

const CHOICES: Record<Exclude<TransferAct, 'expire'>, { readonly label: string; readonly hint: string }> = {
  accept: {
    label: 'Accept it',
    hint: 'The registration moves at once. This cannot be undone; it can be moved back the same way',
  },
  refuse: { label: 'Refuse it', hint: 'The registration stays where it is; say why' },
  withdraw: { label: 'Take it back', hint: 'Nothing has moved yet; say why' },
};

function actFields(
  transfer: Transfer,
  acts: readonly TransferAct[],
  move: MoveLook | null,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  return form(
    { action: `${TRANSFERS}/${transfer.id}`, submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', move ? seenOf(move.registration, move.preview) : '')}
${radios({
  name: 'act',
  label: 'What do you want to do?',
  value: typed(values, 'act') || null,
  errors,
  items: acts.flatMap((act) => (act === 'expire' ? [] : [{ value: act, ...CHOICES[act] }])),
})}
${textareaField({ name: 'words', label: 'Reason', hint: 'Both centres read it. An acceptance can stand without.', value: typed(values, 'words'), errors, rows: 3 })}
${buttonRow(submitButton('Do it'))}`,
  );
}
