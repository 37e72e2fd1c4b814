import type { Queries } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { type RememberedDevice, rememberedDevicesOf } from '../remembered-devices/remembered-devices.ts';

/** An authenticator app or a passkey that a person has now. */
export interface Factor {
  readonly kind: 'app' | 'passkey';
  readonly id: string;
  /** A passkey's name as the person gave it; for an app "Authenticator app". */
  readonly name: string;
  readonly addedAt: Date;
  readonly usedAt: Date | null;
  /** A passkey that its maker copies to the person's other devices. */
  readonly backedUp: boolean;
}

export interface SecondFactors {
  readonly factors: readonly Factor[];
  readonly codesLeft: number;
  readonly devices: readonly RememberedDevice[];
  /** A demonstration account: no role of it requires a second factor. */
  readonly exempt: boolean;
}

type SystemReader = { readonly db: Pick<Queries, 'selectFrom'>; readonly now: Date };

/** The apps and passkeys of a person, oldest first. System's scope. */
export async function factorsOf({ db }: SystemReader, personId: string): Promise<readonly Factor[]> {
  const apps = await db
    .selectFrom('accounts.authenticator_apps')
    .select(['id', 'added_at', 'used_at'])
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .execute();
  const passkeys = await db
    .selectFrom('accounts.passkeys')
    .select(['id', 'name', 'added_at', 'used_at', 'backed_up'])
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .execute();
  return [
    ...apps.map((app) => ({ ...app, kind: 'app' as const, name: 'Authenticator app', backed_up: false })),
    ...passkeys.map((passkey) => ({ ...passkey, kind: 'passkey' as const })),
  ]
    .map(({ kind, id, name, added_at, used_at, backed_up }) => ({
      kind,
      id,
      name,
      addedAt: added_at,
      usedAt: used_at,
      backedUp: backed_up,
    }))
    .sort((one, other) => one.addedAt.getTime() - other.addedAt.getTime());
}

/** How many recovery codes a person has left. System's scope. */
export async function recoveryCodesLeft({ db }: SystemReader, personId: string): Promise<number> {
  const rows = await db
    .selectFrom('accounts.recovery_codes')
    .select('id')
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  return rows.length;
}

/** All that a person has set up, for the person's own pages. */
export async function secondFactorsOf(services: Services, personId: string): Promise<SecondFactors> {
  return services.database.read(SYSTEM, async (reader) => {
    const person = await reader.db
      .selectFrom('accounts.people')
      .select('second_factor_exempt')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    return {
      factors: await factorsOf(reader, personId),
      codesLeft: await recoveryCodesLeft(reader, personId),
      devices: await rememberedDevicesOf(reader, personId),
      exempt: person.second_factor_exempt,
    };
  });
}
