/** The mails that the product has written, and the links in them. */
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { answerRequests } from '../../src/systems/accounts/mail-requests/answer-requests.ts';

export interface WrittenMail {
  readonly kind: string;
  readonly to_address: string;
  readonly subject: string;
  readonly body: string;
}

type Running = { readonly services: Services };

/** Has everything answered that visitors have asked for so far; the job may be at it too. */
export async function allAnswered({ services }: Running): Promise<void> {
  const waiting = () =>
    services.database.read(SYSTEM, ({ db }) =>
      db.selectFrom('accounts.mail_requests').select('id').limit(1).executeTakeFirst(),
    );
  while (await waiting()) await answerRequests(services);
}

/** The mails to an address, oldest first, when all requests are answered. */
export async function mailsTo(application: Running, address: string): Promise<readonly WrittenMail[]> {
  await allAnswered(application);
  return application.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('platform.mails')
      .select(['kind', 'to_address', 'subject', 'body'])
      .where('to_address', '=', address)
      .orderBy('written_at')
      .orderBy('id')
      .execute(),
  );
}

/** How many mails there are in all, when all requests are answered. */
export async function mailCount(application: Running): Promise<number> {
  await allAnswered(application);
  const { count } = await application.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('platform.mails').select(db.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  );
  return count;
}

/** Path and query of the first link to this page in a mail; a sentence when there is none. */
export function linkIn(mail: WrittenMail | undefined, page: string): string {
  const link = new RegExp(`https?://[^\\s/]+(${page}\\?token=\\S+)`).exec(mail?.body ?? '')?.[1];
  if (!link) throw new Error(`No link to ${page} in the mail "${mail?.subject ?? 'there is none'}".`);
  return link;
}
