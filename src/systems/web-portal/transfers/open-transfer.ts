import { addWorkingDays } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { amendedRegistration } from '../amendments/look.ts';
import { lockRegistrations } from '../change-state/change-state.ts';
import { recordTransfer, tellSides } from './change-transfer.ts';
import { lookAtMove } from './move-registration.ts';
import { ANSWER_WORKING_DAYS, type TransferDirection } from './transfer-state.ts';
import { noteTransfer, transferById } from './transfers.ts';

export interface TransferToOpen {
  readonly direction: TransferDirection;
  readonly registrationId: string;
  readonly toCentreId: string;
  readonly reason: string;
}

/**
 * Asks for a transfer or offers one, as the product's own step. What stands in the way of an acceptance does not stand in
 * the way of the question, but for the state of the registration, the centre that receives, and another open question.
 * Returns its id.
 */
export async function openTransfer(writer: Writer, asked: TransferToOpen): Promise<string> {
  const { direction, registrationId, toCentreId, reason } = asked;
  const { centreId: fromCentreId } = await amendedRegistration(writer, registrationId, null);
  await lockRegistrations(writer, fromCentreId, [registrationId]);
  const { registration, receiver } = await lookAtMove(writer, registrationId, toCentreId);
  if (registration.state !== 'active') throw new Refused('The registration is no longer in progress');
  const field = direction === 'ask' ? 'product' : 'centreNumber';
  if (receiver !== null) throw new Refused([{ field, message: receiver.replace(/\.$/, '') }]);
  const made = await writer.db
    .insertInto('web_portal.transfers')
    .values({
      direction,
      registration_id: registrationId,
      from_centre_id: fromCentreId,
      to_centre_id: toCentreId,
      candidate_number: registration.candidateNumber,
      reason,
      state: 'asked',
      asked_at: writer.now,
      asked_by: writer.identity.personId as string,
      answer_by: addWorkingDays(dayInLondon(writer.now), ANSWER_WORKING_DAYS),
      state_changed_at: writer.now,
    })
    .onConflict((conflict) => conflict.column('registration_id').where('state', '=', 'asked').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new Refused('A transfer of this registration is open already. It is answered or taken back first');
  const acting = direction === 'ask' ? toCentreId : fromCentreId;
  await noteTransfer(writer, { transferId: made.id, act: 'ask', centreId: acting, words: reason });
  const transfer = await transferById(writer, made.id, null);
  await recordTransfer(writer, transfer, 'ask');
  await tellSides(writer, transfer, 'asked', acting, reason);
  return made.id;
}
