import { hashToken, newToken } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { linkAccount } from './account-links.ts';
import { INVITATION_DAYS } from './invitations.ts';

/** A candidate who was invited when the centre registered him or her, and linked the record where there is an account. */
export async function demonstrateAccount(
  writer: Writer,
  candidate: {
    readonly id: string;
    readonly centreId: string;
    readonly email: string;
    readonly personId: string | null;
  },
): Promise<void> {
  const { id, centreId, email, personId } = candidate;
  await writer.db
    .insertInto('web_portal.account_invitations')
    .values({
      candidate_id: id,
      centre_id: centreId,
      email,
      token_hash: hashToken(newToken()),
      sent_at: writer.now,
      expires_at: new Date(writer.now.getTime() + INVITATION_DAYS * 86_400_000),
      ...(personId && { confirmed_at: writer.now, used_at: writer.now }),
    })
    .execute();
  if (personId) await linkAccount(writer, { candidateId: id, personId, how: 'invitation' });
}
