import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  link,
  note,
  pageHead,
  submitButton,
  summaryList,
  table,
  textareaField,
} from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { obstaclesOf, type WithdrawalObstacle } from './obstacles.ts';
import { dayAfter, WITHDRAWAL_STATE_WORDS, type WithdrawalAct } from './withdrawal-rules.ts';
import { moveWithdrawal, subjectOf, type Withdrawal, withdrawalOf } from './withdrawals.ts';

const PATH = '/centres-hub/withdrawals';
const params = z.object({ withdrawalId: z.uuid() });
const query = hubQuery.extend({ done: z.enum(['asked', 'ended']).optional().catch(undefined) });
type Here = Context<z.infer<typeof params>, z.infer<typeof query>>;

interface Found {
  readonly hub: Hub;
  readonly withdrawal: Withdrawal;
  readonly obstacles: readonly WithdrawalObstacle[];
  readonly done: z.infer<typeof query>['done'];
}

async function inQuestion(reader: Reader, context: Here): Promise<Found> {
  const hub = await hubOf(reader, context);
  const withdrawal = await withdrawalOf(reader, hub.centre.id, context.params.withdrawalId);
  const { id: centreId, number: centreNumber } = hub.centre;
  const subject = { centreId, centreNumber, productId: withdrawal.productId, forBody: hub.forBody };
  return { hub, withdrawal, obstacles: await obstaclesOf(reader, subject), done: context.query.done };
}

/** GET /centres-hub/withdrawals/:withdrawalId: reasons, dates, what stands in the way, and the decision. */
export const viewWithdrawal = centreHandler({ params, query }, async (context) => {
  const found = await context.read((reader) => inQuestion(reader, context));
  return page(withdrawalPage(await context.frame(), found, await context.keptFields(), []));
});

/** POST /centres-hub/withdrawals/:withdrawalId/ACT */
export const sendWithdrawalAct = (act: WithdrawalAct) =>
  centreHandler({ params, query }, (context) =>
    submitForm(context as Context, {
      schema: z.object({ words: reasonField }),
      page: async (values, errors) =>
        withdrawalPage(
          await context.frame(),
          await context.read((reader) => inQuestion(reader, context)),
          values,
          errors,
        ),
      action: async (writer, { words }) => {
        const hub = await hubOf(writer, context);
        await moveWithdrawal(writer, hub.centre, context.params.withdrawalId, act, words);
        return hub.href(`${PATH}/${context.params.withdrawalId}`, { done: 'ended' });
      },
    }),
  );

function withdrawalPage(frame: Frame, found: Found, values: FormValues, errors: readonly FieldError[]): Safe {
  const { hub, withdrawal, done } = found;
  const { label, next } = WITHDRAWAL_STATE_WORDS[withdrawal.state];
  const asked = withdrawal.state === 'asked';
  const title = `Withdrawal: ${subjectOf(withdrawal)}`;
  return hubPage(
    frame,
    hub,
    { title, form: asked, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Withdrawals', href: hub.href(PATH) }, { label: subjectOf(withdrawal) }])}
${pageHead({ title, lead: whose(hub) })}
<div class="stack">
${done && note(done === 'asked' ? 'Asked for. Nothing has taken effect yet.' : 'Recorded.', { tone: 'ok', announce: true })}
${note(next, { title: `${label}.`, tone: asked ? 'warn' : 'info' })}
<div class="split"><div class="stack">
${obstaclesCard(found)}
${asked && actsCard(found, values, errors)}
</div>
${card(
  { title: 'The withdrawal', id: 'facts' },
  summaryList([
    ['What', subjectOf(withdrawal)],
    ['Reason', withdrawal.reason],
    ['Last day for registrations', formatDate(withdrawal.lastRegistrationOn)],
    ['Last day for certification', formatDate(withdrawal.lastCertificationOn)],
    withdrawal.productId === null && [
      'The centre is withdrawn from',
      formatDate(dayAfter(withdrawal.lastCertificationOn)),
    ],
    [
      withdrawal.side === 'centre' ? 'Asked for' : 'Started',
      html`${formatDateTime(withdrawal.askedAt)}, ${withdrawal.askedBy}`,
    ],
    withdrawal.endedAt !== null && [
      label,
      html`${formatDateTime(withdrawal.endedAt)}, ${withdrawal.endedBy}: ${withdrawal.endedWords}`,
    ],
  ]),
)}</div></div>`,
  );
}

function obstaclesCard({ hub, obstacles }: Found): Safe {
  if (obstacles.length === 0) {
    return card(
      { title: 'What stands in the way', id: 'obstacles' },
      html`<p>Nothing: no registration is active, no test is planned and no claim is open.</p>`,
    );
  }
  return card(
    { title: 'What stands in the way', id: 'obstacles', flush: true },
    table<WithdrawalObstacle>({
      caption: 'What stands in the way',
      rows: obstacles,
      columns: [
        { label: 'What', header: true, cell: (one) => (hub.may(one.capability) ? link(one.name, one.href) : one.name) },
        { label: 'How many', numeric: true, cell: (one) => one.count },
        { label: 'Waits for', cell: (one) => one.whose },
      ],
    }),
  );
}

/** Decide and refuse for the awarding body, take back for the centre: one form, each button its own address. */
function actsCard({ hub, withdrawal }: Found, values: FormValues, errors: readonly FieldError[]): Safe | null {
  const here = (act: WithdrawalAct) => hub.href(`${PATH}/${withdrawal.id}/${act}`);
  const decides = hub.forBody && hub.may('centres-hub.decide-approvals');
  const takesBack = !hub.forBody && hub.may('centres-hub.manage-users') && withdrawal.side === 'centre';
  if (!decides && !takesBack) return null;
  const label = decides ? 'Decision in words' : 'Why it is taken back';
  return card(
    { title: decides ? 'Decide' : 'Take it back', id: 'decide' },
    html`${decides && html`<p>From its dates on, registrations and claims stop by the rule of the approval. Candidates, results and certificates stay on record.</p>`}${form(
      {
        action: here(decides ? 'decide' : 'take-back'),
        submissionId: crypto.randomUUID(),
        label: decides ? 'Decide' : 'Take it back',
      },
      html`${textareaField({ name: 'words', label, value: typed(values, 'words'), errors, rows: 3 })}
${
  decides
    ? buttonRow(
        submitButton('Decide the withdrawal', { look: 'bad' }),
        submitButton('Refuse it', { look: 'quiet', formAction: here('refuse') }),
      )
    : buttonRow(submitButton('Take it back'))
}`,
    )}`,
  );
}
