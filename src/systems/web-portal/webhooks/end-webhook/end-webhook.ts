import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, reasonForm } from '#ui';
import { apiPage } from '../../api/api-page.ts';
import { currentWebhook, endWebhook, type Webhook } from '../webhooks.ts';

const LIST = '/web-portal/api/webhooks';
const params = z.object({ webhookId: z.uuid() });

const inQuestion = (context: Context<z.infer<typeof params>>) =>
  context.read((reader) => currentWebhook(reader, context.centreId(), context.params.webhookId));

/** GET /web-portal/api/webhooks/:webhookId/end */
export const showEndWebhook = handler({ params }, async (context) => {
  return page(await endPage(context, await inQuestion(context), await context.keptFields(), []));
});

/** POST /web-portal/api/webhooks/:webhookId/end */
export const sendEndWebhook = handler({ params }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => endPage(context, await inQuestion(context), values, errors),
    action: async (writer, { reason }) => {
      await endWebhook(writer, context.centreId(), { webhookId: context.params.webhookId, reason });
      return `${LIST}?done=ended`;
    },
  }),
);

function endPage(context: Context, webhook: Webhook, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  return apiPage(
    context,
    {
      title: 'End a web address',
      lead: html`<span class="wrap-any">${webhook.url}</span>`,
      under: { label: 'Web addresses', href: LIST },
      errors,
    },
    card(
      { label: 'Why' },
      html`<p>It is told of nothing from now on, and what waits for it is not sent.</p>
${reasonForm({ action: `${LIST}/${webhook.id}/end`, button: 'End the address', back: LIST, values, errors })}`,
    ),
  );
}
