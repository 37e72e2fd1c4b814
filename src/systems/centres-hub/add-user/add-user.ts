import type { z } from 'zod';
import { addMembership, ensurePerson, invite, issuePin, membersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { page, Refused } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import type { Services } from '#platform/services.ts';
import { userAdded } from '../audit.ts';
import { centreHandler, type Hub, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { lockUsers } from '../users/users.ts';
import { addUserForm } from './form.ts';
import { addUserPage } from './page.ts';

/** GET /centres-hub/users/add */
export const showAddUser = centreHandler({ query: hubQuery }, async (context) => {
  const hub = await context.read((reader) => hubOf(reader, context));
  return page(addUserPage(await context.frame(), hub, await context.keptFields(), []));
});

/** POST /centres-hub/users/add */
export const sendAddUser = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: addUserForm,
    page: async (values, errors) =>
      addUserPage(await context.frame(), await context.read((reader) => hubOf(reader, context)), values, errors),
    action: async (writer, user) => {
      const hub = await hubOf(writer, context);
      const personId = await addUser(writer, context.services, hub, user);
      return hub.href(`/centres-hub/users/${personId}`, { done: 'added' });
    },
  }),
);

/** Makes somebody a user: roles, PIN and invitation at once, in one transaction. Returns the person's id. */
async function addUser(
  writer: Writer,
  services: Services,
  { centre }: Hub,
  { givenNames, familyName, email, roles }: z.infer<typeof addUserForm>,
): Promise<string> {
  await lockUsers(writer, centre.id);
  const already = (await membersOf(writer, centre.id)).find((one) => one.email?.toLowerCase() === email.toLowerCase());
  if (already) {
    const name = `${already.givenNames} ${already.familyName}`;
    throw new Refused([
      {
        field: 'email',
        message: `${name} has this address and is a user already. Find ${name} in the list to change the roles`,
      },
    ]);
  }
  const personId = await ensurePerson(writer, { givenNames, familyName, email });
  const membership = { personId, organisationId: centre.id };
  for (const role of roles) await addMembership(writer, { ...membership, role });
  await issuePin(writer, services, membership);
  await invite(writer, services, { ...membership, email });
  // Somebody who was on the profile without access stays one entry there.
  await writer.db
    .updateTable('centres_hub.staff_members')
    .set({ person_id: personId })
    .where('centre_id', '=', centre.id)
    .where('person_id', 'is', null)
    .where('left_at', 'is', null)
    .where('email', 'ilike', email.replace(/[\\%_]/g, '\\$&'))
    .execute();
  await writer.audit(userAdded, { kind: 'person', id: personId }, { email, roles: [...roles] }, centre.id);
  return personId;
}
