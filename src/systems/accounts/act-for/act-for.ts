import { type Answer, NotFound, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { FOR_SELF } from '#platform/http/made-for.ts';
import { actedFor } from '../audit.ts';
import { safeNext } from '../log-in/log-in.ts';
import { renewSession } from '../sessions/open-session.ts';

/**
 * POST /act-for: chooses the organisation to act for, with all roles held there, or `self`: own records only. The
 * session gets a new id, as with every change of rights (proof.md T24). Leads home, which everybody may see, or to the
 * page of this site in `next`.
 */
export async function actFor(context: Context): Promise<Answer> {
  const person = context.person();
  const chosen = context.fields.organisationId;
  const organisation = person.organisations.find((one) => one.organisationId === chosen);
  if (!organisation && chosen !== FOR_SELF) throw new NotFound();
  if (organisation && !organisation.activated) return redirect('/activate');
  const organisationId = organisation?.organisationId ?? null;
  await renewSession(context, person, { actingFor: organisationId, reason: 'acts for another' });
  const system = {
    kind: 'system',
    personId: person.personId,
    ...(organisationId && { actingOrganisationId: organisationId }),
  } as const;
  await context.services.database.write(
    system,
    (writer) => writer.audit(actedFor, { kind: 'person', id: person.personId }, { organisationId }),
    { requestId: context.requestId },
  );
  return redirect(safeNext(context.fields.next));
}
