import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { buttonRow, card, checkboxes, form, linkButton, submitButton, textField } from '#ui';
import { formPage } from '../hub-page/form-page.ts';
import type { Hub } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { ROLE_HINTS, USER_ROLES } from '../users/roles.ts';
import { tickedRoles } from './form.ts';

/** The form that makes somebody a user. */
export function addUserPage(frame: Frame, hub: Hub, values: FormValues, errors: readonly FieldError[]): Safe {
  const list = hub.href('/centres-hub/users');
  return formPage(
    frame,
    hub,
    { title: 'Add a user', crumbs: [{ label: 'Users', href: list }, { label: 'Add a user' }], errors },
    html`<div class="split">
${card(
  { label: 'The new user' },
  form(
    { action: hub.href('/centres-hub/users/add'), submissionId: crypto.randomUUID() },
    html`${textField({ name: 'givenNames', label: 'Given names', value: typed(values, 'givenNames'), errors, autocomplete: 'off' })}
${textField({ name: 'familyName', label: 'Family name', value: typed(values, 'familyName'), errors, autocomplete: 'off' })}
${textField({ name: 'email', label: 'Email', hint: 'The invitation goes to this address. The user needs it to activate the PIN.', type: 'email', inputmode: 'email', value: typed(values, 'email'), errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none' })}
${checkboxes({
  name: 'roles',
  label: 'Roles',
  errors,
  values: tickedRoles(values),
  items: USER_ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role], hint: ROLE_HINTS[role] })),
})}
${buttonRow(submitButton('Add the user'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}
${card(
  { title: 'What happens next', id: 'next' },
  html`<ol><li>The user has a PIN at once. Nobody else can see it.</li>
<li>An e-mail with a link goes out. By it the user chooses a username and a password.</li>
<li>The user finds the PIN in My details, and activates it with this e-mail address.</li></ol>
<p class="muted">Somebody who needs no access to the systems is not a user: <a href="${hub.href('/centres-hub/staff/add')}">add a staff member</a> instead.</p>`,
)}
</div>`,
  );
}
