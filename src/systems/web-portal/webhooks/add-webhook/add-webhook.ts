import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, checkboxes, form, link, linkButton, note, submitButton, summaryList, textField } from '#ui';
import { apiPage, shownOnce } from '../../api/api-page.ts';
import { confirmFirst } from '../../api/confirm-first.ts';
import { addressProblem, type Targets } from '../address.ts';
import { EVENT_WORDS, WEBHOOK_EVENTS } from '../events.ts';
import { addWebhook } from '../webhooks.ts';

const LIST = '/web-portal/api/webhooks';
const UNDER = { label: 'Web addresses', href: LIST };

const webhookForm = (targets: Targets) =>
  z.object({
    url: z
      .string('Enter a web address that begins with https://')
      .trim()
      .max(500, 'Shorten the address to 500 characters')
      .superRefine((url, context) => {
        const message = addressProblem(url, targets);
        if (message) context.addIssue({ code: 'custom', message });
      }),
    events: z
      .union([z.string().transform((one) => [one]), z.array(z.string())], 'Choose what it is told of')
      .pipe(z.array(z.enum(WEBHOOK_EVENTS, 'Choose from the list')).min(1, 'Choose what it is told of')),
  });

/** GET /web-portal/api/webhooks/add */
export async function showAddWebhook(context: Context): Promise<Answer> {
  return (await confirmFirst(context)) ?? page(await addPage(context, await context.keptFields(), []));
}

/** POST /web-portal/api/webhooks/add: answers with the secret, this once. */
export async function sendAddWebhook(context: Context): Promise<Answer> {
  const first = await confirmFirst(context);
  if (first) return first;
  const centreId = context.centreId();
  const { settings, keys } = context.services;
  let shown: { url: string; secret: string } | undefined;
  const answer = await submitForm(context, {
    schema: webhookForm(settings.webhookTargets),
    page: (values, errors) => addPage(context, values, errors),
    action: async (writer, { url, events }) => {
      const { secret } = await addWebhook(writer, keys, centreId, { url, events: [...new Set(events)] });
      shown = { url, secret };
      return LIST;
    },
  });
  if (answer.kind !== 'redirect' || !shown) return answer;
  return page(await secretPage(context, shown));
}

function addPage(context: Context, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  return apiPage(
    context,
    {
      title: 'Add a web address',
      lead: 'A system of yours that is told when something happens here',
      under: UNDER,
      errors,
    },
    card(
      { label: 'The address' },
      form(
        { action: `${LIST}/add`, submissionId: randomUUID() },
        html`${textField({ name: 'url', label: 'Web address', hint: 'Such as https://records.example.org/imi-events', value: String([values.url ?? ''].flat()[0]), errors, type: 'url', autocomplete: 'off', spellcheck: false })}
${checkboxes({ name: 'events', label: 'It is told when', hint: 'It gets ids and numbers alone, never names, dates of birth or ULNs', values: [values.events ?? []].flat(), errors, items: WEBHOOK_EVENTS.map((event) => ({ value: event, label: EVENT_WORDS[event] })) })}
${buttonRow(submitButton('Add the address'), linkButton('Cancel', LIST, { look: 'quiet' }))}`,
      ),
    ),
  );
}

function secretPage(context: Context, { url, secret }: { url: string; secret: string }): Promise<Safe> {
  return apiPage(
    context,
    { title: 'Copy the secret', lead: html`<span class="wrap-any">${url}</span>`, under: UNDER, copies: true },
    html`<div class="stack">
${note('The secret is shown this once. Your system proves with it that what it gets comes from here; if it is lost, end the address and add it again.', { tone: 'warn', icon: 'key' })}
${card(
  { label: 'For the system' },
  html`${summaryList([
    ['Secret', shownOnce(secret, 'secret')],
    ['How to check it', link('Events that are sent to you', '/api/v1/reference#webhooks')],
  ])}
${buttonRow(linkButton('I have copied the secret', LIST))}`,
)}
</div>`,
  );
}
