/** The only writer of a correction after it was asked for: asks the rule, writes the history and the audit, and tells the centre. */
import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { amendmentChanged } from '../audit.ts';
import { amendmentDecided } from '../notifications.ts';
import { type AmendmentAct, amendmentMove } from './amendment-rule.ts';
import { AMENDMENTS, amendmentById, amendmentNumber, noteAmendment } from './amendments.ts';
import { applyAmendment, lockDetails, refuseChanged } from './apply-amendment.ts';

export interface AmendmentChange {
  readonly id: string;
  readonly act: AmendmentAct;
  /** Why; read by both sides. */
  readonly words: string;
}

/** Grants, refuses or takes back, in the scope of whoever acts. Throws NotFound out of scope, and Refused with the rule's sentence. */
export async function changeAmendment(writer: Writer, { id, act, words }: AmendmentChange): Promise<void> {
  const { centreId } = writer.identity;
  await writer.rows(sql`select id from web_portal.candidate_amendments
    where id = ${id} and (${centreId}::uuid is null or centre_id = ${centreId}::uuid) for update`);
  const amendment = await amendmentById(writer, id, centreId);
  const side = centreId === null ? 'body' : 'centre';
  const move = amendmentMove(amendment.state, act, side);
  if (!move.ok) throw new Refused(move.message);
  await writer.db
    .updateTable('web_portal.candidate_amendments')
    .set({ state: move.to, state_changed_at: writer.now })
    .where('id', '=', id)
    .where('centre_id', '=', amendment.centreId)
    .execute();
  await noteAmendment(writer, amendment, { act, side, words });
  await writer.audit(
    amendmentChanged,
    { kind: 'candidate-amendment', id },
    { number: amendmentNumber(amendment.number), act, fields: Object.keys(amendment.after) },
    amendment.centreId,
  );
  if (act === 'grant') {
    const stored = await lockDetails(writer, amendment.candidateId);
    refuseChanged(stored, amendment);
    await applyAmendment(writer, stored, { ...amendment, how: 'granted' });
  }
  if (act === 'withdraw') return;
  await writer.notify({
    kind: amendmentDecided,
    personIds: await holdersOf(writer, amendment.centreId, ['coordinator', 'administrator']),
    subject: `${act === 'grant' ? 'Granted' : 'Refused'}: correction ${amendmentNumber(amendment.number)} of candidate ${amendment.candidateNumber}`,
    body: words,
    href: `${AMENDMENTS}/${id}`,
    organisationId: amendment.centreId,
  });
}
