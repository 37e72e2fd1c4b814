import { z } from 'zod';
import { resendInvitation } from '#accounts';
import { page, Refused } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { userInvitedAgain } from '../audit.ts';
import { centreHandler, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { userState } from '../users/user-state.ts';
import { functionOf, userOf } from '../users/users.ts';
import { DONE, userPage } from './page.ts';

const params = z.object({ personId: z.uuid() });
const query = hubQuery.extend({ done: z.enum(DONE).optional().catch(undefined) });

/** GET /centres-hub/users/:personId */
export const viewUser = centreHandler({ params, query }, async (context) => {
  const found = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const user = await userOf(reader, hub.centre.id, context.params.personId);
    return { hub, user, function: await functionOf(reader, hub.centre.id, user.personId) };
  });
  return page(userPage(await context.frame(), found.hub, { ...found, done: context.query.done, errors: [] }));
});

/** POST /centres-hub/users/:personId: sends the invitation again, to the address the user has now. */
export const inviteAgain = centreHandler({ params, query }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: async (_values, errors) => {
      const found = await context.read(async (reader) => {
        const hub = await hubOf(reader, context);
        const user = await userOf(reader, hub.centre.id, context.params.personId);
        return { hub, user, function: await functionOf(reader, hub.centre.id, user.personId) };
      });
      return userPage(await context.frame(), found.hub, { ...found, done: undefined, errors });
    },
    action: async (writer) => {
      const hub = await hubOf(writer, context);
      const user = await userOf(writer, hub.centre.id, context.params.personId);
      if (user.email === null) throw new Refused('The user has no e-mail address to send an invitation to');
      if (user.suspended)
        throw new Refused('The awarding body has suspended the account, so no invitation can be sent');
      if (userState(user) === 'activated')
        throw new Refused('The user has activated the PIN already and needs no invitation');
      await resendInvitation(writer, context.services, { personId: user.personId, organisationId: hub.centre.id });
      await writer.audit(userInvitedAgain, { kind: 'person', id: user.personId }, {}, hub.centre.id);
      return hub.href(`/centres-hub/users/${user.personId}`, { done: 'invited' });
    },
  }),
);
