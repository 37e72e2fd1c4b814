import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, codeText, formatDateTime, note, postButton, summaryList } from '#ui';
import { apiPage } from '../../api/api-page.ts';
import { type Delivery, deliveryById, mayRetry, retryDelivery } from '../deliveries.ts';
import { eventWords } from '../events.ts';
import { answerWords, stateTag } from '../list-deliveries/list-deliveries.ts';

const LIST = '/web-portal/api/deliveries';
const params = z.object({ deliveryId: z.uuid() });
const query = z.object({ done: z.literal('retried').optional().catch(undefined) });
type Asked = Context<z.infer<typeof params>>;

const inQuestion = (context: Asked) =>
  context.read((reader) => deliveryById(reader, context.centreId(), context.params.deliveryId));

/** GET /web-portal/api/deliveries/:deliveryId */
export const viewDelivery = handler({ params, query }, async (context) => {
  return page(await deliveryPage(context, await inQuestion(context), [], context.query.done));
});

/** POST /web-portal/api/deliveries/:deliveryId: sent again at once. */
export const sendRetry = handler({ params }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: async (_, errors) => deliveryPage(context, await inQuestion(context), errors),
    action: async (writer) => {
      const { deliveryId } = context.params;
      await retryDelivery(writer, context.centreId(), deliveryId);
      return `${LIST}/${deliveryId}?done=retried`;
    },
  }),
);

function deliveryPage(
  context: Context,
  delivery: Delivery,
  errors: readonly FieldError[],
  done?: 'retried',
): Promise<Safe> {
  const { id, event, url, madeAt, state, attempts, nextAttemptAt, lastAttemptAt, body, addressEnded } = delivery;
  const next = nextAttemptAt && (nextAttemptAt <= context.now ? 'Now' : formatDateTime(nextAttemptAt));
  return apiPage(
    context,
    {
      title: eventWords(event),
      lead: html`<span class="wrap-any">To ${url}</span>`,
      under: { label: 'Deliveries', href: LIST },
      errors,
    },
    html`${done && note('It is sent again now.', { tone: 'ok', announce: true, class: 'mb' })}
<div class="stack">
${card(
  { title: 'How it went', id: 'state' },
  html`${summaryList([
    ['State', html`${stateTag(state)}${addressEnded && ' The address has ended'}`],
    ['Id', html`<span class="wrap-any">${codeText(id)}</span>`],
    ['Made', formatDateTime(madeAt)],
    ['Attempts', String(attempts)],
    lastAttemptAt && ['Last attempt', formatDateTime(lastAttemptAt)],
    ['Last answer', answerWords(delivery)],
    next !== null && ['Next attempt', next],
  ])}
${mayRetry(delivery) && html`<div class="row mt">${postButton('Send it again', { action: `${LIST}/${id}`, submissionId: randomUUID(), ...(state === 'delivered' && { look: 'quiet' as const }) })}</div>`}`,
)}
${card({ title: 'What is sent', id: 'body' }, html`<p class="wrap-any">${codeText(body)}</p>`)}
</div>`,
  );
}
