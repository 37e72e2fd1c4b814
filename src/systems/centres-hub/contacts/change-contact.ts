import { z } from 'zod';
import { emailField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textField } from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { telephoneField } from '../profile/change-details.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import {
  CONTACT_FUNCTION_NAMES,
  CONTACT_FUNCTIONS,
  type Contact,
  type ContactFunction,
  contactInWords,
  contactsOf,
  replaceContact,
} from './contacts.ts';

const query = hubQuery.extend({ function: z.string().max(40).catch('').default('') });
type Query = z.infer<typeof query>;

const contactForm = z.object({
  name: z.string('Enter the name').trim().min(1, 'Enter the name').max(150, 'Shorten the name to 150 characters'),
  email: z.union([z.literal('').transform(() => null), emailField], 'Enter an e-mail address, or leave it empty'),
  telephone: z.union(
    [z.literal('').transform(() => null), telephoneField],
    'Enter a telephone number such as 01992 123456, or leave it empty',
  ),
});

/** The function in question. The head of centre changes by a request: 404 here. */
function functionIn({ function: name }: Query): ContactFunction {
  const found = CONTACT_FUNCTION_NAMES.find((one) => one === name && one !== 'head_of_centre');
  if (!found) throw new NotFound();
  return found;
}

async function inQuestion(reader: Reader, context: Context<unknown, Query>) {
  const hub = await hubOf(reader, context);
  const kind = functionIn(context.query);
  return { hub, kind, contact: (await contactsOf(reader, hub.centre.id)).find((one) => one.function === kind) ?? null };
}
type Found = Awaited<ReturnType<typeof inQuestion>>;

/** GET /centres-hub/change-contact?function=... */
export const showChangeContact = centreHandler({ query }, async (context) => {
  const found = await context.read((reader) => inQuestion(reader, context));
  return page(
    contactPage(await context.frame(), found, { ...asValues(found.contact), ...(await context.keptFields()) }, []),
  );
});

const asValues = (contact: Contact | null): FormValues => ({
  name: contact?.name ?? '',
  email: contact?.email ?? '',
  telephone: contact?.telephone ?? '',
});

/** POST /centres-hub/change-contact?function=... */
export const sendChangeContact = centreHandler({ query }, (context) =>
  submitForm(context, {
    schema: contactForm,
    page: async (values, errors) =>
      contactPage(await context.frame(), await context.read((reader) => inQuestion(reader, context)), values, errors),
    action: async (writer, given) => {
      const { hub, kind } = await inQuestion(writer, context);
      const before = await replaceContact(writer, hub.centre.id, { function: kind, ...given });
      await recordProfileChanges(writer, hub.centre.id, [
        {
          what: `Contact: ${CONTACT_FUNCTIONS[kind].toLowerCase()}`,
          before: contactInWords(before),
          after: contactInWords(given),
        },
      ]);
      return hub.href('/centres-hub', { done: 'changed' });
    },
  }),
);

/** The card of the profile: every function, also those that nobody holds. */
export function contactsCard(hub: Hub, contacts: readonly Contact[]): Safe {
  const found = new Map(contacts.map((contact) => [contact.function, contact]));
  const manages = hub.may('centres-hub.manage-users');
  return card(
    { title: 'Contacts', id: 'contacts' },
    html`<dl class="ao-dl">${CONTACT_FUNCTION_NAMES.map((kind) => {
      const one = found.get(kind);
      const words = one
        ? html`${one.name}${one.email && html`<br><a href="mailto:${one.email}">${one.email}</a>`}${one.telephone && html`<br>${one.telephone}`}`
        : html`<span class="muted">Nobody named</span>`;
      const change =
        manages &&
        kind !== 'head_of_centre' &&
        html`<br><a class="small" href="${hub.href('/centres-hub/change-contact', { function: kind })}">${one ? 'Change' : 'Name somebody'}<span class="govuk-visually-hidden">: ${CONTACT_FUNCTIONS[kind]}</span></a>`;
      return html`<div><dt>${CONTACT_FUNCTIONS[kind]}</dt><dd>${words}${change}</dd></div>`;
    })}</dl>`,
  );
}

function contactPage(frame: Frame, { hub, kind }: Found, values: FormValues, errors: readonly FieldError[]): Safe {
  const back = hub.href('/centres-hub');
  const title = `Contact: ${CONTACT_FUNCTIONS[kind].toLowerCase()}`;
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: hub.centre.name, href: back }, { label: title }])}
${pageHead({ title, lead: whose(hub) ?? 'Whom the awarding body asks. A contact gets no access by it.' })}
${card(
  { label: title },
  form(
    { action: hub.href('/centres-hub/change-contact', { function: kind }), submissionId: crypto.randomUUID() },
    html`${textField({ name: 'name', label: 'Name', value: typed(values, 'name'), errors, autocomplete: 'off' })}
${textField({ name: 'email', label: 'Email (optional)', type: 'email', value: typed(values, 'email'), errors, autocomplete: 'off', spellcheck: false })}
${textField({ name: 'telephone', label: 'Telephone (optional)', type: 'tel', value: typed(values, 'telephone'), errors, autocomplete: 'off' })}
${buttonRow(submitButton('Save'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
