import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { type FieldError, Refused } from '#platform/http/answers.ts';
import { passwordProblem } from '../passwords/password-rule.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { tidyUsername, usernameProblem } from '../usernames/username.ts';

/** The two fields by which a person will log in. */
export const credentialsForm = z.object({
  username: z
    .string('Choose a username')
    .trim()
    .min(1, 'Choose a username')
    .max(200, 'Your username must have at most 40 characters'),
  password: z
    .string('Choose a password')
    .min(1, 'Choose a password')
    .max(1000, 'Your password must have at most 200 characters'),
});

export type NewCredentials = z.infer<typeof credentialsForm>;

/** What is wrong with a new username and password; empty when both can be had. `known` are the person's names and address. */
export function credentialsProblems(given: NewCredentials, known: readonly string[]): readonly FieldError[] {
  const username = tidyUsername(given.username);
  // Only one's own address: a name of that form must not be taken for another person, who logs in with it.
  const foreign = username.includes('@') && !known.some((word) => tidyUsername(word) === username);
  const problems = [
    {
      field: 'username',
      message: foreign ? 'Your username may have an @ only if it is your own e-mail address. Leave the @ out' : null,
    },
    { field: 'username', message: usernameProblem(username) },
    { field: 'password', message: passwordProblem(given.password, [...known, username]) },
  ];
  return problems
    .flatMap(({ field, message }) => (message ? [{ field, message }] : []))
    .filter(({ field }, index, all) => all.findIndex((one) => one.field === field) === index);
}

/** The hash of the password, made before the transaction that needs it: it takes long. */
export function hashOf(given: NewCredentials): Promise<string> {
  return hashPassword(given.password);
}

/** Writes them, with the system's rights. Refused when somebody has the username. Returns the username as stored. */
export async function addCredentials(
  writer: Writer,
  personId: string,
  given: NewCredentials,
  passwordHash: string,
): Promise<string> {
  const username = tidyUsername(given.username);
  const made = await writer.db
    .insertInto('accounts.credentials')
    .values({ person_id: personId, username, password_hash: passwordHash, changed_at: writer.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!made.numInsertedOrUpdatedRows) {
    throw new Refused([{ field: 'username', message: 'Somebody has this username already. Choose another one' }]);
  }
  return username;
}
