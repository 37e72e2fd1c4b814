import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { type Answer, type FieldError, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { accountSetUp, emailConfirmed } from '../audit.ts';
import { beginSession } from '../log-in/log-in.ts';
import {
  addCredentials,
  credentialsForm,
  credentialsProblems,
  hashOf,
  type NewCredentials,
} from '../new-account/credentials.ts';
import { type FoundInvitation, findInvitation, noteOpened } from './find-invitation.ts';
import { deadLinkPage, setUpPage } from './page.ts';
import { somebodyElse, somebodyElsePage, withToken } from './somebody-else.ts';

/** Browsers say that somebody goes to the page; programs that look through mail for bad links do not. */
const isVisit = ({ request }: Context) => request.headers['sec-fetch-dest'] === 'document';

/** GET /set-up-account?token=... */
export const showSetUp = handler({ query: withToken }, async (context): Promise<Answer> => {
  const invitation = await findInvitation(context.services, context.query.token);
  if (invitation && isUsable(invitation)) {
    if (isVisit(context)) await noteOpened(context.services, invitation);
    const other = somebodyElse(context, invitation);
    if (other) return page(somebodyElsePage(await context.frame(), invitation, context.query.token, other));
  }
  if (invitation?.state !== 'open') return dead(context, invitation);
  return page(setUpPage(await context.frame(), { invitation, token: context.query.token, username: '', errors: [] }));
});

/** POST /set-up-account?token=...: makes the account, confirms the address (the mailed link was used), logs in. */
export const setUp = handler({ query: withToken }, async (context): Promise<Answer> => {
  const { services, fields } = context;
  const { token } = context.query;
  const invitation = await findInvitation(services, token);
  // The second press of a button, after the first one made the account and logged in.
  if (invitation && invitation.state !== 'open' && isSelf(context, invitation)) return redirect(nextStep(invitation));
  const other = invitation && isUsable(invitation) && somebodyElse(context, invitation);
  if (other) return page(somebodyElsePage(await context.frame(), invitation, token, other), 409);
  if (invitation?.state !== 'open') return dead(context, invitation);
  await noteOpened(services, invitation);
  const refuse = async (errors: readonly FieldError[]) => {
    const username = typeof fields.username === 'string' ? fields.username : '';
    return page(setUpPage(await context.frame(), { invitation, token, username, errors }), 422);
  };
  const parsed = parseForm(credentialsForm, fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { givenNames, familyName, email } = invitation;
  const problems = credentialsProblems(parsed.value, [givenNames, familyName, email]);
  if (problems.length > 0) return refuse(problems);
  try {
    const username = await makeAccount(context, invitation, parsed.value);
    if (username === null) return dead(context, await findInvitation(services, token));
    await beginSession(context, invitation.personId, username);
    return redirect(nextStep(invitation));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.errors);
    throw error;
  }
});

const isUsable = ({ state }: FoundInvitation) => state === 'open' || state === 'account';

const isSelf = ({ principal }: Context, { personId }: FoundInvitation) =>
  principal.kind === 'person' && principal.personId === personId;

const nextStep = ({ organisation }: FoundInvitation) =>
  organisation.kind === 'centre' ? '/activate?done=account' : '/home';

async function dead(context: Context, invitation: FoundInvitation | null): Promise<Answer> {
  return page(deadLinkPage(await context.frame(), invitation), invitation?.state === 'account' ? 200 : 410);
}

/** Username of the new account, or null when the link died in the meantime. */
async function makeAccount(
  context: Context,
  invitation: FoundInvitation,
  given: NewCredentials,
): Promise<string | null> {
  const { personId, email, organisation } = invitation;
  const passwordHash = await hashOf(given);
  const centreId = organisation.kind === 'centre' ? organisation.id : null;
  return context.services.database.write(
    { kind: 'system', personId },
    async (writer) => {
      const { db, now } = writer;
      const used = await db
        .updateTable('accounts.invitations')
        .set({ used_at: now })
        .where('id', '=', invitation.id)
        .where('used_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (!used.numUpdatedRows) return null;
      await refuseTakenAddress(writer, personId, email);
      await db
        .updateTable('accounts.people')
        .set({ email, email_confirmed_at: now })
        .where('id', '=', personId)
        .execute();
      const username = await addCredentials(writer, personId, given, passwordHash);
      const subject = { kind: 'person', id: personId };
      await writer.audit(accountSetUp, subject, { username }, centreId);
      await writer.audit(emailConfirmed, subject, { email }, centreId);
      return username;
    },
    { requestId: context.requestId },
  );
}

/** A confirmed address belongs to one person: somebody may have confirmed it after the invitation was sent. */
async function refuseTakenAddress({ db }: Writer, personId: string, email: string): Promise<void> {
  const owner = await db
    .selectFrom('accounts.people')
    .select('id')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('email_confirmed_at', 'is not', null)
    .where('id', '<>', personId)
    .executeTakeFirst();
  if (!owner) return;
  throw new Refused(
    'An account with this e-mail address was opened since the invitation was sent. Use that account: ask your centre coordinator to withdraw this invitation and to add you again',
  );
}
