/** The way from an invitation to the own account: confirm the birth date, log in or make an account, link. */
import { z } from 'zod';
import { newAccountLink } from '#accounts';
import { type Answer, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { readDate } from '#ui';
import { accountBegun, birthDateGiven } from '../audit.ts';
import { linkAccount } from '../candidate-account/account-links.ts';
import { type FoundInvitation, findInvitation, TRIES } from '../candidate-account/invitations.ts';
import { birthDatePage, chooseAccountPage, deadInvitationPage, linkPage } from './page.ts';

const query = z.object({ token: z.string().max(200).catch('').default('') });
type WithToken = z.infer<typeof query>;
type Asked = Context<unknown, WithToken>;

const addressOf = (token: string) => `/link-record?token=${encodeURIComponent(token)}`;

const invitationOf = ({ services, query: { token } }: Asked) =>
  services.database.read(SYSTEM, (reader) => findInvitation(reader, token));

/** GET /link-record?token=...: the step that is next. */
export const showLinkRecord = handler({ query }, async (context): Promise<Answer> => {
  const invitation = await invitationOf(context);
  if (!invitation || (invitation.state !== 'open' && invitation.state !== 'confirmed'))
    return dead(context, invitation);
  const frame = await context.frame();
  const { token } = context.query;
  if (invitation.state === 'open') return page(birthDatePage(frame, { invitation, token, values: {}, errors: [] }));
  const { principal } = context;
  if (principal.kind !== 'person') return page(chooseAccountPage(frame, { invitation, token }));
  return page(linkPage(frame, { invitation, token, person: principal, errors: [] }));
});

/** POST /link-record?token=...: the birth date, which the record has to have. Five wrong ones end the invitation. */
export const confirmBirthDate = handler({ query }, async (context): Promise<Answer> => {
  const { token } = context.query;
  const refuse = async (invitation: FoundInvitation, values: FormValues, message: string) =>
    page(
      birthDatePage(await context.frame(), { invitation, token, values, errors: [{ field: 'birthDate', message }] }),
      422,
    );
  const before = await invitationOf(context);
  if (before?.state === 'confirmed') return redirect(addressOf(token));
  if (before?.state !== 'open') return dead(context, before);
  const read = readDate(context.fields, 'birthDate', 'date of birth', { required: true });
  if (!read.ok) return refuse(before, context.fields, read.error.message);
  const invitation = await context.services.database.write(
    SYSTEM,
    async (writer) => {
      const found = await findInvitation(writer, token);
      if (found?.state !== 'open') return found;
      const right = read.date === found.birthDate;
      const wrongTries = TRIES - found.triesLeft + 1;
      await writer.db
        .updateTable('web_portal.account_invitations')
        .set(
          right
            ? { confirmed_at: writer.now }
            : { wrong_tries: wrongTries, ...(wrongTries >= TRIES ? { withdrawn_at: writer.now } : {}) },
        )
        .where('id', '=', found.id)
        .where('wrong_tries', '=', wrongTries - 1)
        .execute();
      await writer.audit(birthDateGiven, { kind: 'candidate', id: found.candidateId }, { right });
      return findInvitation(writer, token);
    },
    { requestId: context.requestId },
  );
  if (invitation?.state === 'confirmed') return redirect(addressOf(token));
  if (invitation?.state !== 'open') return dead(context, invitation);
  const left = invitation.triesLeft === 1 ? 'One try is' : `${invitation.triesLeft} tries are`;
  return refuse(
    invitation,
    context.fields,
    `This is not the date of birth that ${invitation.centreName} gave. ${left} left; if it is right, ask the centre to correct its record`,
  );
});

/** POST /link-record/account?token=...: on to a new account of the address that the invitation was mailed to. */
export const makeAccountForRecord = handler({ query }, async (context): Promise<Answer> => {
  const { token } = context.query;
  const { services, requestId } = context;
  if (context.principal.kind === 'person') return redirect(addressOf(token));
  const made = await services.database.write(
    SYSTEM,
    async (writer) => {
      const found = await findInvitation(writer, token);
      if (found?.state !== 'confirmed') return null;
      const { givenNames, familyName, email } = found;
      await writer.audit(accountBegun, { kind: 'candidate', id: found.candidateId }, { email });
      return newAccountLink(writer, { givenNames, familyName, email });
    },
    { requestId },
  );
  if (made === null) return redirect(addressOf(token));
  return redirect(`/new-account?token=${made}&next=${encodeURIComponent(addressOf(token))}`);
});

/** POST /link-record/link?token=...: links the record to the account that is logged in. */
export const linkRecord = handler({ query }, async (context): Promise<Answer> => {
  const { token } = context.query;
  const person = context.person();
  const outcome = await context.services.database
    .write(
      { kind: 'system', personId: person.personId },
      async (writer) => {
        const found = await findInvitation(writer, token);
        if (found?.state !== 'confirmed') return found;
        await linkAccount(writer, { candidateId: found.candidateId, personId: person.personId, how: 'invitation' });
        await writer.db
          .updateTable('web_portal.account_invitations')
          .set({ used_at: writer.now })
          .where('id', '=', found.id)
          .execute();
        return { ...found, state: 'linked' as const, now: true };
      },
      { requestId: context.requestId },
    )
    .catch((error) => {
      if (error instanceof Refused) return error;
      throw error;
    });
  if (outcome instanceof Refused) {
    const invitation = await invitationOf(context);
    if (!invitation) return dead(context, null);
    return page(linkPage(await context.frame(), { invitation, token, person, errors: outcome.errors }), 422);
  }
  if (outcome && 'now' in outcome) return redirect('/home');
  if (outcome?.state === 'open') return redirect(addressOf(token));
  return dead(context, outcome);
});

async function dead(context: Asked, invitation: FoundInvitation | null): Promise<Answer> {
  const loggedIn = context.principal.kind === 'person';
  return page(
    deadInvitationPage(await context.frame(), invitation, loggedIn),
    invitation?.state === 'linked' ? 200 : 410,
  );
}
