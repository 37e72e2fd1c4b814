import { z } from 'zod';
import { type Answer, NotFound, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { onBehalfOf } from '#platform/permissions/principal.ts';
import { deviceInWords } from '../my-details/device.ts';
import { loggedOutEverywhere, sessionEnded } from '../own-details-audit.ts';
import { closeSession, endSessionsOf } from '../sessions/open-session.ts';

/** POST /my-details/sessions/:id/end: logs out one of the own devices; this one as well, if it is that. */
export const endSession = handler({ params: z.object({ id: z.uuid() }) }, async (context): Promise<Answer> => {
  const person = context.person();
  const { personId } = person;
  const ended = await context.services.database.write(
    onBehalfOf(person),
    async (writer) => {
      const found = await writer.db
        .updateTable('accounts.sessions')
        .set({ ended_at: writer.now, end_reason: 'logged out elsewhere' })
        .where('id', '=', context.params.id)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .returning(['token_hash', 'device', 'address'])
        .executeTakeFirst();
      if (!found) throw new NotFound();
      const what = { device: deviceInWords(found.device), address: found.address ?? 'unknown' };
      await writer.audit(sessionEnded, { kind: 'person', id: personId }, what);
      return found;
    },
    { requestId: context.requestId },
  );
  if (!ended.token_hash.equals(person.sessionHash)) return redirect('/my-details?done=session');
  await closeSession(context, person);
  return redirect('/login');
});

/** POST /my-details/log-out-everywhere: ends all sessions of the person, this one too. */
export async function logOutEverywhere(context: Context): Promise<Answer> {
  const person = context.person();
  await context.services.database.write(
    onBehalfOf(person),
    async (writer) => {
      await endSessionsOf(writer, person.personId, 'logged out everywhere');
      await writer.audit(loggedOutEverywhere, { kind: 'person', id: person.personId }, {});
    },
    { requestId: context.requestId },
  );
  await closeSession(context, person);
  return redirect('/login');
}
