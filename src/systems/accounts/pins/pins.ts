import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { pinIssued, pinWithdrawn } from '../audit.ts';
import { newPin } from './pin.ts';

/** Whose PIN at which organisation. */
export interface PinHolder {
  readonly personId: string;
  readonly organisationId: string;
}

/**
 * Gives a person a PIN at an organisation, not yet activated; somebody who has one keeps it. Stored encrypted for its
 * owner, found by a keyed hash. Not even the coordinator who causes it can read it.
 */
export async function issuePin(writer: Writer, services: Services, holder: PinHolder): Promise<void> {
  const { personId, organisationId } = holder;
  // Two in ten PINs would have to be taken already for twenty draws to fail once in 10^14.
  for (let draw = 0; draw < 20; draw++) {
    if (await hasPin(writer, holder)) return;
    const pin = newPin();
    const made = await writer.db
      .insertInto('accounts.pins')
      .values({
        person_id: personId,
        organisation_id: organisationId,
        ciphertext: services.keys.encryptPin(pin, personId),
        lookup: services.keys.pinLookup(pin),
        created_at: writer.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows) {
      await writer.audit(pinIssued, { kind: 'person', id: personId }, { organisationId });
      return;
    }
  }
  throw new Error('No free PIN was found.');
}

async function hasPin(writer: Writer, { personId, organisationId }: PinHolder): Promise<boolean> {
  const found = await writer.db
    .selectFrom('accounts.pins')
    .select('id')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** Takes the PIN away, for somebody who holds no role at the organisation any more. */
export async function withdrawPin(writer: Writer, { personId, organisationId }: PinHolder): Promise<void> {
  const taken = await writer.db
    .updateTable('accounts.pins')
    .set({ withdrawn_at: writer.now })
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (taken.numUpdatedRows) await writer.audit(pinWithdrawn, { kind: 'person', id: personId }, { organisationId });
}

export interface OwnPin {
  readonly organisationId: string;
  /** 8 digits. */
  readonly pin: string;
  readonly activatedAt: Date | null;
}

/** The current PINs of a person, readable; the reader must be that person (or the system). */
export async function pinsOf(
  reader: Pick<Reader, 'db'>,
  services: Services,
  personId: string,
): Promise<readonly OwnPin[]> {
  const rows = await reader.db
    .selectFrom('accounts.pins')
    .select(['organisation_id', 'ciphertext', 'activated_at'])
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .orderBy(sql`created_at`)
    .execute();
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    pin: services.keys.decryptPin(row.ciphertext, personId),
    activatedAt: row.activated_at,
  }));
}

/** A person's own PIN at one organisation, 8 digits, or null. */
export async function pinOf(
  reader: Pick<Reader, 'db'>,
  services: Services,
  { personId, organisationId }: PinHolder,
): Promise<string | null> {
  const pins = await pinsOf(reader, services, personId);
  return pins.find((one) => one.organisationId === organisationId)?.pin ?? null;
}
