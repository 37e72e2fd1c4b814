import { z } from 'zod';
import { emailField, membersOf, personFields } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, note, pageHead, submitButton, textField } from '#ui';
import { staffMemberAdded } from '../audit.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';

const addStaffForm = z.object({
  ...personFields,
  email: z.union(
    [z.literal('').transform(() => null), emailField],
    'Enter an e-mail address such as name@example.com, or leave it empty',
  ),
  function: z
    .string('Say what the person does')
    .trim()
    .min(1, 'Say what the person does, such as "Workshop technician"')
    .max(100, 'Shorten it to 100 characters'),
});

/** GET /centres-hub/staff/add */
export const showAddStaff = centreHandler({ query: hubQuery }, async (context) => {
  const hub = await context.read((reader) => hubOf(reader, context));
  return page(addStaffPage(await context.frame(), hub, await context.keptFields(), []));
});

/** POST /centres-hub/staff/add: on the profile, without account and PIN. */
export const sendAddStaff = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: addStaffForm,
    page: async (values, errors) =>
      addStaffPage(await context.frame(), await context.read((reader) => hubOf(reader, context)), values, errors),
    action: async (writer, one) => {
      const hub = await hubOf(writer, context);
      if (one.email !== null) {
        const address = one.email.toLowerCase();
        const user = (await membersOf(writer, hub.centre.id)).find(({ email }) => email?.toLowerCase() === address);
        if (user) {
          throw new Refused([
            { field: 'email', message: `${user.givenNames} ${user.familyName} has this address and is a user already` },
          ]);
        }
      }
      const made = await writer.db
        .insertInto('centres_hub.staff_members')
        .values({
          centre_id: hub.centre.id,
          given_names: one.givenNames,
          family_name: one.familyName,
          email: one.email,
          function: one.function,
          recorded_at: writer.now,
          recorded_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const name = `${one.givenNames} ${one.familyName}`;
      const subject = { kind: 'staff-member', id: made.id };
      await writer.audit(staffMemberAdded, subject, { name, function: one.function, email: one.email }, hub.centre.id);
      return hub.href('/centres-hub/staff');
    },
  }),
);

function addStaffPage(frame: Frame, hub: Hub, values: FormValues, errors: readonly FieldError[]): Safe {
  const list = hub.href('/centres-hub/staff');
  return hubPage(
    frame,
    hub,
    { title: 'Add a staff member', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Staff members', href: list }, { label: 'Add a staff member' }])}
${pageHead({ title: 'Add a staff member', lead: whose(hub) })}
<div class="stack">
${note(html`A staff member has no PIN and no access. Somebody who works in the systems is a user: <a href="${hub.href('/centres-hub/users/add')}">add a user</a> instead.`)}
${card(
  { label: 'The staff member' },
  form(
    { action: hub.href('/centres-hub/staff/add'), submissionId: crypto.randomUUID() },
    html`${textField({ name: 'givenNames', label: 'Given names', value: typed(values, 'givenNames'), errors, autocomplete: 'off' })}
${textField({ name: 'familyName', label: 'Family name', value: typed(values, 'familyName'), errors, autocomplete: 'off' })}
${textField({ name: 'function', label: 'What the person does', hint: 'Such as "Workshop technician"', value: typed(values, 'function'), errors, autocomplete: 'off' })}
${textField({ name: 'email', label: 'Email (optional)', type: 'email', inputmode: 'email', value: typed(values, 'email'), errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none' })}
${buttonRow(submitButton('Add the staff member'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}</div>`,
  );
}
