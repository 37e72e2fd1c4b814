import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { BODY_ROLES, CENTRE_ROLES, ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import {
  buttonRow,
  card,
  checkboxes,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  radios,
  staffPage,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { type Client, PASSED } from '../clients/clients.ts';
import { AUDIENCE_WORDS, PASSED_WORDS } from '../clients/wording.ts';

const typed = (values: FormValues, name: string): string => String(values[name] ?? '');
const chosen = (values: FormValues, name: string): string[] => [values[name] ?? []].flat();

/** What the form holds for a client as it is set now. */
export function valuesOf(client: Client): FormValues {
  return {
    name: client.name,
    supplier: client.supplier,
    description: client.description,
    launchAddress: client.launchAddress,
    redirectAddresses: client.redirectAddresses.join('\n'),
    logOutAddresses: client.logOutAddresses.join('\n'),
    audience: client.audience,
    centres: client.centreNumbers.join(', '),
    roles: [...client.roles],
    passesOn: [...client.passesOn],
  };
}

/** The form that adds a supplier's system (`client` null) or changes its settings. */
export function setClientPage(
  frame: Frame,
  client: Client | null,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const title = client ? `Change ${client.name}` : 'Add a system';
  const back = client ? `/single-sign-on/${client.id}` : '/single-sign-on';
  return staffPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, system: { name: 'Single sign-on' } },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Single sign-on', href: '/single-sign-on' }, ...(client ? [{ label: client.name, href: back }] : []), { label: title }])}
${pageHead({ title, lead: client ? 'Changes hold at once, for everybody who enters from now on' : "A system of another supplier that people enter with their account here. It takes the supplier's addresses and gives a client ID and a secret" })}
${form(
  { action: client ? `/single-sign-on/${client.id}/change` : '/single-sign-on/add', submissionId: crypto.randomUUID() },
  html`<div class="stack">
${card({ title: 'What people see', id: 'seen' }, seenFields(values, errors))}
${card({ title: 'Who may enter', id: 'who' }, whoFields(values, errors))}
${card(
  { title: 'What the supplier is told', id: 'told-fields' },
  checkboxes({
    name: 'passesOn',
    label: 'Beside an identifier that no other supplier gets',
    hint: 'Pass on what the system needs and no more: people read it before they enter the first time',
    values: chosen(values, 'passesOn'),
    errors,
    items: PASSED.map((passed) => ({ value: passed, label: PASSED_WORDS[passed].short })),
  }),
)}
${card({ title: "The supplier's addresses", id: 'addresses' }, addressFields(values, errors))}
</div>${buttonRow(submitButton(client ? 'Save the changes' : 'Add the system'), linkButton('Cancel', back, { look: 'quiet' }))}`,
)}`,
  );
}

function seenFields(values: FormValues, errors: readonly FieldError[]): Safe {
  return html`${textField({ name: 'name', label: 'Name of the system', value: typed(values, 'name'), errors, width: 30 })}
${textField({ name: 'supplier', label: 'Supplier', hint: 'The company that runs it', value: typed(values, 'supplier'), errors, width: 30 })}
${textField({ name: 'description', label: 'What it is for', hint: 'One line beneath the name in System Access', value: typed(values, 'description'), errors })}
${textField({ name: 'launchAddress', label: 'Address that System Access opens', type: 'url', value: typed(values, 'launchAddress'), errors, spellcheck: false, autocapitalize: 'none' })}`;
}

function whoFields(values: FormValues, errors: readonly FieldError[]): Safe {
  return html`${radios({
    name: 'audience',
    label: 'Who is it for?',
    value: typed(values, 'audience') || null,
    errors,
    items: [
      { value: 'all_centres', label: AUDIENCE_WORDS.all_centres },
      { value: 'chosen_centres', label: AUDIENCE_WORDS.chosen_centres, hint: 'Their numbers stand in the next field' },
      { value: 'awarding_body', label: AUDIENCE_WORDS.awarding_body },
    ],
  })}
${textareaField({ name: 'centres', label: 'Numbers of the chosen centres', hint: '5 digits each, apart by commas or lines', value: typed(values, 'centres'), errors, rows: 2 })}
${checkboxes({
  name: 'roles',
  label: 'Roles that may enter',
  hint: 'One of them is enough',
  values: chosen(values, 'roles'),
  errors,
  items: [
    ...CENTRE_ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] })),
    ...BODY_ROLES.map((role) => ({
      value: role,
      label: html`${ROLE_NAMES[role]} <span class="muted">(awarding body)</span>`,
    })),
  ],
})}`;
}

function addressFields(values: FormValues, errors: readonly FieldError[]): Safe {
  return html`${textareaField({
    name: 'redirectAddresses',
    label: 'Addresses to come back to after the log-in',
    hint: 'The redirect URIs, one a line, exactly as the supplier names them, all of one site',
    value: typed(values, 'redirectAddresses'),
    errors,
    rows: 3,
  })}
${textareaField({
  name: 'logOutAddresses',
  label: 'Addresses to go back to after a log-out (optional)',
  hint: 'The post-logout redirect URIs, one a line',
  value: typed(values, 'logOutAddresses'),
  errors,
  rows: 2,
})}`;
}
