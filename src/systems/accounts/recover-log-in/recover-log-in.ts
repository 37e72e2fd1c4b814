import { z } from 'zod';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { requestMail } from '../mail-requests/mail-requests.ts';
import { recoverPage } from './page.ts';

const NAME = 'Enter your username, or the e-mail address of your account';
const EMAIL = 'Enter the e-mail address of your account, such as name@example.com';

const usernameForm = z.object({
  email: z
    .string(EMAIL)
    .trim()
    .min(1, EMAIL)
    .max(320, 'Shorten the e-mail address to 320 characters')
    .regex(/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u, EMAIL),
});
const passwordForm = z.object({
  account: z
    .string(NAME)
    .trim()
    .min(1, NAME)
    .max(320, 'Shorten what you typed to 320 characters')
    .regex(/^[^\p{C}]*$/u, NAME),
});

/** GET /forgotten: "I've forgotten my username or password". */
export async function showRecover(context: Context): Promise<Answer> {
  return page(recoverPage(await context.frame(), { email: '', account: '', errors: [] }));
}

/** POST /forgotten: mails the usernames of an address, or a link to a new password; answers the same whoever exists. */
export async function recover(context: Context): Promise<Answer> {
  const { fields } = context;
  const typed = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(recoverPage(await context.frame(), { email: typed('email'), account: typed('account'), errors }), status);
  if (fields.forgotten === 'username') {
    const parsed = parseForm(usernameForm, fields);
    if (!parsed.ok) return refuse(parsed.errors);
    const { email } = parsed.value;
    return requestMail(context, { kind: 'username', typed: email }, (message) =>
      refuse([{ field: 'email', message }], 429),
    );
  }
  const parsed = parseForm(passwordForm, fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { account } = parsed.value;
  return requestMail(context, { kind: 'password', typed: account }, (message) =>
    refuse([{ field: 'account', message }], 429),
  );
}
