import type { Writer } from '#platform/database/database.ts';
import { withdrawRecoveryCodes } from '../recovery-codes/recovery-codes.ts';
import { forgetDevices } from '../remembered-devices/remembered-devices.ts';
import { endSessionsOf } from '../sessions/open-session.ts';
import { secondFactorRemoved, secondFactorsRemoved } from './audit.ts';
import { type Factor, factorsOf } from './factors.ts';
import { allRemoved, factorRemoved, tellPerson } from './mails.ts';

async function markRemoved(writer: Writer, { kind, id }: Pick<Factor, 'kind' | 'id'>): Promise<void> {
  const table = kind === 'app' ? 'accounts.authenticator_apps' : 'accounts.passkeys';
  await writer.db.updateTable(table).set({ removed_at: writer.now }).where('id', '=', id).execute();
}

/**
 * Removes one app or passkey on its owner's behalf: it logs nobody in any more, remembered devices are asked again, and
 * with the last one recovery codes end. Records it and mails the owner. System's scope.
 */
export async function removeFactor(writer: Writer, personId: string, factor: Factor, left: number): Promise<void> {
  const { kind, id } = factor;
  await markRemoved(writer, factor);
  await writer.audit(secondFactorRemoved, { kind: 'person', id: personId }, { factor: kind, id });
  await forgetDevices(writer, personId, 'a second factor was removed');
  if (left === 0) await withdrawRecoveryCodes(writer, personId);
  await tellPerson(writer, personId, factorRemoved(kind));
}

/**
 * For somebody who has lost everything, by the awarding body once it is sure who asks: removes all apps, passkeys and
 * recovery codes, forgets remembered devices, ends all log-in sessions, records it with the reason and mails the
 * person. Where a role requires a second factor the next log-in leads to setting one up. System's scope.
 */
export async function removeSecondFactors(writer: Writer, personId: string, reason: string): Promise<void> {
  const factors = await factorsOf(writer, personId);
  for (const factor of factors) await markRemoved(writer, factor);
  await withdrawRecoveryCodes(writer, personId);
  await forgetDevices(writer, personId, 'second factors removed by the awarding body');
  await endSessionsOf(writer, personId, 'second factors removed');
  await writer.db
    .updateTable('accounts.pending_log_ins')
    .set({ used_at: writer.now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .execute();
  await writer.audit(secondFactorsRemoved, { kind: 'person', id: personId }, { reason, factors: factors.length });
  await tellPerson(writer, personId, allRemoved(reason));
}
