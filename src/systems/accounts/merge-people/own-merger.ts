import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import type { Services } from '#platform/services.ts';
import { membershipEnded, membershipStarted, pinWithdrawn } from '../audit.ts';
import { withdrawInvitations } from '../invitations/invitations.ts';
import type { Merge, MergeLine, PersonMerger } from './merger.ts';

const MERGED = 'Merged with another record of the same person';

interface RoleToMove {
  id: string;
  organisation_id: string;
  organisation: string;
  role: Role;
  started_at: Date;
  started_by: string | null;
  twice: boolean;
}

interface PinToMove {
  id: string;
  organisation_id: string;
  organisation: string;
  activated_at: Date | null;
  other_id: string | null;
  other_activated_at: Date | null;
}

function rolesToMove(reader: Pick<Reader, 'rows'>, { keptId, mergedId }: Merge): Promise<RoleToMove[]> {
  return reader.rows(sql<RoleToMove>`
    select m.id, m.organisation_id, case o.kind when 'centre' then o.name || ' (' || o.number || ')' else o.name end as organisation,
      m.role, m.started_at, m.started_by, exists (select from accounts.memberships k where k.person_id = ${keptId}
        and k.organisation_id = m.organisation_id and k.role = m.role and k.ended_at is null) as twice
    from accounts.memberships m join accounts.organisations o on o.id = m.organisation_id
    where m.person_id = ${mergedId} and m.ended_at is null order by o.kind, o.number, m.role`);
}

function pinsToMove(reader: Pick<Reader, 'rows'>, { keptId, mergedId }: Merge): Promise<PinToMove[]> {
  return reader.rows(sql<PinToMove>`
    select n.id, n.organisation_id, o.name || ' (' || o.number || ')' as organisation, n.activated_at,
      k.id as other_id, k.activated_at as other_activated_at
    from accounts.pins n join accounts.organisations o on o.id = n.organisation_id
    left join accounts.pins k on k.person_id = ${keptId} and k.organisation_id = n.organisation_id and k.withdrawn_at is null
    where n.person_id = ${mergedId} and n.withdrawn_at is null order by o.number`);
}

/** Of two PINs at one centre the activated one stays; of two alike the one of the record that stays. */
const movedPinWins = (pin: PinToMove) =>
  pin.other_id === null || (pin.activated_at !== null && pin.other_activated_at === null);

async function preview(reader: Reader, merge: Merge): Promise<MergeLine[]> {
  const lines: MergeLine[] = [];
  for (const { role, organisation, twice } of await rolesToMove(reader, merge)) {
    lines.push(
      twice
        ? { what: `Both have the role ${ROLE_NAMES[role]} at ${organisation}: it stays once`, conflict: true }
        : { what: `The role ${ROLE_NAMES[role]} at ${organisation} moves` },
    );
  }
  for (const pin of await pinsToMove(reader, merge)) {
    if (pin.other_id === null) lines.push({ what: `The PIN at ${pin.organisation} moves and stays the same` });
    else {
      const which = movedPinWins(pin)
        ? 'the activated one of the merged record stays'
        : 'the one of the record that stays is kept';
      lines.push({ what: `Both have a PIN at ${pin.organisation}: ${which}, the other is withdrawn`, conflict: true });
    }
  }
  return lines;
}

async function move(writer: Writer, merge: Merge, services: Services): Promise<void> {
  const pins = await pinsToMove(writer, merge);
  for (const role of await rolesToMove(writer, merge)) await moveRole(writer, merge, role);
  for (const pin of pins) await movePin(writer, merge, services, pin);
  const open = await writer.db
    .selectFrom('accounts.invitations')
    .select('organisation_id')
    .distinct()
    .where('person_id', '=', merge.mergedId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  for (const { organisation_id: organisationId } of open) {
    await withdrawInvitations(writer, { personId: merge.mergedId, organisationId }, MERGED);
  }
}

/** A role that was given is never changed: it ends with the merged record, and begins, as long ago, with the one that stays. */
async function moveRole(writer: Writer, { keptId, mergedId }: Merge, role: RoleToMove): Promise<void> {
  const { db, now, identity } = writer;
  const organisationId = role.organisation_id;
  await db
    .updateTable('accounts.memberships')
    .set({ ended_at: now, ended_by: identity.personId, end_reason: MERGED })
    .where('id', '=', role.id)
    .execute();
  const ended = { organisationId, role: role.role, reason: MERGED };
  await writer.audit(membershipEnded, { kind: 'person', id: mergedId }, ended);
  if (role.twice) return;
  await db
    .insertInto('accounts.memberships')
    .values({
      person_id: keptId,
      organisation_id: organisationId,
      role: role.role,
      started_at: role.started_at,
      started_by: role.started_by,
    })
    .execute();
  await writer.audit(membershipStarted, { kind: 'person', id: keptId }, { organisationId, role: role.role });
}

async function movePin(writer: Writer, { keptId, mergedId }: Merge, services: Services, pin: PinToMove): Promise<void> {
  const withdraw = async (id: string, personId: string) => {
    await writer.db.updateTable('accounts.pins').set({ withdrawn_at: writer.now }).where('id', '=', id).execute();
    await writer.audit(pinWithdrawn, { kind: 'person', id: personId }, { organisationId: pin.organisation_id });
  };
  if (!movedPinWins(pin)) return withdraw(pin.id, mergedId);
  if (pin.other_id) await withdraw(pin.other_id, keptId);
  const { ciphertext } = await writer.db
    .selectFrom('accounts.pins')
    .select('ciphertext')
    .where('id', '=', pin.id)
    .executeTakeFirstOrThrow();
  // The encryption binds a PIN to its owner, so it is sealed anew.
  const sealed = services.keys.encryptPin(services.keys.decryptPin(ciphertext, mergedId), keptId);
  await writer.db
    .updateTable('accounts.pins')
    .set({ person_id: keptId, ciphertext: sealed })
    .where('id', '=', pin.id)
    .execute();
}

/** The part of accounts and of the platform. Username, address, sessions and state are moved by the merge itself. */
export const ownMerger: PersonMerger = {
  columns: {
    'accounts.credentials.person_id': 'moves',
    'accounts.memberships.person_id': 'moves',
    'accounts.memberships.started_by': 'stays',
    'accounts.memberships.ended_by': 'stays',
    'accounts.pins.person_id': 'moves',
    'accounts.invitations.person_id': 'stays',
    'accounts.invitations.sent_by': 'stays',
    'accounts.invitations.withdrawn_by': 'stays',
    // They end.
    'accounts.sessions.person_id': 'stays',
    'accounts.people.merged_into': 'stays',
    'accounts.suspensions.person_id': 'stays',
    'accounts.suspensions.began_by': 'stays',
    'accounts.suspensions.ended_by': 'stays',
    'accounts.merges.merged_person_id': 'stays',
    'accounts.merges.kept_person_id': 'stays',
    'accounts.merges.merged_by': 'stays',
    // Second factors end with the record, as devices and requests on their way do: who stays sets them up anew.
    'accounts.authenticator_apps.person_id': 'stays',
    'accounts.passkeys.person_id': 'stays',
    'accounts.recovery_codes.person_id': 'stays',
    'accounts.remembered_devices.person_id': 'stays',
    'accounts.passkey_challenges.person_id': 'stays',
    'accounts.pending_log_ins.person_id': 'stays',
    'accounts.password_resets.person_id': 'stays',
    'accounts.email_changes.person_id': 'stays',
    // A supplier's system knows each record by a subject of its own.
    'accounts.client_subjects.person_id': 'stays',
    'accounts.client_entries.person_id': 'stays',
    'accounts.clients.created_by': 'stays',
    'platform.audit_events.person_id': 'stays',
    'platform.notifications.person_id': 'stays',
    'platform.notification_ways.person_id': 'stays',
    'platform.digests.person_id': 'stays',
    'platform.mails.person_id': 'stays',
    'platform.submissions.person_id': 'stays',
    'platform.kept_forms.person_id': 'stays',
  },
  preview,
  move,
};
