import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  buttonRow,
  card,
  codeText,
  crumbs,
  form,
  linkButton,
  note,
  pageHead,
  staffPage,
  submitButton,
  summaryList,
} from '#ui';
import type { Client } from '../clients/clients.ts';

const trailTo = (client: Client, title: string): Safe =>
  crumbs([
    { label: 'Single sign-on', href: '/single-sign-on' },
    { label: client.name, href: `/single-sign-on/${client.id}` },
    { label: title },
  ]);

/** What the supplier needs to set its system up, beside the secret. */
export function forTheSupplier(client: Client, publicUrl: string): [string, Safe][] {
  return [
    ['Discovery address', html`<span class="code wrap-any">${publicUrl}/oidc/.well-known/openid-configuration</span>`],
    ['Issuer', html`<span class="code wrap-any">${publicUrl}/oidc</span>`],
    ['Client ID', html`<span class="code wrap-any">${client.id}</span>`],
  ];
}

/** The secret, this once. */
export function secretPage(frame: Frame, client: Client, secret: string, publicUrl: string): Safe {
  const title = 'Give this to the supplier';
  return staffPage(
    { ...frame, title, system: { name: 'Single sign-on' } },
    html`${trailTo(client, title)}
${pageHead({ title, lead: `For the people who run ${client.name} at ${client.supplier}` })}
<div class="stack">
${note('The secret is shown this once. It is stored in a form that nobody can read, so copy it now; if it is lost, make a new one.', { tone: 'warn', icon: 'key' })}
${card(
  { label: 'For the supplier' },
  html`${summaryList([...forTheSupplier(client, publicUrl), ['Client secret', html`<span class="wrap-any">${codeText(secret)}</span>`]])}
<p class="muted">Send the secret by another way than the rest, and never by plain e-mail.</p>
${buttonRow(linkButton('I have copied the secret', `/single-sign-on/${client.id}`))}`,
)}
</div>`,
  );
}

/** Asks before the old secret dies. */
export function replaceSecretPage(frame: Frame, client: Client): Safe {
  const title = 'Make a new secret';
  return staffPage(
    { ...frame, title, system: { name: 'Single sign-on' } },
    html`${trailTo(client, title)}
${pageHead({ title, lead: client.name })}
${card(
  { label: 'A new secret' },
  form(
    { action: `/single-sign-on/${client.id}/replace-secret`, submissionId: crypto.randomUUID() },
    html`<p>The secret in use stops working at once: nobody enters ${client.name} until ${client.supplier} has put the new one in place.</p>
${buttonRow(submitButton('Make a new secret', { look: 'bad' }), linkButton('Cancel', `/single-sign-on/${client.id}`, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
