import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { invitationWithdrawn, invited } from '../audit.ts';
import { tidyEmail } from '../people/people.ts';
import type { PinHolder } from '../pins/pins.ts';
import { hashToken, newToken } from '../tokens/token.ts';
import { invitationMail } from './mail.ts';

/** How long the link of an invitation works. */
const INVITATION_HOURS = 72;

export interface Invitation extends PinHolder {
  readonly email: string;
}

/** Sends a person the link that sets up an account (or says to log in, when there is one). Earlier links stop working. */
export async function invite(writer: Writer, services: Services, invitation: Invitation): Promise<void> {
  const { personId, organisationId } = invitation;
  const email = tidyEmail(invitation.email);
  const person = await writer.db
    .selectFrom('accounts.people')
    .select(['given_names', 'family_name'])
    .where('id', '=', personId)
    .executeTakeFirst();
  const organisation = await writer.db
    .selectFrom('accounts.organisations')
    .select(['kind', 'name', 'number'])
    .where('id', '=', organisationId)
    .executeTakeFirst();
  if (!person || !organisation) throw new NotFound();

  await withdrawInvitations(writer, invitation);
  const token = newToken();
  await writer.db
    .insertInto('accounts.invitations')
    .values({
      person_id: personId,
      organisation_id: organisationId,
      email,
      token_hash: hashToken(token),
      sent_at: writer.now,
      sent_by: writer.identity.personId,
      expires_at: new Date(writer.now.getTime() + INVITATION_HOURS * 3_600_000),
    })
    .execute();
  await writer.audit(invited, { kind: 'person', id: personId }, { organisationId, email });
  const sender = writer.principal.kind === 'person' ? writer.principal : null;
  await writer.mail({
    kind: 'accounts.invitation',
    to: email,
    personId,
    ...invitationMail({
      brand,
      name: `${person.given_names} ${person.family_name}`,
      organisation,
      sender: sender && `${sender.givenNames} ${sender.familyName}`,
      link: `${services.settings.publicUrl}/set-up-account?token=${token}`,
      hours: INVITATION_HOURS,
    }),
  });
}

/** Sends the link again to the address that the person has now. `NotFound` for somebody without an address. */
export async function resendInvitation(writer: Writer, services: Services, who: PinHolder): Promise<void> {
  const person = await writer.db
    .selectFrom('accounts.people')
    .innerJoin('accounts.memberships', 'accounts.memberships.person_id', 'accounts.people.id')
    .select('accounts.people.email')
    .where('accounts.people.id', '=', who.personId)
    .where('accounts.memberships.organisation_id', '=', who.organisationId)
    .where('accounts.memberships.ended_at', 'is', null)
    .executeTakeFirst();
  if (!person?.email) throw new NotFound();
  await invite(writer, services, { ...who, email: person.email });
}

/**
 * Links that were sent and not used stop working; `reason` says why where somebody withdrew them, and is recorded. Returns
 * how many were open.
 */
export async function withdrawInvitations(
  writer: Writer,
  { personId, organisationId }: PinHolder,
  reason?: string,
): Promise<number> {
  const withdrawn = await writer.db
    .updateTable('accounts.invitations')
    .set({ withdrawn_at: writer.now, withdrawn_by: writer.identity.personId, withdraw_reason: reason ?? null })
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  const count = Number(withdrawn.numUpdatedRows);
  if (count > 0 && reason) {
    await writer.audit(invitationWithdrawn, { kind: 'person', id: personId }, { organisationId, reason });
  }
  return count;
}

export interface NewAddress extends PinHolder {
  readonly email: string;
}

/**
 * The person whom a corrected address of an invitation names: the same one where the centre alone knows the person and
 * nobody else has the address, else the person of that address. Centre's scope. `NotFound` for somebody who has set up
 * an account: that address is the person's own.
 */
export async function changeInvitedAddress(writer: Writer, { personId, email }: NewAddress): Promise<string> {
  const rows = await writer.rows(
    sql<{ id: string | null }>`select accounts.change_invited_address(${personId}, ${tidyEmail(email)}) as id`,
  );
  const id = rows[0]?.id;
  if (!id) throw new NotFound();
  return id;
}
