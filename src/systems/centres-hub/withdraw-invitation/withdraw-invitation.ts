import { z } from 'zod';
import { endMembership, type Member, membersOf, reasonField, withdrawInvitations } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { card, linkButton, note, reasonForm } from '#ui';
import { userInvitationWithdrawn } from '../audit.ts';
import { formPage } from '../hub-page/form-page.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { endRoleProblem, type UserRole } from '../users/roles.ts';
import { lockUsers, userOf } from '../users/users.ts';

const params = z.object({ personId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

interface Withdrawal {
  readonly hub: Hub;
  readonly user: Member;
  readonly problem: string | null;
}

async function inQuestion(reader: Reader, context: Asked): Promise<Withdrawal> {
  const hub = await hubOf(reader, context);
  const members = await membersOf(reader, hub.centre.id);
  const user = await userOf(reader, hub.centre.id, context.params.personId);
  const actor = context.person().personId;
  const problems = user.roles.map(({ role }) => endRoleProblem(members, user.personId, role as UserRole, actor));
  const activated = `${user.givenNames} ${user.familyName} has activated the PIN, so there is no invitation to withdraw. End the roles instead`;
  return { hub, user, problem: user.pin === 'activated' ? activated : (problems.find((one) => one !== null) ?? null) };
}

/** GET /centres-hub/users/:personId/withdraw-invitation: what ends with it, before it ends. */
export const showWithdrawInvitation = centreHandler({ params, query: hubQuery }, async (context) => {
  const found = await context.read((reader) => inQuestion(reader, context));
  return page(withdrawPage(await context.frame(), found, await context.keptFields(), []));
});

/** POST /centres-hub/users/:personId/withdraw-invitation: the link dies, the roles end, the PIN is withdrawn. */
export const sendWithdrawInvitation = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) =>
      withdrawPage(await context.frame(), await context.read((reader) => inQuestion(reader, context)), values, errors),
    action: async (writer, { reason }) => {
      const { centre } = await hubOf(writer, context);
      await lockUsers(writer, centre.id);
      const { hub, user, problem } = await inQuestion(writer, context);
      if (problem) throw new Refused(problem);
      const organisationId = hub.centre.id;
      await withdrawInvitations(writer, { personId: user.personId, organisationId }, reason);
      for (const { membershipId } of user.roles) await endMembership(writer, { membershipId, organisationId, reason });
      const roles = user.roles.map(({ role }) => role);
      const subject = { kind: 'person', id: user.personId };
      await writer.audit(userInvitationWithdrawn, subject, { roles, reason }, organisationId);
      return hub.href('/centres-hub/users/invitations');
    },
  }),
);

function withdrawPage(
  frame: Frame,
  { hub, user, problem }: Withdrawal,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const name = `${user.givenNames} ${user.familyName}`;
  const back = hub.href(`/centres-hub/users/${user.personId}`);
  const title = `Withdraw the invitation of ${name}`;
  return formPage(
    frame,
    hub,
    {
      title,
      crumbs: [
        { label: 'Users', href: hub.href('/centres-hub/users') },
        { label: name, href: back },
        { label: 'Withdraw the invitation' },
      ],
      errors,
    },
    html`${
      problem && errors.length === 0
        ? note(`${problem}.`, {
            tone: 'warn',
            action: linkButton('Back to the user', back, { look: 'quiet', small: true }),
          })
        : html`<div class="stack">${card(
            { title: 'What ends', id: 'ends' },
            html`<ul>${
              user.invitation.state === 'sent' &&
              html`<li>The link that was mailed to ${user.email} stops working.</li>`
            }<li>${user.roles.length === 1 ? 'The role ends' : 'The roles end'}: ${user.roles.map(({ role }) => ROLE_NAMES[role]).join(', ')}.</li>
<li>The PIN is withdrawn. ${name} is no user of the centre any more.</li></ul><p class="muted">${
              user.hasAccount
                ? `The account of ${name} stays: it is ${name}'s own.`
                : 'You can add the user again at any time, with another address too.'
            }</p>`,
          )}
${card(
  { label: 'Why' },
  reasonForm({
    action: hub.href(`/centres-hub/users/${user.personId}/withdraw-invitation`),
    button: 'Withdraw the invitation',
    back,
    values,
    errors,
    hint: 'It is kept in the record of the centre.',
  }),
)}</div>`
    }`,
  );
}
