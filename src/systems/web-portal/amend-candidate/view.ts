import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, file, NotFound, page } from '#platform/http/answers.ts';
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
  formatBytes,
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
import { changesTable } from './amend-page.ts';
import type { AmendmentAct, AmendmentState } from './amendment-rule.ts';
import {
  AMENDMENTS,
  type Amendment,
  type AmendmentEvent,
  type AmendmentFile,
  amendmentById,
  amendmentEvents,
  amendmentFiles,
  amendmentNumber,
} from './amendments.ts';
import { changeAmendment } from './change-amendment.ts';
import { amendmentTag } from './state-tag.ts';

const params = z.object({ id: z.uuid() });
const query = z.object({ done: z.enum(['asked', 'moved']).optional().catch(undefined) });
type Asked = Context<z.infer<typeof params>>;

interface Found {
  readonly amendment: Amendment;
  readonly events: readonly AmendmentEvent[];
  readonly files: readonly AmendmentFile[];
}

async function find(reader: Reader, context: Asked): Promise<Found> {
  const centreId = actingCentreId(context.principal);
  const amendment = await amendmentById(reader, context.params.id, centreId);
  return {
    amendment,
    events: await amendmentEvents(reader, amendment.id, centreId === null),
    files: await amendmentFiles(reader, amendment.id),
  };
}

/** GET /web-portal/amendments/:id */
export const viewAmendment = handler({ params, query }, async (context) => {
  const found = await context.read((reader) => find(reader, context));
  return page(await amendmentPage(context, found, await context.keptFields(), [], context.query.done));
});

const actForm = z.object({
  act: z.enum(['grant', 'refuse', 'withdraw'], 'Choose what is to be done'),
  words: z
    .string()
    .trim()
    .min(10, 'Say why in a sentence: both sides read it')
    .max(1000, 'Shorten it to 1,000 characters'),
});

/** POST /web-portal/amendments/:id: decided by the awarding body, or taken back by the centre. */
export const decideAmendment = handler(
  { params },
  (context): Promise<Answer> =>
    submitForm(context as Context, {
      schema: actForm,
      page: async (values, errors) => {
        const found = await context.read((reader) => find(reader, context));
        return amendmentPage(context, found, values, errors, undefined);
      },
      action: async (writer, { act, words }) => {
        await changeAmendment(writer, { id: context.params.id, act, words });
        return `${AMENDMENTS}/${context.params.id}?done=moved`;
      },
    }),
);

const fileParams = params.extend({ fileId: z.uuid() });

/** GET /web-portal/amendments/:id/files/:fileId: always saved, never shown by the browser. */
export const fetchAmendmentFile = handler({ params: fileParams }, async (context): Promise<Answer> => {
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader) => {
    await amendmentById(reader, context.params.id, centreId);
    return reader.db
      .selectFrom('web_portal.candidate_amendment_files')
      .select(['name', 'media_type', 'content'])
      .where('id', '=', context.params.fileId)
      .where('amendment_id', '=', context.params.id)
      .executeTakeFirst();
  });
  if (!found) throw new NotFound();
  return file(found.content, { type: found.media_type, name: found.name, cache: 'private, no-store' });
});

const STANDING: Record<AmendmentState, string> = {
  done: 'Done at once. Nobody has to do anything.',
  asked: 'Waits for the awarding body. The record stays as it is until then.',
  granted: 'Granted. The record says so since then.',
  refused: 'Refused. The record stays as it is.',
  withdrawn: 'Withdrawn. The record stays as it is.',
};

const ACT_WORDS: Record<AmendmentEvent['act'], string> = {
  do: 'corrected it',
  ask: 'asked for it',
  grant: 'granted it',
  refuse: 'refused it',
  withdraw: 'took it back',
};

function amendmentPage(
  context: Asked,
  { amendment, events, files }: Found,
  values: FormValues,
  errors: readonly FieldError[],
  done: 'asked' | 'moved' | undefined,
): Promise<Safe> {
  const { state, candidateName, candidateId, centre, reason } = amendment;
  const number = amendmentNumber(amendment.number);
  const forBody = actingCentreId(context.principal) === null;
  const capable = may(context.principal, 'web-portal.decide-amendments');
  const acts: AmendmentAct[] = state !== 'asked' || !capable ? [] : forBody ? ['grant', 'refuse'] : ['withdraw'];
  return portalPage(
    context as Context,
    { title: `${number} ${candidateName}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Corrections', href: AMENDMENTS }, { label: number }])}
${done && note(done === 'asked' ? 'It is sent. The awarding body finds it among what needs attention.' : 'Done. Everybody whom it concerns is told.', { tone: 'ok', announce: true, class: 'mb' })}
${pageHead({
  title: candidateName,
  lead: html`Correction ${codeText(number)} of ${link(`candidate ${amendment.candidateNumber}`, `/web-portal/candidates/${candidateId}`)}${forBody && html`, ${centre}`}`,
  actions: amendmentTag(state),
})}
<div class="split"><div class="stack">
${note(STANDING[state], { tone: state === 'granted' || state === 'done' ? 'ok' : acts.length > 0 ? 'warn' : 'info' })}
${card({ title: 'What changes', id: 'changes', flush: true }, changesTable(amendment))}
${card({ title: 'Reason', id: 'reason-given' }, html`<p class="ao-said">${reason}</p>`)}
${acts.length > 0 && card({ title: forBody ? 'Decision' : 'Take it back', id: 'decision' }, actFields(amendment, acts, values, errors))}
</div><div class="stack">
${card(
  { title: 'The correction', id: 'facts' },
  summaryList([
    ['Centre', centre],
    ['Asked', formatDateTime(amendment.askedAt)],
  ]),
)}
${files.length > 0 && card({ title: 'Evidence', id: 'files' }, html`<ul>${files.map(({ id, name, bytes }) => html`<li>${link(name, `${AMENDMENTS}/${amendment.id}/files/${id}`)} <span class="muted">${formatBytes(bytes)}</span></li>`)}</ul>`)}
${card(
  { title: 'History', id: 'history' },
  trail(
    [...events].reverse().map(({ act, at, side, name, words }) => ({
      what: html`<b>${name ?? (side === 'body' ? 'The awarding body' : 'The centre')} ${ACT_WORDS[act]}</b>${act !== 'do' && act !== 'ask' && html`<span class="ao-said">${words}</span>`}`,
      when: formatDateTime(at, 'list', context.now),
    })),
  ),
)}
</div></div>`,
  );
}

const CHOICES: Record<AmendmentAct, { readonly label: string; readonly hint: string }> = {
  grant: { label: 'Grant it', hint: 'The record changes at once; certificates that were issued stay as printed' },
  refuse: { label: 'Refuse it', hint: 'The record stays as it is' },
  withdraw: { label: 'Take it back', hint: 'The record stays as it is; the evidence stays on record' },
};

function actFields(
  { id }: Amendment,
  acts: readonly AmendmentAct[],
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  return form(
    { action: `${AMENDMENTS}/${id}`, submissionId: crypto.randomUUID() },
    html`${radios({
      name: 'act',
      label: 'What do you want to do?',
      value: typed(values, 'act') || null,
      errors,
      items: acts.map((act) => ({ value: act, ...CHOICES[act] })),
    })}
${textareaField({ name: 'words', label: 'Why', hint: 'Both sides read it', value: typed(values, 'words'), errors, rows: 3 })}
${buttonRow(submitButton('Do it'))}`,
  );
}
