import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { seatReleased } from '../audit.ts';
import { freshInvigilatorOf } from '../session/invigilator.ts';
import { lockSitting } from '../sitting/change-sitting.ts';

/**
 * Takes the right to write from the seat that holds it, in one transaction: the epoch rises, the former seat is told
 * with its next call and what it still sends is held. The candidate is admitted again, by number and code, at another
 * machine (delivery rule 10); the clock runs on unless it was paused.
 */
export async function releaseSeat(
  writer: Writer,
  { sittingId, reason }: { readonly sittingId: string; readonly reason: string },
): Promise<void> {
  freshInvigilatorOf(writer);
  const sitting = await lockSitting(writer, sittingId);
  if (!sitting.seatTokenHash)
    throw new Refused('Nobody holds this seat. Let the candidate enter number and code at the new machine.');
  if (!['booked', 'checked_in', 'running', 'paused'].includes(sitting.state))
    throw new Refused('This sitting has ended: there is no seat to release.');
  const epoch = sitting.epoch === 0 ? 0 : sitting.epoch + 1;
  await writer.db
    .insertInto('online_assessments.former_seats')
    .values({
      token_hash: sitting.seatTokenHash,
      centre_id: sitting.centreId,
      sitting_id: sitting.id,
      epoch: sitting.epoch,
      ended_at: writer.now,
    })
    .execute();
  await writer.db
    .updateTable('online_assessments.sittings')
    .set({ seat_token_hash: null, device_key: null, epoch })
    .where('id', '=', sitting.id)
    .execute();
  await writer.audit(seatReleased, { kind: 'sitting', id: sitting.id }, { epoch, reason }, sitting.centreId);
}
