import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
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
  textField,
} from '#ui';
import { OVERVIEW } from '../second-factors/before-change.ts';
import type { Factor } from '../second-factors/factors.ts';

const trail = (label: string) =>
  crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Second factor', href: OVERVIEW }, { label }]);

const called = ({ kind, name }: Factor) => (kind === 'app' ? 'the authenticator app' : `the passkey "${name}"`);

export function renamePage(
  frame: Frame,
  {
    passkey,
    name,
    errors,
  }: { readonly passkey: Factor; readonly name: string; readonly errors: readonly FieldError[] },
): Safe {
  const title = 'Rename a passkey';
  return staffPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0 },
    html`${trail(title)}
${errorSummary(errors)}
${pageHead({ title })}
${form(
  { action: `${OVERVIEW}/${passkey.id}/rename`, class: 'ao-card wrap-s m0' },
  html`${textField({ name: 'name', label: 'Name of the passkey', value: name, errors, autocomplete: 'off', maxlength: 60, width: 30 })}
<div class="row">${submitButton('Save the name')}${linkButton('Cancel', OVERVIEW, { look: 'quiet' })}</div>`,
)}`,
  );
}

export function removePage(frame: Frame, { factor, last }: { readonly factor: Factor; readonly last: boolean }): Safe {
  const title = `Remove ${called(factor)}?`;
  const what = factor.kind === 'app' ? 'Remove the app' : 'Remove the passkey';
  return staffPage(
    { ...frame, title: what },
    html`${trail(what)}
${pageHead({ title })}
${form(
  { action: `${OVERVIEW}/${factor.id}/remove`, class: 'ao-card wrap-s m0' },
  html`${
    factor.kind === 'app'
      ? html`<p>Codes of this app will no longer log you in. Delete the account in the app as well.</p>`
      : html`<p>This passkey will no longer log you in. Your device keeps it until you delete it there, under its passwords.</p>`
  }
<p>Devices that were remembered will be asked again.</p>
${last && html`<p><span class="strong">It is your only one.</span> After that your password alone protects your account, and your recovery codes stop working.</p>`}
${buttonRow(submitButton(what, { look: 'bad' }), linkButton('Keep it', OVERVIEW, { look: 'quiet' }))}`,
)}`,
  );
}

/** The last one of somebody whose role requires one. */
export function lastOnePage(frame: Frame, factor: Factor): Safe {
  const title = 'Add another one first';
  return staffPage(
    { ...frame, title },
    html`${trail(title)}
${pageHead({ title })}
<div class="wrap-s m0">${card(
      { label: title },
      html`<p>Your role requires a second factor, and ${called(factor)} is your only one. Add the new one first; then you can remove this.</p>
${buttonRow(linkButton('Add an authenticator app', `${OVERVIEW}/add-app`), linkButton('Add a passkey', `${OVERVIEW}/add-passkey`, { look: 'quiet' }), linkButton('Back', OVERVIEW, { look: 'quiet' }))}`,
    )}</div>`,
  );
}
