import { NotAllowed } from '#platform/http/answers.ts';
import type { Principal } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { closeSitting } from '../close-sitting/close-sitting.ts';
import { sittingsMeant, type Which } from '../pause-sitting/pause-sitting.ts';
import { freshInvigilatorOf } from '../session/invigilator.ts';
import { lockSitting } from '../sitting/change-sitting.ts';

/**
 * Ends the test of one candidate or of everyone: closed, marked and released as at a hand-in. Takes the services, not a
 * writer: marking reads keys, which no role of a centre may read, so it runs as the system on the invigilator's behalf
 * and within the invigilator's centre. Returns how many.
 */
export async function endSittings(
  services: Services,
  principal: Principal,
  { which, reason, requestId }: { readonly which: Which; readonly reason: string; readonly requestId?: string },
): Promise<number> {
  const invigilator = freshInvigilatorOf({ principal, now: services.clock.now() });
  if (!invigilator.centreId) throw new NotAllowed('Invigilator');
  return services.database.write(
    {
      kind: 'system',
      personId: invigilator.personId,
      centreId: invigilator.centreId,
      actingOrganisationId: invigilator.centreId,
    },
    async (writer) => {
      const ids = await sittingsMeant(writer, which, ['running', 'paused']);
      for (const id of ids)
        await closeSitting(writer, services.keys, await lockSitting(writer, id), { kind: 'end', reason });
      return ids.length;
    },
    { requestId: requestId ?? null },
  );
}
