import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, codeText, reasonForm } from '#ui';
import { apiPage } from '../api-page.ts';
import { type ApiKey, keyOf, revokeKey } from '../keys/keys.ts';

const params = z.object({ keyId: z.uuid() });

/** The key in question; NotFound for one of another centre, or that is revoked. */
async function inQuestion(context: Context<z.infer<typeof params>>): Promise<ApiKey> {
  const key = await context.read((reader) => keyOf(reader, context.centreId(), context.params.keyId));
  if (!key || key.revokedAt) throw new NotFound();
  return key;
}

/** GET /web-portal/api/keys/:keyId/revoke */
export const showRevokeKey = handler({ params }, async (context) => {
  return page(await revokePage(context, await inQuestion(context), await context.keptFields(), []));
});

/** POST /web-portal/api/keys/:keyId/revoke: opens nothing from the next request on. */
export const sendRevokeKey = handler({ params }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => revokePage(context, await inQuestion(context), values, errors),
    action: async (writer, { reason }) => {
      const { keyId } = context.params;
      if (!(await revokeKey(writer, context.centreId(), { keyId, reason }))) throw new NotFound();
      return '/web-portal/api?done=revoked';
    },
  }),
);

function revokePage(context: Context, key: ApiKey, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  return apiPage(
    context,
    { title: `Revoke the key ${key.name}`, errors },
    card(
      { label: 'Why' },
      html`<p>The system that uses ${codeText(key.prefix)} is refused at once, and the key cannot be brought back.</p>
${reasonForm({ action: `/web-portal/api/keys/${key.id}/revoke`, button: 'Revoke the key', back: '/web-portal/api', values, errors })}`,
    ),
  );
}
