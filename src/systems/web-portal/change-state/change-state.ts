import { sql } from 'kysely';
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
  /** Which reason of the list it was, where there is one. */
  readonly kind?: string;
  /** From which day it holds, YYYY-MM-DD, where that is not now. */
  readonly on?: string;
}

/**
 * Changes the state of a registration and notes who, when and why. Throws NotFound out of scope, and Refused with a
 * sentence when the state does not allow it. Returns the new state.
 */
export async function changeRegistrationState(writer: Writer, change: StateChange): Promise<RegistrationState> {
  const { registrationId, act, reason, kind, on } = change;
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
  await noteStates(writer, centre_id, [{ registrationId, from, to: result.to, reason, kind, on }]);
  await writer.audit(
    registrationStateChanged,
    { kind: 'registration', id: registrationId },
    { from, to: result.to, reason },
    centre_id,
  );
  await tellWebhooks(writer, centre_id, 'registration.state-changed', [{ registrationId, from, to: result.to }]);
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

/** A line of the history of a registration. */
export interface StateLine {
  readonly registrationId: string;
  readonly from: RegistrationState | null;
  readonly to: RegistrationState;
  readonly reason: string;
  readonly kind?: string | undefined;
  readonly on?: string | undefined;
}

/** Adds lines to the histories of registrations of a centre. */
export async function noteStates(writer: Writer, centreId: string, lines: readonly StateLine[]): Promise<void> {
  await writer.rows(sql`
    insert into web_portal.registration_states (centre_id, registration_id, from_state, to_state, at, person_id, key_id, reason, reason_kind, effective_on)
    select ${centreId}, l.id, l.from_state, l.to_state, ${writer.now}, ${writer.identity.personId}::uuid,
      ${writer.identity.key?.id ?? null}::uuid, l.reason, l.kind, l.effective_on
    from unnest(${lines.map(({ registrationId }) => registrationId)}::uuid[], ${lines.map(({ from }) => from)}::text[],
      ${lines.map(({ to }) => to)}::text[], ${lines.map(({ reason }) => reason)}::text[],
      ${lines.map(({ kind = null }) => kind)}::text[], ${lines.map(({ on = null }) => on)}::date[])
      as l (id, from_state, to_state, reason, kind, effective_on)`);
}

/** Registrations of a centre, locked until the end of the transaction. */
export function lockRegistrations(
  writer: Writer,
  centreId: string,
  registrationIds: readonly string[],
): Promise<{ id: string; state: RegistrationState; unitsAchieved: number }[]> {
  return writer.rows(sql<{ id: string; state: RegistrationState; unitsAchieved: number }>`
    select id, state, units_achieved as "unitsAchieved" from web_portal.registrations
    where centre_id = ${centreId} and id = any (${[...registrationIds]}::uuid[]) order by id for update`);
}

/**
 * Makes registrations of one centre void together, by the same rule as each alone. Refused whole, with the first reason,
 * when the state of one does not allow it.
 */
export async function voidRegistrations(
  writer: Writer,
  centreId: string,
  registrationIds: readonly string[],
  reason: string,
): Promise<void> {
  const found = await lockRegistrations(writer, centreId, registrationIds);
  if (found.length !== registrationIds.length) throw new NotFound();
  const lines = found.map(({ id, state, unitsAchieved }) => {
    const result = transition(state, 'void', { unitsAchieved });
    if (!result.ok) throw new Refused(result.message);
    return { registrationId: id, from: state, to: result.to, reason };
  });
  await writer.rows(sql`
    update web_portal.registrations set state = 'void', state_changed_at = ${writer.now}
    where centre_id = ${centreId} and id = any (${lines.map(({ registrationId }) => registrationId)}::uuid[])`);
  await noteStates(writer, centreId, lines);
  await writer.auditMany(
    registrationStateChanged,
    lines.map(({ registrationId, from, to }) => ({
      subject: { kind: 'registration', id: registrationId },
      payload: { from, to, reason },
    })),
    centreId,
  );
  await tellWebhooks(
    writer,
    centreId,
    'registration.state-changed',
    lines.map(({ registrationId, from, to }) => ({ registrationId, from, to })),
  );
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
