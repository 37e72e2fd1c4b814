import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { mailRequested } from '../audit.ts';
import { tidyEmail } from '../people/people.ts';
import { claimMailRequest } from '../throttle/requests.ts';
import { waitInWords } from '../throttle/throttle.ts';
import type { RequestKind } from './kinds.ts';

export interface MailRequest {
  readonly kind: RequestKind;
  /** An e-mail address, or a username. */
  readonly typed: string;
  readonly names?: { readonly givenNames: string; readonly familyName: string };
}

/**
 * Notes what a visitor asks to be mailed and leads to "Look in your mail"; after too many requests `refuse` answers.
 * Nothing is looked up here: the answer and its work are the same for every address, whoever it belongs to. The job
 * (answer-requests.ts) finds out and writes the mail.
 */
export async function requestMail(
  { services, address, requestId }: Context,
  { kind, typed, names }: MailRequest,
  refuse: (message: string) => Promise<Answer>,
): Promise<Answer> {
  const tidy = tidyEmail(typed);
  const wait = await claimMailRequest(services, `${kind} ${tidy.toLowerCase()}`, address);
  if (wait > 0) {
    return refuse(`This was asked for several times already. Look in your mail, or wait ${waitInWords(wait)}`);
  }
  await services.database.write(
    SYSTEM,
    async (writer) => {
      const { id } = await writer.db
        .insertInto('accounts.mail_requests')
        .values({
          kind,
          typed: tidy,
          given_names: names?.givenNames ?? null,
          family_name: names?.familyName ?? null,
          asked_at: writer.now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(mailRequested, { kind: 'mail request', id }, { kind, address });
    },
    { requestId },
  );
  return redirect(`/look-in-your-mail?for=${kind}`);
}
