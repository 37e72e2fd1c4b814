import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import { membershipEnded, membershipStarted } from '../audit.ts';
import { withdrawInvitations } from '../invitations/invitations.ts';
import { withdrawPin } from '../pins/pins.ts';
import { rolesChanged } from '../sessions/roles-changed.ts';
import { isUserRole, roleFits } from './roles.ts';

export interface NewMembership {
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
}

/**
 * Gives a role and ends the person's log-in sessions. Returns the membership's id, also when the person had the role already. The caller must have found the
 * person by `ensurePerson` or in `membersOf`, never by an id from a form alone. Refuses a role that the kind of
 * organisation does not have.
 */
export async function addMembership(writer: Writer, membership: NewMembership): Promise<string> {
  const { personId, organisationId, role } = membership;
  const organisation = await writer.db
    .selectFrom('accounts.organisations')
    .select(['kind', 'name'])
    .where('id', '=', organisationId)
    .executeTakeFirst();
  if (!organisation) throw new NotFound();
  if (!roleFits(organisation.kind, role)) {
    throw new Refused([{ field: 'role', message: `${organisation.name} cannot give the role ${ROLE_NAMES[role]}` }]);
  }
  const made = await writer.db
    .insertInto('accounts.memberships')
    .values({
      person_id: personId,
      organisation_id: organisationId,
      role,
      started_at: writer.now,
      started_by: writer.identity.personId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) {
    await writer.audit(membershipStarted, { kind: 'person', id: personId }, { organisationId, role });
    await rolesChanged(writer, personId);
    return made.id;
  }
  const found = await writer.db
    .selectFrom('accounts.memberships')
    .select('id')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('role', '=', role)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return found.id;
}

export type MembershipToEnd = ({ readonly membershipId: string; readonly organisationId: string } | NewMembership) & {
  /** Why, as a sentence for the record. */
  readonly reason: string;
};

/**
 * Ends a role, and the person's log-in sessions with it. With
 * the last role of a user at the organisation the PIN and open invitations end as well. `NotFound` when there is no
 * such current membership at the organisation.
 */
export async function endMembership(writer: Writer, which: MembershipToEnd): Promise<void> {
  let update = writer.db
    .updateTable('accounts.memberships')
    .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: which.reason })
    .where('organisation_id', '=', which.organisationId)
    .where('ended_at', 'is', null);
  update =
    'membershipId' in which
      ? update.where('id', '=', which.membershipId)
      : update.where('person_id', '=', which.personId).where('role', '=', which.role);
  const ended = await update.returning(['person_id', 'role']).executeTakeFirst();
  if (!ended) throw new NotFound();
  const { person_id: personId, role } = ended;
  const { organisationId, reason } = which;
  await writer.audit(membershipEnded, { kind: 'person', id: personId }, { organisationId, role, reason });
  await rolesChanged(writer, personId);

  const left = await writer.db
    .selectFrom('accounts.memberships')
    .select('role')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .execute();
  if (left.some((one) => isUserRole(one.role))) return;
  await withdrawPin(writer, { personId, organisationId });
  await withdrawInvitations(writer, { personId, organisationId });
}
