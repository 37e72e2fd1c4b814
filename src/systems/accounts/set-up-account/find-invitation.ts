import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { invitationOpened } from '../audit.ts';
import { hashToken } from '../tokens/token.ts';

export interface FoundInvitation {
  readonly id: string;
  readonly personId: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly email: string;
  readonly organisation: {
    readonly id: string;
    readonly kind: 'centre' | 'awarding_body';
    readonly name: string;
    readonly number: string;
  };
  /** `account`: it could be used, but the person has an account already. */
  readonly state: 'open' | 'account' | 'used' | 'expired' | 'withdrawn';
}

/** The invitation of a mailed token, or null when there is none. */
export async function findInvitation(services: Services, token: string): Promise<FoundInvitation | null> {
  const now = services.clock.now();
  const row = await services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.invitations as i')
      .innerJoin('accounts.people as p', 'p.id', 'i.person_id')
      .innerJoin('accounts.organisations as o', 'o.id', 'i.organisation_id')
      .leftJoin('accounts.credentials as c', 'c.person_id', 'i.person_id')
      .select(['i.id', 'i.person_id', 'i.email', 'i.used_at', 'i.withdrawn_at', 'i.expires_at', 'c.username'])
      .select(['p.given_names', 'p.family_name', 'o.id as organisation_id', 'o.kind', 'o.name', 'o.number'])
      .where('i.token_hash', '=', hashToken(token))
      .executeTakeFirst(),
  );
  if (!row) return null;
  const state = row.used_at
    ? 'used'
    : row.withdrawn_at
      ? 'withdrawn'
      : row.expires_at <= now
        ? 'expired'
        : row.username
          ? 'account'
          : 'open';
  return {
    id: row.id,
    personId: row.person_id,
    givenNames: row.given_names,
    familyName: row.family_name,
    email: row.email,
    organisation: { id: row.organisation_id, kind: row.kind, name: row.name, number: row.number },
    state,
  };
}

/** Notes the first time that a link is opened. It works after that as before: opening alone uses nothing up. */
export async function noteOpened(services: Services, { id, personId, organisation }: FoundInvitation): Promise<void> {
  const centreId = organisation.kind === 'centre' ? organisation.id : null;
  await services.database.write(SYSTEM, async (writer) => {
    const noted = await writer.db
      .updateTable('accounts.invitations')
      .set({ opened_at: writer.now })
      .where('id', '=', id)
      .where('opened_at', 'is', null)
      .executeTakeFirst();
    if (!noted.numUpdatedRows) return;
    const subject = { kind: 'person', id: personId };
    await writer.audit(invitationOpened, subject, { organisationId: organisation.id }, centreId);
  });
}
