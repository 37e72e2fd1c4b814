import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { oneClient, params } from '../clients/one-client.ts';
import { forgetClients } from '../clients/system-links.ts';
import { secretPage } from '../replace-secret/page.ts';
import { clientForm } from './form.ts';
import { setClientPage, valuesOf } from './page.ts';
import { addClient, changeClient } from './store-client.ts';

/** GET /single-sign-on/add */
export async function showAddClient(context: Context) {
  return page(setClientPage(await context.frame(), null, await context.keptFields(), []));
}

/** POST /single-sign-on/add: answers with the secret, once; the same form sent again leads to the client without it. */
export async function sendAddClient(context: Context) {
  let made: { id: string; secret: string } | undefined;
  const answer = await submitForm(context, {
    schema: clientForm,
    page: async (values, errors) => setClientPage(await context.frame(), null, values, errors),
    action: async (writer, settings) => {
      made = await addClient(writer, settings);
      return `/single-sign-on/${made.id}`;
    },
  });
  if (answer.kind !== 'redirect') return answer;
  forgetClients(context.services);
  if (!made) return answer;
  const { id, secret } = made;
  const client = await context.read((reader) => oneClient(reader, id));
  return page(secretPage(await context.frame(), client, secret, context.services.settings.publicUrl));
}

/** GET /single-sign-on/:id/change */
export const showChangeClient = handler({ params }, async (context) => {
  const client = await context.read((reader) => oneClient(reader, context.params.id));
  return page(
    setClientPage(await context.frame(), client, { ...valuesOf(client), ...(await context.keptFields()) }, []),
  );
});

/** POST /single-sign-on/:id/change */
export const sendChangeClient = handler({ params }, async (context) => {
  const answer = await submitForm(context, {
    schema: clientForm,
    page: async (values, errors) => {
      const client = await context.read((reader) => oneClient(reader, context.params.id));
      return setClientPage(await context.frame(), client, values, errors);
    },
    action: async (writer, settings) => {
      const { id } = await oneClient(writer, context.params.id);
      await changeClient(writer, id, settings);
      return `/single-sign-on/${id}?done=changed`;
    },
  });
  forgetClients(context.services);
  return answer;
});
