import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { onBehalfOf, SYSTEM } from '#platform/permissions/principal.ts';
import {
  crumbs,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  pageHead,
  passwordField,
  staffPage,
  submitButton,
} from '#ui';
import { passwordChanged, passwordChangeRefused } from '../audit.ts';
import { passwordProblem } from '../passwords/password-rule.ts';
import { hashPassword, passwordFits } from '../passwords/passwords.ts';
import { endSessionsOf, renewSession } from '../sessions/open-session.ts';
import { claimGuess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';

const changeForm = z.object({
  oldPassword: z
    .string('Enter the password that you have now')
    .min(1, 'Enter the password that you have now')
    .max(1000, 'Enter the password that you have now'),
  newPassword: z
    .string('Choose a new password')
    .min(1, 'Choose a new password')
    .max(1000, 'Your password must have at most 200 characters'),
});

/** GET /my-details/change-password */
export async function showChangePassword(context: Context): Promise<Answer> {
  return page(changePage(await context.frame(), context.person().username, []));
}

/** POST /my-details/change-password: asks for the old one, ends all other sessions, gives this one a new id. */
export async function changePassword(context: Context): Promise<Answer> {
  const { services } = context;
  const person = context.person();
  const { personId, username } = person;
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(changePage(await context.frame(), username, errors), status);
  const parsed = parseForm(changeForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { oldPassword, newPassword } = parsed.value;

  const guess = { kind: 'password', account: personId, address: context.address };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0) {
    const message = `There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`;
    return refuse([{ field: 'oldPassword', message }], 429);
  }
  const own = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('accounts.credentials').select('password_hash').where('person_id', '=', personId).executeTakeFirst(),
  );
  if (!(await passwordFits(oldPassword, own?.password_hash ?? null))) {
    await guessWasWrong(services, guess);
    await services.database.write(onBehalfOf(context.person()), (writer) =>
      writer.audit(passwordChangeRefused, { kind: 'person', id: personId }, { address: context.address }),
    );
    return refuse([
      { field: 'oldPassword', message: 'That is not the password that you have now. Check it and try again' },
    ]);
  }
  await guessWasRight(services, guess);
  const known = [person.givenNames, person.familyName, username, person.email ?? ''];
  const problem =
    oldPassword === newPassword
      ? 'The new password must differ from the one that you have now'
      : passwordProblem(newPassword, known);
  if (problem) return refuse([{ field: 'newPassword', message: problem }]);

  const passwordHash = await hashPassword(newPassword);
  await services.database.write(onBehalfOf(context.person()), async (writer) => {
    await writer.db
      .updateTable('accounts.credentials')
      .set({ password_hash: passwordHash, changed_at: writer.now })
      .where('person_id', '=', personId)
      .execute();
    await endSessionsOf(writer, personId, 'password changed', person.sessionHash);
    await writer.audit(passwordChanged, { kind: 'person', id: personId }, {});
  });
  await renewSession(context, person, { reason: 'password changed' });
  return redirect('/my-details?done=password');
}

function changePage(frame: Frame, username: string, errors: readonly FieldError[]): Safe {
  return staffPage(
    { ...frame, title: 'Change your password', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Change your password' }])}
${errorSummary(errors)}
${pageHead({ title: 'Change your password', lead: 'You stay logged in here. Everywhere else you will have to log in again' })}
${form(
  { action: '/my-details/change-password', class: 'ao-card wrap-s m0' },
  html`${hiddenField('username', username)}
${passwordField({ name: 'oldPassword', label: 'Password that you have now', errors, autocomplete: 'current-password' })}
${passwordField({ name: 'newPassword', label: 'New password', hint: 'At least 12 characters, 15 or more is better. Three or four unrelated words are easy to remember', errors, autocomplete: 'new-password' })}
<div class="row">${submitButton('Change my password')}${linkButton('Cancel', '/my-details', { look: 'quiet' })}</div>`,
)}`,
  );
}
