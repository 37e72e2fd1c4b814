import { z } from 'zod';
import { addMembership, membersOf, reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDateTime,
  note,
  pageHead,
  postButton,
  radios,
  submitButton,
  summaryList,
  tag,
  textareaField,
  trail,
} from '#ui';
import { giveEvidence } from '../competence/evidence-file.ts';
import { conflictBetween } from '../conflicts/conflict-between.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { lockUsers } from '../users/users.ts';
import { recoveryObjected } from './audit.ts';
import { closeRecovery, lockRecovery, type Objection, objectionsOf, type Recovery, recoveryOf } from './recoveries.ts';
import { grantProblem, STATE_NAMES } from './recovery-state.ts';
import { tellOfDecision } from './tell.ts';

const params = z.object({ recoveryId: z.uuid() });
const query = hubQuery.extend({ done: z.enum(['objected', 'decided', 'withdrawn']).optional().catch(undefined) });
type Asked = Context<z.infer<typeof params>, HubQuery & { done?: string | undefined }>;

const DONE_WORDS: Record<string, string> = {
  objected: 'Your objection is recorded. The awarding body reads it before it decides.',
  decided: 'The decision is recorded and holds at once. Who asked and the coordinators are told.',
  withdrawn: 'The request is withdrawn.',
};

interface Found {
  readonly hub: Hub;
  readonly recovery: Recovery;
  readonly objections: readonly Objection[];
  readonly own: boolean;
}

/** Who asked, the coordinators of the centre, and those who decide; 404 for others. */
async function found(reader: Reader, context: Asked): Promise<Found> {
  const hub = await hubOf(reader, context);
  const recovery = await recoveryOf(reader, hub.centre.id, context.params.recoveryId);
  const own = !hub.forBody && recovery.personId === context.person().personId;
  if (!own && !hub.may('centres-hub.manage-users') && !hub.may('centres-hub.decide-approvals')) throw new NotFound();
  return { hub, recovery, own, objections: await objectionsOf(reader, recovery.id, hub.centre.id) };
}

/** GET /centres-hub/coordinator-recoveries/:recoveryId */
export const viewRecovery = centreHandler({ params, query }, async (context) =>
  page(await recoveryPage(context, {}, [])),
);

/** GET /centres-hub/coordinator-recoveries/:recoveryId/files/:fileId */
export const giveRecoveryFile = centreHandler({ params: params.extend({ fileId: z.uuid() }), query }, async (context) =>
  context.read(async (reader) => {
    const { hub, recovery } = await found(reader, context);
    return giveEvidence(reader, hub.centre.id, context.params.fileId, { recoveryId: recovery.id });
  }),
);

/** POST /centres-hub/coordinator-recoveries/:recoveryId/object: an entry of a present coordinator. */
export const objectTo = centreHandler({ params, query }, (context) =>
  submitForm(context, {
    schema: z.object({ words: reasonField }),
    page: (values, errors) => recoveryPage(context, values, errors),
    action: async (writer, { words }) => {
      const { hub, own } = await found(writer, context);
      if (own) throw new Refused('Nobody objects to the own request. Withdraw it instead');
      const { recovery } = await lockRecovery(writer, hub.centre.id, context.params.recoveryId, 'object');
      await writer.db
        .insertInto('centres_hub.coordinator_objections')
        .values({
          recovery_id: recovery.id,
          centre_id: hub.centre.id,
          person_id: context.person().personId,
          words,
          written_at: writer.now,
        })
        .execute();
      await writer.audit(
        recoveryObjected,
        { kind: 'coordinator-recovery', id: recovery.id },
        { number: recovery.number, words },
        hub.centre.id,
      );
      return hub.href(here(recovery), { done: 'objected' });
    },
  }),
);

/** POST /centres-hub/coordinator-recoveries/:recoveryId/withdraw: by who asked. */
export const withdrawRecovery = centreHandler({ params, query }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: (values, errors) => recoveryPage(context, values, errors),
    action: async (writer) => {
      const { hub, own } = await found(writer, context);
      if (!own) throw new NotFound();
      const { recovery } = await lockRecovery(writer, hub.centre.id, context.params.recoveryId, 'withdraw');
      await closeRecovery(writer, recovery, 'withdrawn', null);
      return hub.href(here(recovery), { done: 'withdrawn' });
    },
  }),
);

/** POST /centres-hub/coordinator-recoveries/:recoveryId/decide: granting gives the role, nothing else changes. */
export const decideRecovery = centreHandler({ params, query }, (context) =>
  submitForm(context, {
    schema: z.object({
      outcome: z.enum(['grant', 'refuse'], 'Choose whether the request is granted'),
      reason: reasonField,
    }),
    page: (values, errors) => recoveryPage(context, values, errors),
    action: async (writer, { outcome, reason }) => {
      const { hub } = await found(writer, context);
      const { centre } = hub;
      await lockUsers(writer, centre.id);
      const { recovery } = await lockRecovery(writer, centre.id, context.params.recoveryId, outcome);
      const { personId, name } = recovery;
      const member = (await membersOf(writer, centre.id)).find((one) => one.personId === personId);
      const isDecider = personId === context.person().personId;
      const conflict = await conflictBetween(writer, {
        centreId: centre.id,
        personId: context.person().personId,
        otherPersonId: personId,
      });
      if (conflict) throw new Refused(`${conflict.words} Ask a colleague to decide`);
      if (outcome === 'grant') {
        const problem = grantProblem({
          name,
          isDecider,
          isUser: member !== undefined,
          isCoordinator: member?.roles.some(({ role }) => role === 'coordinator') ?? false,
        });
        if (problem) throw new Refused([{ field: 'outcome', message: problem }]);
        await addMembership(writer, { personId, organisationId: centre.id, role: 'coordinator' });
      } else if (isDecider) throw new Refused('Nobody decides about the own request. Ask a colleague to decide');
      const granted = outcome === 'grant';
      await closeRecovery(writer, recovery, granted ? 'granted' : 'refused', reason);
      await tellOfDecision(writer, centre, { personId, name, recoveryId: recovery.id }, { granted, reasons: reason });
      return hub.href(here(recovery), { done: 'decided' });
    },
  }),
);

const here = ({ id }: Pick<Recovery, 'id'>) => `/centres-hub/coordinator-recoveries/${id}`;

async function recoveryPage(context: Asked, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const one = await context.read((reader) => found(reader, context));
  const { hub, recovery, objections, own } = one;
  const title = `Request ${recovery.number}: ${recovery.name} asks to become coordinator`;
  const done = context.query.done && DONE_WORDS[context.query.done];
  const list = hub.forBody ? '/centres-hub/coordinator-recoveries' : '/centres-hub/coordinator-recovery';
  return hubPage(
    await context.frame(),
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: hub.forBody ? 'Coordinators to replace' : 'The coordinator is gone', href: list }, { label: `Request ${recovery.number}` }])}
${pageHead({ title, lead: whose(hub) })}
<div class="stack">${done && note(done, { tone: 'ok', announce: true })}
<div class="split wide">
<div class="stack">${card({ title: 'The request', id: 'request' }, facts(hub, recovery))}
${card({ title: 'Objections', id: 'objections' }, objectionList(objections))}</div>
<div class="stack">${acts(one, values, errors, own)}</div>
</div></div>`,
  );
}

function facts(hub: Hub, recovery: Recovery): Safe {
  const waiting = recovery.state === 'waiting';
  return html`${summaryList([
    ['State', tag(STATE_NAMES[recovery.state], waiting ? 'warn' : undefined, waiting ? 'clock' : undefined)],
    ['Asked by', recovery.name],
    ['On', formatDateTime(recovery.askedAt)],
    ['Reasons', recovery.reasons],
    recovery.fileId !== null && [
      'Evidence',
      html`<a href="${hub.href(`${here(recovery)}/files/${recovery.fileId}`)}" download>${recovery.fileName}</a>`,
    ],
    recovery.closedAt !== null && ['Closed', formatDateTime(recovery.closedAt)],
    recovery.closingWords !== null && ['Reasons of the awarding body', recovery.closingWords],
  ])}`;
}

function objectionList(objections: readonly Objection[]): Safe {
  if (objections.length === 0) return html`<p class="m0">Nobody has objected.</p>`;
  return trail(
    objections.map(({ name, words, writtenAt }) => ({ what: `${name}: ${words}`, when: formatDateTime(writtenAt) })),
  );
}

function acts({ hub, recovery }: Found, values: FormValues, errors: readonly FieldError[], own: boolean): Safe {
  const { state } = recovery;
  if (state !== 'waiting')
    return card(
      { label: 'What comes next' },
      html`<p class="m0">The request is closed. Nothing waits for anybody.</p>`,
    );
  const address = (act: string) => hub.href(`${here(recovery)}/${act}`);
  if (hub.may('centres-hub.decide-approvals'))
    return card(
      { title: 'Decide', id: 'decide' },
      form(
        { action: address('decide'), submissionId: crypto.randomUUID() },
        html`<p>Read the evidence and the objections first, and call the centre by the telephone number on its profile.</p>
${radios({
  name: 'outcome',
  label: 'Is the request granted?',
  value: typed(values, 'outcome') || null,
  errors,
  items: [
    {
      value: 'grant',
      label: 'Grant it',
      hint: `${recovery.name} becomes coordinator at once; other coordinators stay`,
    },
    { value: 'refuse', label: 'Refuse it', hint: 'Nothing changes at the centre' },
  ],
})}
${textareaField({ name: 'reason', label: 'Reasons', value: typed(values, 'reason'), errors, rows: 4 })}
${buttonRow(submitButton('Record the decision'))}`,
      ),
    );
  if (own)
    return card(
      { title: 'What comes next', id: 'next' },
      html`<p>The awarding body decides. The present coordinators were told by mail and can object.</p>${postButton('Withdraw the request', { action: address('withdraw'), look: 'quiet', submissionId: crypto.randomUUID() })}`,
    );
  return card(
    { title: 'Object', id: 'object' },
    form(
      { action: address('object'), submissionId: crypto.randomUUID() },
      html`<p>You are a coordinator of the centre. The awarding body reads your objection before it decides.</p>
${textareaField({ name: 'words', label: 'Your objection', value: typed(values, 'words'), errors, rows: 4 })}
${buttonRow(submitButton('Object'))}`,
    ),
  );
}
