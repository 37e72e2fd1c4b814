import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { onBehalfOf, SYSTEM } from '#platform/permissions/principal.ts';
import { crumbs, errorSummary, form, linkButton, note, pageHead, staffPage, submitButton, textField } from '#ui';
import { emailChangeAsked, emailChangeCancelled } from '../own-details-audit.ts';
import { passwordAgain, passwordAgainField } from '../password-again/password-again.ts';
import { sameEmail, tidyEmail } from '../people/people.ts';
import { hashToken, newToken } from '../tokens/token.ts';
import { newAddressMail, oldAddressMail, takenMail } from './mails.ts';
import { CHANGE_HOURS, isTaken } from './pending.ts';

const ENTER = 'Enter the new e-mail address, such as name@centre.example';
const emailForm = z.object({
  email: z
    .string(ENTER)
    .transform(tidyEmail)
    .refine((typed) => /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@.<>"']+$/.test(typed), ENTER)
    .refine((typed) => typed.length <= 254, 'Enter a shorter e-mail address'),
});

/** So many changes may be asked for in a day: each one writes to an address that need not be the person's. */
const MOST_IN_A_DAY = 5;

/** GET /my-details/e-mail */
export async function showChangeEmail(context: Context): Promise<Answer> {
  return page(emailPage(await context.frame(), context.person().email, await context.keptFields(), []));
}

/**
 * POST /my-details/e-mail: mails a link to the old and to the new address. The answer, what is shown as pending and the
 * mail to the old address are the same when the new one belongs to another account: only that account's owner is told.
 */
export async function askForEmail(context: Context): Promise<Answer> {
  const { services } = context;
  const person = context.person();
  const { personId } = person;
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(emailPage(await context.frame(), person.email, context.fields, errors), status);
  const parsed = parseForm(emailForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { email } = parsed.value;
  const current = await services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.people')
      .select(['email', 'email_confirmed_at'])
      .where('id', '=', personId)
      .executeTakeFirstOrThrow(),
  );
  const confirmed = current.email_confirmed_at ? current.email : null;
  if (confirmed && sameEmail(confirmed, email))
    return refuse([{ field: 'email', message: 'This is your e-mail address already. Enter another one, or cancel' }]);
  const wrong = await passwordAgain(context, 'e-mail address');
  if (wrong) return refuse(wrong.errors, wrong.status);

  const asked = await services.database.write(
    onBehalfOf(person, { ownMatter: true }),
    async (writer) => {
      const { db, now } = writer;
      await db.selectFrom('accounts.people').select('id').where('id', '=', personId).forUpdate().execute();
      const day = await db
        .selectFrom('accounts.email_changes')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('person_id', '=', personId)
        .where('asked_at', '>', new Date(now.getTime() - 24 * 3_600_000))
        .executeTakeFirstOrThrow();
      if (Number(day.count) >= MOST_IN_A_DAY) return false;
      await cancelOpen(writer, personId);
      const [oldToken, freshToken] = [newToken(), newToken()];
      await db
        .insertInto('accounts.email_changes')
        .values({
          person_id: personId,
          old_email: confirmed,
          new_email: email,
          asked_at: now,
          expires_at: new Date(now.getTime() + CHANGE_HOURS * 3_600_000),
          old_token_hash: confirmed ? hashToken(oldToken) : null,
          new_token_hash: hashToken(freshToken),
        })
        .execute();
      const name = `${person.givenNames} ${person.familyName}`;
      const link = (token: string) => `${services.settings.publicUrl}/confirm-e-mail?token=${token}`;
      const kind = 'accounts.email-change';
      if (confirmed)
        await writer.mail({ kind, to: confirmed, personId, ...oldAddressMail(name, email, link(oldToken)) });
      const taken = await isTaken(writer, email, personId);
      const words = taken ? takenMail() : newAddressMail(name, link(freshToken), confirmed !== null);
      await writer.mail({ kind, to: email, ...(taken ? {} : { personId }), ...words });
      await writer.audit(emailChangeAsked, { kind: 'person', id: personId }, { address: context.address, email });
      return true;
    },
    { requestId: context.requestId },
  );
  if (asked) return redirect('/my-details?done=email-asked');
  return refuse([{ field: 'email', message: 'You have asked for five changes in a day. Try again tomorrow' }], 429);
}

/** POST /my-details/e-mail/cancel: both links stop working. */
export async function cancelEmailChange(context: Context): Promise<Answer> {
  const person = context.person();
  await context.services.database.write(
    onBehalfOf(person, { ownMatter: true }),
    async (writer) => {
      if (await cancelOpen(writer, person.personId))
        await writer.audit(emailChangeCancelled, { kind: 'person', id: person.personId }, {});
    },
    { requestId: context.requestId },
  );
  return redirect('/my-details?done=email-cancelled');
}

async function cancelOpen(
  { db, now }: Parameters<Parameters<Context['write']>[0]>[0],
  personId: string,
): Promise<boolean> {
  const cancelled = await db
    .updateTable('accounts.email_changes')
    .set({ cancelled_at: now })
    .where('person_id', '=', personId)
    .where('done_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst();
  return cancelled.numUpdatedRows > 0n;
}

function emailPage(frame: Frame, current: string | null, values: FormValues, errors: readonly FieldError[]): Safe {
  const { email } = values;
  return staffPage(
    { ...frame, title: 'Change your e-mail address', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Change your e-mail address' }])}
${errorSummary(errors)}
${pageHead({ title: 'Change your e-mail address', lead: current ? `It is ${current} now` : 'You have none yet' })}
${form(
  { action: '/my-details/e-mail', class: 'ao-card wrap-s m0' },
  html`${note('We send a link to the old and to the new address. Nothing changes until you have used both, within 72 hours, in either order.', { class: 'mb' })}
${textField({ name: 'email', label: 'New e-mail address', value: typeof email === 'string' ? email : '', errors, type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
${passwordAgainField(errors)}
<p class="muted">Can you no longer read the old address? Write to <a href="mailto:${frame.shell.brand.supportEmail}">${frame.shell.brand.supportEmail}</a>. The address that a centre has for you as a candidate is another record, and stays.</p>
<div class="row">${submitButton('Send both links')}${linkButton('Cancel', '/my-details', { look: 'quiet' })}</div>`,
)}`,
  );
}
