import { sql } from 'kysely';
import { SYSTEM } from '../permissions/principal.ts';
import type { Services } from '../services.ts';

/** What is handed to the mail server. */
export interface OutgoingMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands one mail over; rejects when the mail server did not take it. */
export type Send = (mail: OutgoingMail) => Promise<void>;

/** After this many tries a mail is left where it is, with the last error, for the operator. */
export const MOST_ATTEMPTS = 12;

/** How long to wait after the `attempts`-th failure: 1, 2, 4 ... minutes, 6 hours at most. */
export function backOffMinutes(attempts: number): number {
  return Math.min(2 ** (attempts - 1), 360);
}

/**
 * Sends the mails that are due, oldest first, each in a transaction of its own that holds its row: several processes
 * never send the same one at a time. A crash between the mail server's yes and the commit sends it twice; never not.
 * Returns how many were sent.
 */
export async function sendMails(services: Services, send: Send): Promise<number> {
  let sent = 0;
  for (;;) {
    const result = await sendNext(services, send);
    if (result === 'none') return sent;
    if (result === 'sent') sent++;
  }
}

async function sendNext(services: Services, send: Send): Promise<'sent' | 'failed' | 'none'> {
  return services.database.write(SYSTEM, async ({ db, now }) => {
    const mail = await db
      .selectFrom('platform.mails')
      .select(['id', 'to_address', 'subject', 'body', 'sent_by', 'attempts'])
      .where('sent_at', 'is', null)
      .where('attempts', '<', MOST_ATTEMPTS)
      .where(sql<boolean>`(next_attempt_at is null or next_attempt_at <= ${now})`)
      .orderBy('written_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!mail) return 'none';
    const attempts = mail.attempts + 1;
    try {
      await send({
        id: mail.id,
        to: mail.to_address,
        subject: mail.subject,
        text: mail.sent_by ? `${mail.body.trimEnd()}\n\n${mail.sent_by}\n` : mail.body,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await db
        .updateTable('platform.mails')
        .set({
          attempts,
          last_error: reason.slice(0, 500),
          next_attempt_at: new Date(now.getTime() + backOffMinutes(attempts) * 60_000),
        })
        .where('id', '=', mail.id)
        .execute();
      services.log.warn(`Mail ${mail.id} was not taken by the mail server (try ${attempts} of ${MOST_ATTEMPTS}).`);
      return 'failed';
    }
    await db
      .updateTable('platform.mails')
      .set({ attempts, sent_at: now, last_error: null, next_attempt_at: null })
      .where('id', '=', mail.id)
      .execute();
    return 'sent';
  });
}
