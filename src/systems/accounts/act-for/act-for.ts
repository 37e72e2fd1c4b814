import { type Answer, NotFound, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { actedFor } from '../audit.ts';
import { renewSession } from '../sessions/open-session.ts';

/** POST /act-for: chooses the organisation to act for. The session gets a new id, as with every change of rights. */
export async function actFor(context: Context): Promise<Answer> {
  const person = context.person();
  const organisation = person.organisations.find((one) => one.organisationId === context.fields.organisationId);
  if (!organisation) throw new NotFound();
  if (!organisation.activated) return redirect('/activate');
  const { organisationId } = organisation;
  await renewSession(context, person, { actingOrganisationId: organisationId, reason: 'acts for another' });
  await context.services.database.write({ kind: 'system', personId: person.personId }, (writer) =>
    writer.audit(actedFor, { kind: 'person', id: person.personId }, { organisationId }),
  );
  return redirect('/home');
}
