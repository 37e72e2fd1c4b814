import { z } from 'zod';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { apiPage } from '../../api/api-page.ts';
import { pingWebhook } from '../webhooks.ts';

const LIST = '/web-portal/api/webhooks';
const params = z.object({ webhookId: z.uuid() });

/** POST /web-portal/api/webhooks/:webhookId/ping: a test delivery. */
export const sendPing = handler({ params }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: (_, errors) =>
      apiPage(context, { title: 'Send a test', under: { label: 'Web addresses', href: LIST }, errors }, null),
    action: async (writer) => {
      await pingWebhook(writer, context.centreId(), context.params.webhookId);
      return `${LIST}?done=pinged`;
    },
  }),
);
