import { z } from 'zod';
import { addMembership, issuePin, type Member } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { buttonRow, card, checkboxes, crumbs, errorSummary, form, linkButton, pageHead, submitButton } from '#ui';
import { rolesField, tickedRoles } from '../add-user/form.ts';
import { userRolesChanged } from '../audit.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { ROLE_HINTS, USER_ROLES } from '../users/roles.ts';
import { lockUsers, userOf } from '../users/users.ts';

const params = z.object({ personId: z.uuid() });

/** GET /centres-hub/users/:personId/add-roles */
export const showAddRoles = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, user } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, user: await userOf(reader, hub.centre.id, context.params.personId) };
  });
  return page(addRolesPage(await context.frame(), hub, user, await context.keptFields(), []));
});

/** POST /centres-hub/users/:personId/add-roles */
export const sendAddRoles = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ roles: rolesField }),
    page: async (values, errors) => {
      const { hub, user } = await context.read(async (reader) => {
        const hub = await hubOf(reader, context);
        return { hub, user: await userOf(reader, hub.centre.id, context.params.personId) };
      });
      return addRolesPage(await context.frame(), hub, user, values, errors);
    },
    action: async (writer, { roles }) => {
      const hub = await hubOf(writer, context);
      await lockUsers(writer, hub.centre.id);
      const user = await userOf(writer, hub.centre.id, context.params.personId);
      const added = roles.filter((role) => !user.roles.some((held) => held.role === role));
      const membership = { personId: user.personId, organisationId: hub.centre.id };
      for (const role of added) await addMembership(writer, { ...membership, role });
      await issuePin(writer, context.services, membership);
      const subject = { kind: 'person', id: user.personId };
      await writer.audit(userRolesChanged, subject, { added, removed: [], reason: null }, hub.centre.id);
      return hub.href(`/centres-hub/users/${user.personId}`, { done: 'roles' });
    },
  }),
);

function addRolesPage(frame: Frame, hub: Hub, user: Member, values: FormValues, errors: readonly FieldError[]): Safe {
  const name = `${user.givenNames} ${user.familyName}`;
  const back = hub.href(`/centres-hub/users/${user.personId}`);
  const open = USER_ROLES.filter((role) => !user.roles.some((held) => held.role === role));
  return hubPage(
    frame,
    hub,
    { title: `Add roles for ${name}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Users', href: hub.href('/centres-hub/users') }, { label: name, href: back }, { label: 'Add roles' }])}
${pageHead({ title: `Add roles for ${name}`, lead: whose(hub) })}
${card(
  { label: 'Roles to add' },
  form(
    { action: hub.href(`/centres-hub/users/${user.personId}/add-roles`), submissionId: crypto.randomUUID() },
    html`<p class="muted">${name} is ${user.roles.map(({ role }) => ROLE_NAMES[role].toLowerCase()).join(', ')} now. New roles hold from the next page the user opens.</p>
${checkboxes({
  name: 'roles',
  label: 'Roles to add',
  errors,
  values: tickedRoles(values),
  items: open.map((role) => ({ value: role, label: ROLE_NAMES[role], hint: ROLE_HINTS[role] })),
})}
${buttonRow(submitButton('Add the roles'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
