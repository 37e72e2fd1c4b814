import type { FieldError } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { onBehalfOf, SYSTEM } from '#platform/permissions/principal.ts';
import { type FieldOptions, passwordField } from '#ui';
import { ownPasswordRefused } from '../own-details-audit.ts';
import { passwordFits } from '../passwords/passwords.ts';
import { refreshConfirmation } from '../sessions/confirmation.ts';
import { claimGuess, guessWasRight, guessWasWrong, waitInWords } from '../throttle/throttle.ts';

/** Why the password was not taken, and the status to answer with. */
export interface PasswordRefusal {
  readonly errors: readonly FieldError[];
  readonly status: number;
}

/**
 * Asks for the password once more before an act of weight, whenever it was given last. Null when it is right; wrong
 * tries count together with those of the change of password, and are recorded.
 */
export async function passwordAgain(context: Context, step: string): Promise<PasswordRefusal | null> {
  const { services, fields, address } = context;
  const person = context.person();
  const refusal = (message: string, status = 422) => ({ errors: [{ field: 'password', message }], status });
  const typed = typeof fields.password === 'string' ? fields.password : '';
  if (typed === '' || typed.length > 1000) return refusal('Enter your password');
  const guess = { kind: 'password', account: person.personId, address };
  const claim = await claimGuess(services, guess);
  if (claim.waitSeconds > 0)
    return refusal(`There were too many tries. Wait ${waitInWords(claim.waitSeconds)}, then try again`, 429);
  const own = await services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.credentials')
      .select('password_hash')
      .where('person_id', '=', person.personId)
      .executeTakeFirst(),
  );
  if (await passwordFits(typed, own?.password_hash ?? null)) {
    await guessWasRight(services, guess);
    await refreshConfirmation(services, person);
    return null;
  }
  await guessWasWrong(services, guess);
  await services.database.write(onBehalfOf(person), (writer) =>
    writer.audit(ownPasswordRefused, { kind: 'person', id: person.personId }, { address, step }),
  );
  return refusal('That is not your password. Check it and try again');
}

export const passwordAgainField = (errors: FieldOptions['errors']) =>
  passwordField({
    name: 'password',
    label: 'Your password',
    hint: 'Once more, so that nobody else changes this on a device you left',
    autocomplete: 'current-password',
    ...(errors ? { errors } : {}),
  });
