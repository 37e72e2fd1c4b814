import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { onBehalfOf } from '#platform/permissions/principal.ts';
import { loggedOut } from '../audit.ts';
import { closeSession } from '../sessions/open-session.ts';

/** POST /logout */
export async function logOut(context: Context): Promise<Answer> {
  const { personId } = context.person();
  await closeSession(context, context.principal);
  await context.services.database.write(onBehalfOf(context.person()), (writer) =>
    writer.audit(loggedOut, { kind: 'person', id: personId }, {}),
  );
  return redirect('/login');
}
