import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  checkboxes,
  form,
  formatDate,
  linkButton,
  note,
  selectField,
  submitButton,
  summaryList,
  textField,
} from '#ui';
import { apiPage, shownOnce } from '../api-page.ts';
import { confirmFirst } from '../confirm-first.ts';
import { newKey } from '../keys/key-token.ts';
import { enterKey } from '../keys/keys.ts';
import { SCOPE_FACTS, SCOPES } from '../keys/scopes.ts';

const DAY = 86_400_000;
/** A key works for a year at most: one that nobody renews ends by itself. */
const LIFETIMES = { '30': '30 days', '90': '90 days', '180': '180 days', '365': 'A year' } as const;
const days = Object.keys(LIFETIMES) as (keyof typeof LIFETIMES)[];

const keyForm = z.object({
  name: z
    .string('Name the system that gets the key')
    .trim()
    .min(1, 'Name the system that gets the key, such as "Student records"')
    .max(60, 'Shorten the name to 60 characters'),
  scopes: z
    .union([z.string().transform((one) => [one]), z.array(z.string())], 'Choose what the key may do')
    .pipe(z.array(z.enum(SCOPES, 'Choose from the list')).min(1, 'Choose what the key may do')),
  days: z.enum(days as [keyof typeof LIFETIMES], 'Choose how long the key works').transform(Number),
});

/** GET /web-portal/api/keys/make */
export async function showMakeKey(context: Context): Promise<Answer> {
  return (await confirmFirst(context)) ?? page(await makeKeyPage(context, await context.keptFields(), []));
}

/** POST /web-portal/api/keys/make: answers with the key, this once. */
export async function sendMakeKey(context: Context): Promise<Answer> {
  const first = await confirmFirst(context);
  if (first) return first;
  const centreId = context.centreId();
  let shown: { name: string; token: string; expiresAt: Date } | undefined;
  const answer = await submitForm(context, {
    schema: keyForm,
    page: (values, errors) => makeKeyPage(context, values, errors),
    action: async (writer, entry) => {
      const made = newKey();
      const expiresAt = new Date(writer.now.getTime() + entry.days * DAY);
      await enterKey(writer, centreId, { name: entry.name, scopes: [...new Set(entry.scopes)], expiresAt }, made);
      shown = { name: entry.name, token: made.token, expiresAt };
      return '/web-portal/api';
    },
  });
  if (answer.kind !== 'redirect' || !shown) return answer;
  return page(await keyPage(context, shown));
}

function makeKeyPage(context: Context, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const typed = (name: string) => String([values[name] ?? ''].flat()[0]);
  return apiPage(
    context,
    { title: 'Make a key', lead: 'For one system of yours. Whoever has the key acts for your centre', errors },
    card(
      { label: 'The key' },
      form(
        { action: '/web-portal/api/keys/make', submissionId: randomUUID() },
        html`${textField({ name: 'name', label: 'Name', hint: 'The system that gets the key, such as "Student records". The record of what happened shows it', value: typed('name'), errors, autocomplete: 'off' })}
${checkboxes({ name: 'scopes', label: 'The key may', values: [values.scopes ?? []].flat(), errors, items: SCOPES.map((scope) => ({ value: scope, label: SCOPE_FACTS[scope].label, hint: SCOPE_FACTS[scope].hint })) })}
${selectField({ name: 'days', label: 'It works for', hint: 'Then the system needs another', value: typed('days') || '90', errors, choices: days.map((value) => ({ value, label: LIFETIMES[value] })) })}
${buttonRow(submitButton('Make the key'), linkButton('Cancel', '/web-portal/api', { look: 'quiet' }))}`,
      ),
    ),
  );
}

function keyPage(context: Context, { name, token, expiresAt }: { name: string; token: string; expiresAt: Date }) {
  const { publicUrl } = context.services.settings;
  return apiPage(
    context,
    { title: 'Copy the key', lead: `For ${name}`, copies: true },
    html`<div class="stack">
${note('The key is shown this once. Only a fingerprint of it is stored, so copy it now; if it is lost, revoke it and make another.', { tone: 'warn', icon: 'key' })}
${card(
  { label: 'For the system' },
  html`${summaryList([
    ['Address', html`<span class="code wrap-any">${publicUrl}/api/v1</span>`],
    ['Key', shownOnce(token, 'key')],
    ['Works until', formatDate(expiresAt)],
  ])}
<p class="muted">Give it to the people who run the system by a way that keeps it secret, never by plain e-mail.</p>
${buttonRow(linkButton('I have copied the key', '/web-portal/api'))}`,
)}
</div>`,
  );
}
