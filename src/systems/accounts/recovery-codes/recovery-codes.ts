import type { Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { recoveryCodesMade } from '../second-factors/audit.ts';
import { newRecoveryCodes } from './recovery-code.ts';

const lookupOf = (services: Services, personId: string, code: string) =>
  services.keys.secondFactors.lookup(`recovery code of ${personId}: ${code}`);

/** Gives a person ten new codes; unused ones stop working. They are readable now and never again. System's scope. */
export async function makeRecoveryCodes(
  writer: Writer,
  services: Services,
  personId: string,
): Promise<readonly string[]> {
  const withdrawn = await withdrawRecoveryCodes(writer, personId);
  const codes = newRecoveryCodes();
  await writer.db
    .insertInto('accounts.recovery_codes')
    .values(
      codes.map((code) => ({
        person_id: personId,
        code_lookup: lookupOf(services, personId, code),
        made_at: writer.now,
      })),
    )
    .execute();
  await writer.audit(recoveryCodesMade, { kind: 'person', id: personId }, { made: codes.length, withdrawn });
  return codes;
}

/** Takes one code, once: true for one of two requests that come with it at the same time. System's scope. */
export async function takeRecoveryCode(
  writer: Writer,
  services: Services,
  personId: string,
  code: string,
): Promise<boolean> {
  const taken = await writer.db
    .updateTable('accounts.recovery_codes')
    .set({ used_at: writer.now })
    .where('person_id', '=', personId)
    .where('code_lookup', '=', lookupOf(services, personId, code))
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** The codes that were not used stop working. Returns how many they were. System's scope. */
export async function withdrawRecoveryCodes(writer: Writer, personId: string): Promise<number> {
  const withdrawn = await writer.db
    .updateTable('accounts.recovery_codes')
    .set({ withdrawn_at: writer.now })
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return Number(withdrawn.numUpdatedRows);
}
