/** A candidate's record and the account of the person that it is of: linked, and ended. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { accountLinkEnded, accountLinked } from '../audit.ts';
import { survivorOf } from '../candidates/candidates.ts';

export interface AccountLink {
  readonly candidateId: string;
  readonly personId: string;
  /** What proved that the record is this person's. */
  readonly how: 'invitation' | 'code';
}

/**
 * Links the record to the account; nothing happens when it is linked to it already. The number of a merged record leads
 * to the one that was kept. Throws Refused when the record has another account, or the person another record. `writer`
 * is the system's: it alone sees whether there are others.
 */
export async function linkAccount(writer: Writer, { candidateId, personId, how }: AccountLink): Promise<void> {
  // Two records that one person links at the same time wait for each other.
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended('web-portal.account ' || ${personId}::text, 0))`);
  const id = (await survivorOf(writer, candidateId)) ?? candidateId;
  const candidate = await lockCandidate(writer, id);
  if (candidate.person_id === personId) return;
  if (candidate.person_id !== null)
    throw new Refused(
      'This record is linked to another account already. If that one is not yours, ask your centre to write to the awarding body',
    );
  const other = await writer.db
    .selectFrom('web_portal.candidates')
    .select('candidate_number as number')
    .where('person_id', '=', personId)
    .where('merged_into', 'is', null)
    .executeTakeFirst();
  if (other)
    throw new Refused(
      `Your account has the record ${other.number} already. If both are yours, ask your centre to propose that they be merged; then this one appears by itself`,
    );
  await writer.db.updateTable('web_portal.candidates').set({ person_id: personId }).where('id', '=', id).execute();
  await noteLink(writer, { candidateId: id, personId, act: 'linked', how, reason: null });
  await writer.audit(accountLinked, { kind: 'candidate', id }, { how, personId });
}

/** Ends the link of a record with its account. Throws Refused when it has none. */
export async function endAccountLink(writer: Writer, candidateId: string, reason: string): Promise<void> {
  const candidate = await lockCandidate(writer, candidateId);
  const personId = candidate.person_id;
  if (personId === null)
    throw new Refused('This record is linked to no account. Somebody may have ended the link just now');
  await writer.db.updateTable('web_portal.candidates').set({ person_id: null }).where('id', '=', candidateId).execute();
  // Nobody links it again by a mail of before.
  await writer.db
    .updateTable('web_portal.account_invitations')
    .set({ withdrawn_at: writer.now })
    .where('candidate_id', '=', candidateId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  await noteLink(writer, { candidateId, personId, act: 'ended', how: 'awarding_body', reason });
  await writer.audit(accountLinkEnded, { kind: 'candidate', id: candidateId }, { personId, reason });
}

async function lockCandidate(writer: Writer, candidateId: string) {
  const candidate = await writer.db
    .selectFrom('web_portal.candidates')
    .select(['id', 'person_id'])
    .where('id', '=', candidateId)
    .where('merged_into', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!candidate) throw new NotFound();
  return candidate;
}

interface Line {
  readonly candidateId: string;
  readonly personId: string;
  readonly act: 'linked' | 'ended';
  readonly how: 'invitation' | 'code' | 'awarding_body';
  readonly reason: string | null;
}

async function noteLink(writer: Writer, { candidateId, personId, act, how, reason }: Line): Promise<void> {
  await writer.db
    .insertInto('web_portal.account_links')
    .values({
      candidate_id: candidateId,
      person_id: personId,
      act,
      how,
      reason,
      at: writer.now,
      by_person_id: writer.identity.personId,
    })
    .execute();
}

/** What the pages say of a candidate's account. */
export interface AccountState {
  readonly linkedAt: Date | null;
  /** The newest invitation of those that the reader may see. */
  readonly invitation: {
    readonly email: string;
    readonly sentAt: Date;
    readonly expiresAt: Date;
    readonly state: 'open' | 'used' | 'withdrawn' | 'expired';
  } | null;
}

export async function accountStateOf(reader: Reader, candidateId: string): Promise<AccountState> {
  const link = await reader.db
    .selectFrom('web_portal.account_links')
    .select(['act', 'at'])
    .where('candidate_id', '=', candidateId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const sent = await reader.db
    .selectFrom('web_portal.account_invitations')
    .select(['email', 'sent_at', 'expires_at', 'used_at', 'withdrawn_at'])
    .where('candidate_id', '=', candidateId)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    linkedAt: link?.act === 'linked' ? link.at : null,
    invitation: sent
      ? {
          email: sent.email,
          sentAt: sent.sent_at,
          expiresAt: sent.expires_at,
          state: sent.used_at
            ? 'used'
            : sent.withdrawn_at
              ? 'withdrawn'
              : sent.expires_at <= reader.now
                ? 'expired'
                : 'open',
        }
      : null,
  };
}
