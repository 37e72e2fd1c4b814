import { z } from 'zod';
import { endMembership, type Member, membersOf, reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { card, linkButton, note, reasonForm } from '#ui';
import { userRolesChanged } from '../audit.ts';
import { formPage } from '../hub-page/form-page.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { endRoleProblem, rightsLost, USER_ROLES, type UserRole } from '../users/roles.ts';
import { lockUsers, userOf } from '../users/users.ts';

const params = z.object({ personId: z.uuid(), role: z.enum(USER_ROLES) });
type Asked = Context<z.infer<typeof params>, HubQuery>;

interface RoleToEnd {
  readonly hub: Hub;
  readonly user: Member;
  readonly problem: string | null;
}

async function roleToEnd(reader: Reader, context: Asked): Promise<RoleToEnd> {
  const { personId, role } = context.params;
  const hub = await hubOf(reader, context);
  const user = await userOf(reader, hub.centre.id, personId);
  if (!user.roles.some((held) => held.role === role)) throw new NotFound();
  const members = await membersOf(reader, hub.centre.id);
  return { hub, user, problem: endRoleProblem(members, personId, role, context.person().personId) };
}

/** GET /centres-hub/users/:personId/end-role/:role: what ends with it, before it ends. */
export const showEndRole = centreHandler({ params, query: hubQuery }, async (context) => {
  const found = await context.read((reader) => roleToEnd(reader, context));
  return page(endRolePage(await context.frame(), found, context.params.role, await context.keptFields(), []));
});

/** POST /centres-hub/users/:personId/end-role/:role */
export const sendEndRole = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) =>
      endRolePage(
        await context.frame(),
        await context.read((reader) => roleToEnd(reader, context)),
        context.params.role,
        values,
        errors,
      ),
    action: async (writer, { reason }) => {
      const { centre } = await hubOf(writer, context);
      await lockUsers(writer, centre.id);
      const { hub, user, problem } = await roleToEnd(writer, context);
      if (problem) throw new Refused(problem);
      const { role } = context.params;
      await endMembership(writer, { personId: user.personId, organisationId: hub.centre.id, role, reason });
      const subject = { kind: 'person', id: user.personId };
      await writer.audit(userRolesChanged, subject, { added: [], removed: [role], reason }, hub.centre.id);
      if (user.roles.length === 1) return hub.href('/centres-hub/users');
      return hub.href(`/centres-hub/users/${user.personId}`, { done: 'ended' });
    },
  }),
);

function endRolePage(
  frame: Frame,
  { hub, user, problem }: RoleToEnd,
  role: UserRole,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const name = `${user.givenNames} ${user.familyName}`;
  const back = hub.href(`/centres-hub/users/${user.personId}`);
  const title = `End the role ${ROLE_NAMES[role].toLowerCase()} of ${name}`;
  return formPage(
    frame,
    hub,
    {
      title,
      crumbs: [
        { label: 'Users', href: hub.href('/centres-hub/users') },
        { label: name, href: back },
        { label: 'End a role' },
      ],
      errors,
    },
    html`${
      problem && errors.length === 0
        ? note(`${problem}.`, {
            tone: 'warn',
            action: linkButton('Back to the user', back, { look: 'quiet', small: true }),
          })
        : html`<div class="stack">
${card({ title: 'What ends', id: 'ends' }, whatEnds(user, role, name))}
${card(
  { label: 'Why' },
  reasonForm({
    action: hub.href(`/centres-hub/users/${user.personId}/end-role/${role}`),
    button: 'End the role',
    back,
    values,
    errors,
    hint: 'It is kept in the record of the centre.',
  }),
)}
</div>`
    }`,
  );
}

function whatEnds(user: Member, role: UserRole, name: string): Safe {
  const held = user.roles.map((one) => one.role as UserRole);
  const lost = rightsLost(held, role);
  return html`${
    lost.length > 0
      ? html`<p>At once, ${name} can no longer:</p><ul>${lost.map((right) => html`<li>${right}</li>`)}</ul>`
      : html`<p>Other roles of ${name} give the same rights, so nothing else changes.</p>`
  }${
    held.length === 1 &&
    html`<p>It is the last role. ${name} stops being a user of the centre: the PIN is withdrawn and an open invitation stops working.</p>`
  }<p class="muted">What ${name} has done stays on record. The role can be given again.</p>`;
}
