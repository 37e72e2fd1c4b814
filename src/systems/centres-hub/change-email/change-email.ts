import { z } from 'zod';
import {
  addMembership,
  changeInvitedAddress,
  emailField,
  endMembership,
  invite,
  issuePin,
  type Member,
  membersOf,
} from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { page, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import type { Services } from '#platform/services.ts';
import { userEmailChanged } from '../audit.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { lockUsers, userOf } from '../users/users.ts';
import { changeEmailPage } from './page.ts';

const params = z.object({ personId: z.uuid() });
type Asked = Context<z.infer<typeof params>, HubQuery>;

async function inQuestion(reader: Reader, context: Asked): Promise<{ hub: Hub; user: Member }> {
  const hub = await hubOf(reader, context);
  return { hub, user: await userOf(reader, hub.centre.id, context.params.personId) };
}

/** GET /centres-hub/users/:personId/change-email */
export const showChangeEmail = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, user } = await context.read((reader) => inQuestion(reader, context));
  return page(changeEmailPage(await context.frame(), hub, user, await context.keptFields(), []));
});

/** POST /centres-hub/users/:personId/change-email: the link at the old address dies, a new one goes to the new address. */
export const sendChangeEmail = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ email: emailField }),
    page: async (values, errors) => {
      const { hub, user } = await context.read((reader) => inQuestion(reader, context));
      return changeEmailPage(await context.frame(), hub, user, values, errors);
    },
    action: async (writer, { email }) => {
      const { centre } = await hubOf(writer, context);
      await lockUsers(writer, centre.id);
      const { hub, user } = await inQuestion(writer, context);
      const personId = await changeEmail(writer, context.services, hub, user, email);
      return hub.href(`/centres-hub/users/${personId}`, { done: 'email' });
    },
  }),
);

const same = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase();

async function changeEmail(
  writer: Writer,
  services: Services,
  { centre }: Hub,
  user: Member,
  email: string,
): Promise<string> {
  const name = `${user.givenNames} ${user.familyName}`;
  const refuse = (message: string) => new Refused([{ field: 'email', message }]);
  if (user.hasAccount) throw new Refused(`${name} has set up an account, so the address is changed by ${name} alone`);
  if (same(user.email, email)) throw refuse(`${name} has this address already. Enter the other one`);
  const other = (await membersOf(writer, centre.id)).find((one) => same(one.email, email));
  if (other) {
    throw refuse(`${other.givenNames} ${other.familyName} has this address and is a user already. Enter another one`);
  }
  const organisationId = centre.id;
  const personId = await changeInvitedAddress(writer, { personId: user.personId, organisationId, email });
  if (personId !== user.personId) await moveRoles(writer, services, organisationId, user, personId);
  await invite(writer, services, { personId, organisationId, email });
  const subject = { kind: 'person', id: personId };
  await writer.audit(
    userEmailChanged,
    subject,
    { before: user.email, after: email, formerId: user.personId },
    centre.id,
  );
  return personId;
}

/** The address names somebody else than the record that the coordinator made: what the centre gave goes there. */
async function moveRoles(
  writer: Writer,
  services: Services,
  organisationId: string,
  user: Member,
  personId: string,
): Promise<void> {
  for (const { role, membershipId } of user.roles) {
    await endMembership(writer, { membershipId, organisationId, reason: 'Invited by a wrong e-mail address' });
    await addMembership(writer, { personId, organisationId, role });
  }
  await issuePin(writer, services, { personId, organisationId });
  await writer.db
    .updateTable('centres_hub.staff_members')
    .set({ person_id: personId })
    .where('centre_id', '=', organisationId)
    .where('person_id', '=', user.personId)
    .where('left_at', 'is', null)
    .execute();
}
