import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { errorSummary, form, note, pageHead, submitButton, taskPage, textField } from '#ui';
import { NEW_ACCOUNT_HOURS } from '../mail-requests/kinds.ts';
import { requestMail } from '../mail-requests/mail-requests.ts';
import { mailableEmail } from '../mail-requests/typed-email.ts';
import { nameFields, namesForm } from '../new-account/names.ts';

const accountForm = namesForm.extend({ email: mailableEmail });

/** GET /create-account */
export async function showCreateAccount(context: Context): Promise<Answer> {
  return page(createPage(await context.frame(), {}, []));
}

/** POST /create-account: mails a link to the address; there is no account before the link was used. Answers the same whoever exists. */
export async function createAccount(context: Context): Promise<Answer> {
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(createPage(await context.frame(), context.fields, errors), status);
  const parsed = parseForm(accountForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { email, ...names } = parsed.value;
  return requestMail(context, { kind: 'account', typed: email, names }, (message) =>
    refuse([{ field: 'email', message }], 429),
  );
}

function createPage(frame: Frame, values: FormValues, errors: readonly FieldError[]): Safe {
  const { brand } = frame.shell;
  const title = `Create a FREE ${brand.name} account`;
  const email = typeof values.email === 'string' ? values.email : '';
  return taskPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, width: 'form' },
    html`${errorSummary(errors, 'Nothing was sent yet')}
${pageHead({ title, lead: `We mail you a link. Behind it you choose your username and password; it works once, for ${NEW_ACCOUNT_HOURS} hours` })}
${form(
  { action: '/create-account', class: 'ao-card' },
  html`${nameFields(values, errors)}
${textField({ name: 'email', label: 'E-mail address', hint: 'You can log in with it, and get back in when you have forgotten your password', value: email, errors, type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
<p class="muted">We use your names and address for this account, and for nothing else; there is no advertising. <a href="/privacy">What we keep, and your rights</a>.</p>
${submitButton('Mail me the link')}`,
)}
${note(
  html`<span class="strong">Work at a centre?</span> You do not need this: your centre coordinator makes you a user, and you get an invitation by mail. <span class="strong">A candidate?</span> Your centre registers you and invites you by mail; with an account you can also link your record yourself.`,
  { icon: 'info', class: 'mt' },
)}
<p class="mt">Have an account already? <a href="/login">Login</a></p>`,
  );
}
