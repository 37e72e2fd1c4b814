import { z } from 'zod';
import { page } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { hashToken, newToken } from '../../tokens/token.ts';
import { clientSecretReplaced } from '../audit.ts';
import { oneClient, params } from '../clients/one-client.ts';
import { replaceSecretPage, secretPage } from './page.ts';

/** GET /single-sign-on/:id/replace-secret */
export const showReplaceSecret = handler({ params }, async (context) => {
  const client = await context.read((reader) => oneClient(reader, context.params.id));
  return page(replaceSecretPage(await context.frame(), client));
});

/** POST /single-sign-on/:id/replace-secret: answers with the new secret, once. */
export const sendReplaceSecret = handler({ params }, async (context) => {
  const { id } = context.params;
  let secret: string | undefined;
  const answer = await submitForm(context, {
    schema: z.object({}),
    page: async () => {
      const client = await context.read((reader) => oneClient(reader, id));
      return replaceSecretPage(await context.frame(), client);
    },
    action: async (writer) => {
      await oneClient(writer, id);
      const made = newToken();
      await writer.db
        .updateTable('accounts.clients')
        .set({ secret_hash: hashToken(made), secret_changed_at: writer.now })
        .where('id', '=', id)
        .execute();
      await writer.audit(clientSecretReplaced, { kind: 'client', id }, {});
      secret = made;
      return `/single-sign-on/${id}`;
    },
  });
  if (answer.kind !== 'redirect' || secret === undefined) return answer;
  const client = await context.read((reader) => oneClient(reader, id));
  return page(secretPage(await context.frame(), client, secret, context.services.settings.publicUrl));
});
