import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, file, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may, type Principal } from '#platform/permissions/principal.ts';
import {
  buttonRow,
  card,
  codeText,
  crumbs,
  errorSummary,
  fileField,
  form,
  formatBytes,
  formatDate,
  formatDateTime,
  link,
  note,
  pageHead,
  radios,
  submitButton,
  summaryList,
  textareaField,
  trail,
} from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';
import { GRADE_NAMES } from '../registrations/registrations.ts';
import { changePriorLearning, storeEvidence } from './change-prior-learning.ts';
import { chooseAgain, EVIDENCE_ACCEPT, EVIDENCE_HINT, receiveEvidence } from './evidence.ts';
import {
  eventsOf,
  filesOf,
  PRIOR_LEARNING,
  PRIOR_LEARNING_KINDS,
  type PriorLearning,
  type PriorLearningEvent,
  type PriorLearningFile,
  priorLearningById,
  priorLearningNumber,
  proposersOf,
} from './prior-learning.ts';
import {
  type Actor,
  actsOf,
  type Capacity,
  type PriorLearningAct,
  type PriorLearningState,
  whoseMove,
} from './prior-learning-state.ts';
import { priorLearningTag } from './state-tag.ts';

const params = z.object({ id: z.uuid() });
const query = z.object({ done: z.enum(['proposed', 'moved']).optional().catch(undefined) });
type Asked = Context<z.infer<typeof params>>;

interface Found {
  readonly one: PriorLearning;
  readonly events: readonly PriorLearningEvent[];
  readonly files: readonly PriorLearningFile[];
}

/** In which capacities somebody acts on claims of prior learning. */
export function actorOf(principal: Principal & { readonly personId: string }): Actor {
  const capacities: Capacity[] = [];
  if (may(principal, 'web-portal.propose-prior-learning')) capacities.push('proposer');
  if (may(principal, 'web-portal.confirm-prior-learning')) capacities.push('quality_assurer');
  if (may(principal, 'web-portal.decide-prior-learning')) capacities.push('awarding_body');
  return { personId: principal.personId, capacities };
}

async function find(reader: Reader, context: Asked): Promise<Found> {
  const centreId = actingCentreId(context.principal);
  const one = await priorLearningById(reader, context.params.id, centreId);
  return { one, events: await eventsOf(reader, one.id, centreId === null), files: await filesOf(reader, one.id) };
}

/** GET /web-portal/prior-learning/:id */
export const viewPriorLearning = handler({ params, query }, async (context) => {
  const found = await context.read((reader) => find(reader, context));
  return page(await priorLearningPage(context, found, await context.keptFields(), [], context.query.done));
});

const actForm = z
  .object({
    act: z.enum(['confirm', 'return', 'mend', 'grant', 'refuse', 'withdraw'], 'Choose what is to be done'),
    words: z.string().trim().max(2000, 'Shorten it to 2,000 characters').default(''),
  })
  .refine(({ act, words }) => act === 'confirm' || words.length >= 10, {
    path: ['words'],
    message: 'Say why in a sentence: the others read it',
  });

/** POST /web-portal/prior-learning/:id: confirms, returns, mends, decides or withdraws; with more evidence where the centre mends. */
export const changeIt = handler({ params }, async (context): Promise<Answer> => {
  const received = await receiveEvidence(context.request);
  return submitForm(
    { ...context, fields: received.fields },
    {
      schema: actForm,
      page: async (values, errors) => {
        const found = await context.read((reader) => find(reader, context));
        const others = errors.filter(({ field }) => field !== 'evidence');
        return priorLearningPage(context, found, values, [...others, ...chooseAgain(received)], undefined);
      },
      action: async (writer, { act, words }) => {
        if (received.errors.length > 0) throw new Refused(received.errors);
        if (received.files.length > 0 && act !== 'mend') throw new NotFound();
        const actor = actorOf(context.person());
        const one = await changePriorLearning(writer, { id: context.params.id, act, actor, words });
        await storeEvidence(writer, one, received.files);
        return `${PRIOR_LEARNING}/${one.id}?done=moved`;
      },
    },
  );
});

const fileParams = params.extend({ fileId: z.uuid() });

/** GET /web-portal/prior-learning/:id/files/:fileId: always saved, never shown by the browser. */
export const fetchEvidence = handler({ params: fileParams }, async (context): Promise<Answer> => {
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader) => {
    await priorLearningById(reader, context.params.id, centreId);
    return reader.db
      .selectFrom('web_portal.prior_learning_files')
      .select(['name', 'media_type', 'content'])
      .where('id', '=', context.params.fileId)
      .where('prior_learning_id', '=', context.params.id)
      .executeTakeFirst();
  });
  if (!found) throw new NotFound();
  return file(found.content, { type: found.media_type, name: found.name, cache: 'private, no-store' });
});

const ACT_WORDS: Record<PriorLearningAct, string> = {
  propose: 'proposed it',
  confirm: 'confirmed it',
  return: 'returned it',
  mend: 'mended it',
  grant: 'granted it',
  refuse: 'refused it',
  withdraw: 'withdrew it',
};

const STANDING: Record<PriorLearningState, string> = {
  proposed: 'Waits for an internal quality assurer of the centre, who is not the proposer.',
  confirmed: 'Waits for the awarding body.',
  returned: 'Waits for the centre: it was returned with a question. Mend it, or withdraw it.',
  granted: 'Granted. The unit stands on the record, marked as prior learning.',
  refused: 'Refused. The unit has to be achieved by assessment, or claimed anew with other evidence.',
  withdrawn: 'Withdrawn. Nobody has to do anything.',
};

function priorLearningPage(
  context: Asked,
  { one, events, files }: Found,
  values: FormValues,
  errors: readonly FieldError[],
  done: 'proposed' | 'moved' | undefined,
): Promise<Safe> {
  const number = priorLearningNumber(one.number);
  const acts = actsOf(one.state, actorOf(context.person()), proposersOf(events));
  const forBody = actingCentreId(context.principal) === null;
  return portalPage(
    context as Context,
    { title: `${number} ${one.unitTitle}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Prior learning', href: PRIOR_LEARNING }, { label: number }])}
${done && note(done === 'proposed' ? 'It is proposed. The quality assurers of your centre find it among what needs them.' : 'Done. Everybody whom it concerns is told.', { tone: 'ok', announce: true, class: 'mb' })}
${pageHead({
  title: one.unitTitle,
  lead: html`${PRIOR_LEARNING_KINDS[one.kind]} ${codeText(number)} for ${link(one.candidateName, `/web-portal/candidates/${one.candidateId}`)}${forBody && html`, ${one.centre}`}`,
  actions: priorLearningTag(one.state),
})}
<div class="split"><div class="stack">
${note(STANDING[one.state], { tone: one.state === 'granted' ? 'ok' : whoseMove(one.state) === null ? 'info' : acts.length > 0 ? 'warn' : 'info' })}
${card({ title: 'Grounds', id: 'grounds' }, html`<p class="ao-said">${one.grounds}</p>`)}
${acts.length > 0 && card({ title: 'What happens next', id: 'next' }, actFields(one, acts, values, errors))}
</div><div class="stack">
${card({ title: 'The claim', id: 'facts' }, facts(one))}
${card({ title: 'Evidence', id: 'files' }, html`<ul>${files.map(({ id, name, bytes }) => html`<li>${link(name, `${PRIOR_LEARNING}/${one.id}/files/${id}`)} <span class="muted">${formatBytes(bytes)}</span></li>`)}</ul>`)}
${card({ title: 'History', id: 'history' }, history(events, context.now))}
</div></div>`,
  );
}

function facts(one: PriorLearning): Safe {
  return summaryList([
    ['Product', link(one.productTitle, `/web-portal/registrations/${one.registrationId}`)],
    ['Grade', GRADE_NAMES[one.grade]],
    one.awardedBy !== null && ['Awarded by', one.awardedBy],
    one.certificateNumber !== null && ['Certificate', codeText(one.certificateNumber)],
    one.awardedOn !== null && ['Awarded on', formatDate(one.awardedOn)],
    ['Proposed', formatDateTime(one.proposedAt)],
  ]);
}

function history(events: readonly PriorLearningEvent[], now: Date): Safe {
  return trail(
    [...events].reverse().map(({ act, at, name, side, words }) => ({
      what: html`<b>${name ?? (side === 'body' ? 'The awarding body' : 'The centre')} ${ACT_WORDS[act]}</b>${words && html`<span class="ao-said">${words}</span>`}`,
      when: formatDateTime(at, 'list', now),
    })),
  );
}

const ACT_CHOICES: Record<Exclude<PriorLearningAct, 'propose'>, { readonly label: string; readonly hint: string }> = {
  confirm: { label: 'Confirm it', hint: 'The evidence is authentic, current and enough for every learning outcome' },
  return: { label: 'Return it', hint: 'The centre mends it; say what is missing' },
  mend: { label: 'Mend it', hint: 'It goes to the quality assurer again, with more evidence if you add some' },
  grant: { label: 'Grant it', hint: 'The unit is achieved at once' },
  refuse: { label: 'Refuse it', hint: 'It ends here; say why' },
  withdraw: { label: 'Withdraw it', hint: 'It ends here; the evidence stays on record' },
};

function actFields(
  one: PriorLearning,
  acts: readonly PriorLearningAct[],
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  return form(
    { action: `${PRIOR_LEARNING}/${one.id}`, submissionId: crypto.randomUUID(), multipart: true },
    html`${radios({
      name: 'act',
      label: 'What do you want to do?',
      value: typed(values, 'act') || null,
      errors,
      items: acts.flatMap((act) => (act === 'propose' ? [] : [{ value: act, ...ACT_CHOICES[act] }])),
    })}
${textareaField({ name: 'words', label: 'Reason', hint: 'Both sides read it. A confirmation can stand without.', value: typed(values, 'words'), errors, rows: 3 })}
${acts.includes('mend') && fileField({ name: 'evidence', label: 'More evidence (optional)', hint: EVIDENCE_HINT, accept: EVIDENCE_ACCEPT, multiple: true, errors })}
${buttonRow(submitButton('Do it'))}`,
  );
}
