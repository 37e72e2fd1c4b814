import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { registrationStateChanged } from '../audit.ts';
import { type RegistrationAct, type RegistrationState, transition } from '../registration-state/registration-state.ts';
import { tellWebhooks } from '../webhooks/tell.ts';

export interface StateChange {
  readonly registrationId: string;
  readonly act: RegistrationAct;
  /** Why, as people read it in the history: "Certificate issued". */
  readonly reason: string;
}

/**
 * Changes the state of a registration and notes who, when and why. Throws NotFound out of scope, and Refused with a
 * sentence when the state does not allow it. Returns the new state.
 */
export async function changeRegistrationState(writer: Writer, change: StateChange): Promise<RegistrationState> {
  const { registrationId, act, reason } = change;
  const registration = await writer.db
    .selectFrom('web_portal.registrations')
    .select(['centre_id', 'candidate_id', 'product_id', 'state', 'units_achieved'])
    .where('id', '=', registrationId)
    .forUpdate()
    .executeTakeFirst();
  if (!registration) throw new NotFound();
  const { state: from, centre_id } = registration;
  const result = transition(from, act, { unitsAchieved: registration.units_achieved });
  if (!result.ok) throw new Refused(result.message);
  if (result.to === 'active') await refuseSecondActive(writer, registration);
  await writer.db
    .updateTable('web_portal.registrations')
    .set({ state: result.to, state_changed_at: writer.now })
    .where('id', '=', registrationId)
    .execute();
  await noteState(writer, { registrationId, centreId: centre_id, from, to: result.to, reason });
  await writer.audit(
    registrationStateChanged,
    { kind: 'registration', id: registrationId },
    { from, to: result.to, reason },
    centre_id,
  );
  await tellWebhooks(writer, centre_id, 'registration.state-changed', { registrationId, from, to: result.to });
  return result.to;
}

async function refuseSecondActive(
  writer: Writer,
  registration: { candidate_id: string; product_id: string },
): Promise<void> {
  const other = await writer.db
    .selectFrom('web_portal.registrations')
    .select('id')
    .where('candidate_id', '=', registration.candidate_id)
    .where('product_id', '=', registration.product_id)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (other)
    throw new Refused(
      'The candidate has another registration for this product that is in progress. Go on with that one',
    );
}

/** Adds a line to the history of a registration. */
export async function noteState(
  writer: Writer,
  line: {
    registrationId: string;
    centreId: string;
    from: RegistrationState | null;
    to: RegistrationState;
    reason: string;
  },
): Promise<void> {
  await writer.db
    .insertInto('web_portal.registration_states')
    .values({
      centre_id: line.centreId,
      registration_id: line.registrationId,
      from_state: line.from,
      to_state: line.to,
      at: writer.now,
      person_id: writer.identity.personId,
      reason: line.reason,
    })
    .execute();
}

/** All units are achieved and the certificate is issued. */
export function completeRegistration(
  writer: Writer,
  { registrationId, reason }: { registrationId: string; reason: string },
): Promise<RegistrationState> {
  return changeRegistrationState(writer, { registrationId, act: 'complete', reason });
}

/** Back to work: the certificate was revoked, or the withdrawal was a mistake. */
export function reopenRegistration(
  writer: Writer,
  { registrationId, reason }: { registrationId: string; reason: string },
): Promise<RegistrationState> {
  return changeRegistrationState(writer, { registrationId, act: 'reopen', reason });
}
