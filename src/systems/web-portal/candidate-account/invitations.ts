/** Invitations to link a candidate's record: sent at the registration, and again when the centre asks. */
import { sql } from 'kysely';
import { hashToken, mailableEmail, newToken } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { candidateInvited } from '../audit.ts';
import { invitationMail } from './mails.ts';

/** Days that the link of an invitation works. */
export const INVITATION_DAYS = 60;
/** Wrong birth dates that an invitation takes, and wrong codes a request. */
export const TRIES = 5;
/** Hours in which an account has to be chosen once the birth date was confirmed. */
const CONFIRMED_HOURS = 24;
const DAY = 86_400_000;
/** Who joined longer ago is invited by the centre's own wish alone. */
const NEW_DAYS = 7;
/** Mails of one turn of the work: a file of thousands does not hold up the others. */
const AT_ONCE = 200;

export interface Invitee {
  readonly candidateId: string;
  readonly centreId: string;
  readonly centreName: string;
  readonly email: string;
}

/** Mails the invitation; earlier ones of this candidate by this centre stop working. */
export async function inviteCandidate(writer: Writer, services: Services, invitee: Invitee): Promise<void> {
  const { candidateId, centreId, centreName, email } = invitee;
  const token = newToken();
  const mailable = mailableEmail.safeParse(email).success;
  await writer.db
    .updateTable('web_portal.account_invitations')
    .set({ withdrawn_at: writer.now })
    .where('candidate_id', '=', candidateId)
    .where('centre_id', '=', centreId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  await writer.db
    .insertInto('web_portal.account_invitations')
    .values({
      candidate_id: candidateId,
      centre_id: centreId,
      email,
      token_hash: hashToken(token),
      sent_at: writer.now,
      sent_by: writer.identity.personId,
      expires_at: new Date(writer.now.getTime() + INVITATION_DAYS * DAY),
      // An address that no mail can be sent to: noted, so that it is not tried again.
      ...(!mailable && { withdrawn_at: writer.now }),
    })
    .execute();
  if (!mailable) return;
  const link = `${services.settings.publicUrl}/link-record?token=${token}`;
  await writer.mail({ kind: 'web-portal.account-invitation', to: email, ...invitationMail(brand, centreName, link) });
  await writer.audit(candidateInvited, { kind: 'candidate', id: candidateId }, { email }, centreId);
}

/**
 * Invites who was registered lately with an e-mail address, or got one lately by a correction, has no account and was not invited at this address yet: by
 * whichever way the candidate came, and again when the address was corrected.
 */
export async function inviteNewCandidates(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (writer) => {
    // Two that run at the same time would each mail the same candidates.
    await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended('web-portal.invite candidates', 0))`);
    const since = new Date(writer.now.getTime() - NEW_DAYS * DAY);
    const due = await writer.rows(sql<Invitee>`
      select c.id as "candidateId", j.centre_id as "centreId", o.name as "centreName", c.email
      from web_portal.centre_candidates j
      join web_portal.candidates c on c.id = j.candidate_id
      join accounts.published_organisations o on o.id = j.centre_id
      where c.id in (
          select l.candidate_id from web_portal.centre_candidates l where l.joined_at > ${since}
          union select m.candidate_id from web_portal.candidate_amendments m
            where m.state in ('done', 'granted') and m.state_changed_at > ${since} and m.after ? 'email')
        and c.email is not null and c.person_id is null and c.merged_into is null
        and not exists (select from web_portal.account_invitations i where i.candidate_id = c.id and i.email = c.email)
        and not exists (select from web_portal.centre_candidates e
          where e.candidate_id = c.id and (e.joined_at, e.centre_id) > (j.joined_at, j.centre_id))
      order by j.joined_at limit ${AT_ONCE}`);
    for (const invitee of due) await inviteCandidate(writer, services, invitee);
  });
}

export interface FoundInvitation {
  readonly id: string;
  /** The record as it is now: one that was merged leads to the one that was kept. */
  readonly candidateId: string;
  readonly givenNames: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly email: string;
  readonly centreName: string;
  readonly triesLeft: number;
  /** `confirmed`: the birth date was given rightly. `linked`: the record has an account by now. */
  readonly state: 'open' | 'confirmed' | 'linked' | 'withdrawn' | 'expired';
}

/** The invitation of a mailed token, or null. */
export async function findInvitation(
  reader: Pick<Reader, 'rows' | 'now'>,
  token: string,
): Promise<FoundInvitation | null> {
  const [row] = await reader.rows(sql<
    Omit<FoundInvitation, 'state' | 'triesLeft'> & {
      wrongTries: number;
      confirmedAt: Date | null;
      usedAt: Date | null;
      withdrawnAt: Date | null;
      expiresAt: Date;
      personId: string | null;
      /** The record has another address by now: this one was wrong. */
      corrected: boolean;
    }
  >`
    select i.id, c.id as "candidateId", c.given_names as "givenNames", c.family_name as "familyName", c.birth_date as "birthDate",
      i.email, o.name as "centreName", i.wrong_tries as "wrongTries", i.confirmed_at as "confirmedAt", i.used_at as "usedAt",
      i.withdrawn_at as "withdrawnAt", i.expires_at as "expiresAt", c.person_id as "personId", i.email is distinct from c.email as corrected
    from web_portal.account_invitations i
    left join web_portal.former_candidates f on f.former_id = i.candidate_id
    join web_portal.candidates c on c.id = coalesce(f.candidate_id, i.candidate_id)
    join accounts.published_organisations o on o.id = i.centre_id
    where i.token_hash = ${hashToken(token)}`);
  if (!row) return null;
  const { wrongTries, confirmedAt, usedAt, withdrawnAt, expiresAt, personId, corrected, ...found } = row;
  const confirmed = confirmedAt && reader.now.getTime() - confirmedAt.getTime() < CONFIRMED_HOURS * 3_600_000;
  const state =
    usedAt || personId
      ? 'linked'
      : withdrawnAt || corrected
        ? 'withdrawn'
        : expiresAt <= reader.now
          ? 'expired'
          : confirmed
            ? 'confirmed'
            : 'open';
  return { ...found, state, triesLeft: TRIES - wrongTries };
}
