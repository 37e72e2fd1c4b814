import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { onBehalfOf } from '#platform/permissions/principal.ts';
import { loggedOutElsewhere } from '../audit.ts';
import { endSessionsOf } from '../sessions/open-session.ts';

/** POST /my-details/log-out-elsewhere: ends all sessions of the person but this one. */
export async function logOutElsewhere(context: Context): Promise<Answer> {
  const { personId, sessionHash } = context.person();
  await context.services.database.write(onBehalfOf(context.person()), async (writer) => {
    await endSessionsOf(writer, personId, 'logged out elsewhere', sessionHash);
    await writer.audit(loggedOutElsewhere, { kind: 'person', id: personId }, {});
  });
  return redirect('/my-details?done=elsewhere');
}
