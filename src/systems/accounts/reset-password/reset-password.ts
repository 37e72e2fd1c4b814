import { z } from 'zod';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { passwordReset } from '../audit.ts';
import { passwordChangedMail } from '../mail-requests/mails.ts';
import { passwordProblem } from '../passwords/password-rule.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { closeSession, endSessionsOf } from '../sessions/open-session.ts';
import { rememberDevice } from '../throttle/known-device.ts';
import { linkWasWrong, triedTooManyLinks } from '../throttle/requests.ts';
import { deadResetPage, resetPage } from './page.ts';
import { type FoundReset, findReset } from './reset-links.ts';

const withToken = z.object({ token: z.string().max(200).catch('').default('') });

const resetForm = z.object({
  newPassword: z
    .string('Choose a new password')
    .min(1, 'Choose a new password')
    .max(1000, 'Your password must have at most 200 characters'),
});

/** GET /reset-password?token=...: shows the form; opening the link uses nothing up, mail programs look at links too. */
export const showReset = handler({ query: withToken }, async (context): Promise<Answer> => {
  const reset = await openReset(context, context.query.token);
  if (reset?.state !== 'open') return dead(context, reset);
  return page(resetPage(await context.frame(), { token: context.query.token, username: reset.username, errors: [] }));
});

/**
 * POST /reset-password?token=...: the new password, once. All sessions of the person end, whoever is logged in on this
 * browser is logged out, and the person logs in as always: with the new password, and the second factor where there is
 * one.
 */
export const resetPassword = handler({ query: withToken }, async (context): Promise<Answer> => {
  const { services, fields } = context;
  const { token } = context.query;
  const reset = await openReset(context, token);
  if (reset?.state !== 'open') return dead(context, reset);
  const refuse = async (errors: readonly FieldError[]) =>
    page(resetPage(await context.frame(), { token, username: reset.username, errors }), 422);
  const parsed = parseForm(resetForm, fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { newPassword } = parsed.value;
  const problem = passwordProblem(newPassword, [reset.givenNames, reset.familyName, reset.username, reset.email]);
  if (problem) return refuse([{ field: 'newPassword', message: problem }]);

  if (!(await changePassword(context, token, await hashPassword(newPassword)))) {
    return dead(context, await openReset(context, token));
  }
  if (context.principal.kind === 'person') await closeSession(context, context.principal);
  // Whoever has the mailbox is the owner: others' guesses at the account do not keep this device out.
  rememberDevice(services, context.reply, reset.username);
  return redirect('/login?done=password');
});

/** The link as it is now; null for one that does not exist, and for everyone who tried too many of those. */
async function openReset({ services, address }: Context, token: string): Promise<FoundReset | null> {
  if (await triedTooManyLinks(services, address)) return null;
  const reset = await services.database.read(SYSTEM, (reader) => findReset(reader, token));
  if (!reset) await linkWasWrong(services, address);
  return reset;
}

async function dead(context: Context, reset: FoundReset | null): Promise<Answer> {
  return page(deadResetPage(await context.frame(), reset), 410);
}

/** Whether the link was still open when its turn came. */
async function changePassword({ services, requestId }: Context, token: string, passwordHash: string): Promise<boolean> {
  return services.database.write(
    SYSTEM,
    async (writer) => {
      const { db, now } = writer;
      const reset = await findReset(writer, token, { lock: true });
      if (reset?.state !== 'open') return false;
      const { personId, email } = reset;
      await db.updateTable('accounts.password_resets').set({ used_at: now }).where('id', '=', reset.id).execute();
      await db
        .updateTable('accounts.credentials')
        .set({ password_hash: passwordHash, changed_at: now })
        .where('person_id', '=', personId)
        .execute();
      await endSessionsOf(writer, personId, 'password reset');
      await writer.audit(passwordReset, { kind: 'person', id: personId }, {});
      const name = `${reset.givenNames} ${reset.familyName}`;
      await writer.mail({
        kind: 'accounts.password-changed',
        to: email,
        personId,
        ...passwordChangedMail(brand, name, services.settings.publicUrl),
      });
      return true;
    },
    { requestId },
  );
}
