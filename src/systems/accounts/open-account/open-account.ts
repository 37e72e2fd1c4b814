import { sql } from 'kysely';
import { z } from 'zod';
import { type Answer, type FieldError, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { emailConfirmed, freeAccountMade } from '../audit.ts';
import { beginSession, safeNext } from '../log-in/log-in.ts';
import { addCredentials, credentialsForm, credentialsProblems, hashOf } from '../new-account/credentials.ts';
import { namesForm } from '../new-account/names.ts';
import { linkWasWrong, triedTooManyLinks } from '../throttle/requests.ts';
import { type FoundLink, findLink } from './new-account-links.ts';
import { deadLinkPage, openAccountPage } from './page.ts';

const withToken = z.object({
  token: z.string().max(200).catch('').default(''),
  next: z.string().max(2000).optional().catch(undefined),
});
const accountForm = credentialsForm.extend(namesForm.shape);
type NewAccount = z.infer<typeof accountForm>;

/** GET /new-account?token=... */
export const showOpenAccount = handler({ query: withToken }, async (context): Promise<Answer> => {
  const { token } = context.query;
  const link = await openLink(context, token);
  if (link?.state !== 'open') return dead(context, link);
  const { givenNames, familyName } = link;
  const values = { givenNames, familyName };
  return page(openAccountPage(await context.frame(), { link, token, next: context.query.next, values, errors: [] }));
});

/** POST /new-account?token=...: makes the person and the account, the address confirmed (the mailed link was used), and logs in. */
export const openAccount = handler({ query: withToken }, async (context): Promise<Answer> => {
  const { token, next } = context.query;
  const link = await openLink(context, token);
  if (link?.state !== 'open') {
    // The second press of the button, after the first one made the account and logged in.
    const again =
      link?.state === 'used' && context.principal.kind === 'person' && context.principal.email === link.email;
    return again ? redirect(safeNext(next)) : dead(context, link);
  }
  const refuse = async (errors: readonly FieldError[]) =>
    page(openAccountPage(await context.frame(), { link, token, next, values: context.fields, errors }), 422);
  const parsed = parseForm(accountForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { givenNames, familyName } = parsed.value;
  const problems = credentialsProblems(parsed.value, [givenNames, familyName, link.email]);
  if (problems.length > 0) return refuse(problems);
  try {
    const made = await make(context, token, parsed.value);
    if (!made) return dead(context, await openLink(context, token));
    await beginSession(context, made.personId, made.username);
    return redirect(safeNext(next));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.errors);
    throw error;
  }
});

async function openLink({ services, address }: Context, token: string): Promise<FoundLink | null> {
  if (await triedTooManyLinks(services, address)) return null;
  const link = await services.database.read(SYSTEM, (reader) => findLink(reader, token));
  if (!link) await linkWasWrong(services, address);
  return link;
}

async function dead(context: Context, link: FoundLink | null): Promise<Answer> {
  return page(deadLinkPage(await context.frame(), link), 410);
}

/** The person and username made, or null when the link died in the meantime. */
async function make(
  { services, requestId }: Context,
  token: string,
  given: NewAccount,
): Promise<{ personId: string; username: string } | null> {
  const passwordHash = await hashOf(given);
  return services.database.write(
    SYSTEM,
    async (writer) => {
      const { db, now } = writer;
      const before = await findLink(writer, token);
      if (!before) return null;
      // The lock of accounts.ensure_person: whoever makes a person of this address waits for us.
      await sql`select pg_advisory_xact_lock(hashtextextended('accounts.people ' || lower(${before.email}::text), 0))`.execute(
        db,
      );
      const link = await findLink(writer, token);
      if (link?.state !== 'open') return null;
      await db.updateTable('accounts.new_account_links').set({ used_at: now }).where('id', '=', link.id).execute();
      const { id: personId } = await db
        .insertInto('accounts.people')
        .values({
          given_names: given.givenNames,
          family_name: given.familyName,
          email: link.email,
          email_confirmed_at: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const username = await addCredentials(writer, personId, given, passwordHash);
      const subject = { kind: 'person', id: personId };
      await writer.audit(freeAccountMade, subject, { username });
      await writer.audit(emailConfirmed, subject, { email: link.email });
      return { personId, username };
    },
    { requestId },
  );
}
