import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  staffPage,
  submitButton,
  textareaField,
} from '#ui';
import { clientSwitchedOff, clientSwitchedOn } from '../audit.ts';
import type { Client } from '../clients/clients.ts';
import { oneClient, params } from '../clients/one-client.ts';
import { forgetClients } from '../clients/system-links.ts';

const switchForm = z.object({
  reason: z
    .string('Say why')
    .trim()
    .min(5, 'Say why in a few words, so that the record explains itself')
    .max(500, 'Shorten the reason to 500 characters'),
});

/** Switches a client off or on. Off holds at once: no page leads there, and no code or token of it works any more. */
async function switchClient(writer: Writer, id: string, to: 'on' | 'off', reason: string): Promise<void> {
  const changed = await writer.db
    .updateTable('accounts.clients')
    .set({ status: to, status_reason: to === 'off' ? reason : null, changed_at: writer.now })
    .where('id', '=', id)
    .where('status', '<>', to)
    .returning('id')
    .executeTakeFirst();
  if (!changed) return;
  await writer.audit(to === 'off' ? clientSwitchedOff : clientSwitchedOn, { kind: 'client', id }, { reason });
}

/** GET /single-sign-on/:id/switch */
export const showSwitchClient = handler({ params }, async (context) => {
  const client = await context.read((reader) => oneClient(reader, context.params.id));
  return page(switchPage(await context.frame(), client, await context.keptFields(), []));
});

/** POST /single-sign-on/:id/switch: to the other state than the form said the client was in. */
export const sendSwitchClient = handler({ params }, async (context) => {
  const { id } = context.params;
  const answer = await submitForm(context, {
    schema: switchForm.extend({ to: z.enum(['on', 'off'], 'Choose what to do') }),
    page: async (values, errors) => {
      const client = await context.read((reader) => oneClient(reader, id));
      return switchPage(await context.frame(), client, values, errors);
    },
    action: async (writer, { to, reason }) => {
      await oneClient(writer, id);
      await switchClient(writer, id, to, reason);
      return `/single-sign-on/${id}?done=switched-${to}`;
    },
  });
  forgetClients(context.services);
  return answer;
});

function switchPage(frame: Frame, client: Client, values: FormValues, errors: readonly FieldError[]): Safe {
  const off = client.status === 'on';
  const title = off ? `Switch ${client.name} off` : `Switch ${client.name} on`;
  const here = `/single-sign-on/${client.id}`;
  return staffPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, system: { name: 'Single sign-on' } },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Single sign-on', href: '/single-sign-on' }, { label: client.name, href: here }, { label: title }])}
${pageHead({ title, lead: off ? 'At once: it leaves System Access, and nobody enters it from here any more. Whoever is inside already is so until the supplier logs them out' : 'It appears in System Access again for the people it is set for' })}
${card(
  { label: title },
  form(
    { action: `${here}/switch`, submissionId: crypto.randomUUID() },
    html`<input type="hidden" name="to" value="${off ? 'off' : 'on'}">${textareaField({ name: 'reason', label: 'Reason', hint: 'It stands on the record.', value: String(values.reason ?? ''), errors, rows: 3 })}
${buttonRow(submitButton(off ? 'Switch it off now' : 'Switch it on now', off ? { look: 'bad' } : {}), linkButton('Cancel', here, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
