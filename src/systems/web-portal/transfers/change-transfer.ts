/** The only writer of a transfer after it was asked for: asks the rule, writes the history, the audit and the notification. */
import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { transferChanged } from '../audit.ts';
import { transferMoved } from '../notifications.ts';
import { moveRegistration } from './move-registration.ts';
import { type TransferAct, type TransferSide, type TransferState, transferMove } from './transfer-state.ts';
import { noteTransfer, sideOf, TRANSFERS, type Transfer, transferById, transferNumber } from './transfers.ts';

export interface TransferChange {
  readonly id: string;
  readonly act: TransferAct;
  /** The centre that acts; null: time. */
  readonly centreId: string | null;
  /** Why; read by both sides. */
  readonly words: string;
  /** What was shown of the registration when it was accepted, as a digest. */
  readonly seen: string;
}

/**
 * Moves a transfer on, as the product's own step. An acceptance moves the registration in the same transaction. Throws
 * NotFound for a third centre, and Refused with the rule's sentence or with what stands in the way.
 */
export async function changeTransfer(
  writer: Writer,
  { id, act, centreId, words, seen }: TransferChange,
): Promise<void> {
  await writer.rows(sql`select id from web_portal.transfers where id = ${id} for update`);
  const transfer = await transferById(writer, id, centreId);
  const side: TransferSide | null = centreId === null ? 'time' : sideOf(transfer, centreId);
  const move = transferMove(transfer.state, act, side ?? 'time');
  if (!move.ok) throw new Refused(move.message);
  const newRegistrationId = act === 'accept' ? await moveRegistration(writer, transfer, seen) : null;
  await writer.db
    .updateTable('web_portal.transfers')
    .set({ state: move.to, state_changed_at: writer.now, new_registration_id: newRegistrationId })
    .where('id', '=', id)
    .execute();
  await noteTransfer(writer, { transferId: id, act, centreId, words });
  await recordTransfer(writer, transfer, act);
  await tellSides(writer, transfer, move.to, centreId, words);
}

/** Puts it on record at both centres. */
export async function recordTransfer(writer: Writer, transfer: Transfer, act: TransferAct | 'ask'): Promise<void> {
  const { id, number, direction, candidateNumber, fromCentreId, toCentreId } = transfer;
  for (const centreId of [fromCentreId, toCentreId])
    await writer.audit(
      transferChanged,
      { kind: 'transfer', id },
      { number: transferNumber(number), act, direction, candidateNumber },
      centreId,
    );
}

const TOLD: Record<TransferState, string> = {
  asked: 'To answer',
  accepted: 'Accepted',
  refused: 'Refused',
  withdrawn: 'Taken back',
  expired: 'Not answered in time',
};

/** The offices of the centres that it concerns, but for the one that acted; of somebody asked for, the number alone. */
export async function tellSides(
  writer: Writer,
  transfer: Transfer,
  to: TransferState,
  actingCentreId: string | null,
  words: string,
): Promise<void> {
  const { id, number, candidateNumber, productTitle, fromCentreId, toCentreId } = transfer;
  for (const centreId of [fromCentreId, toCentreId]) {
    if (centreId === actingCentreId) continue;
    await writer.notify({
      kind: transferMoved,
      personIds: await holdersOf(writer, centreId, ['coordinator', 'administrator']),
      subject: `${TOLD[to]}: transfer ${transferNumber(number)} of candidate ${candidateNumber}, ${productTitle}`,
      body: words,
      href: `${TRANSFERS}/${id}`,
      organisationId: centreId,
    });
  }
}
