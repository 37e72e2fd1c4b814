import { sql } from 'kysely';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { errorSummary, form, linkButton, pageHead, submitButton, taskPage, textField } from '#ui';
import { firstAdministratorMade } from '../audit.ts';
import { beginSession } from '../log-in/log-in.ts';
import { addMembership } from '../memberships/memberships.ts';
import { addCredentials, credentialsForm, credentialsProblems, hashOf } from '../new-account/credentials.ts';
import { credentialsFields } from '../new-account/fields.ts';
import { AWARDING_BODY_NUMBER, ensureOrganisation } from '../organisations/organisations.ts';
import { ensurePerson } from '../people/people.ts';
import { hashToken } from '../tokens/token.ts';
import { hasAdministrator } from './who-can-log-in.ts';

const withToken = z.object({ token: z.string().max(200).catch('').default('') });

const administratorForm = credentialsForm.extend({
  givenNames: z
    .string('Enter your given names')
    .trim()
    .min(1, 'Enter your given names')
    .max(100, 'Enter at most 100 characters'),
  familyName: z
    .string('Enter your family name')
    .trim()
    .min(1, 'Enter your family name')
    .max(100, 'Enter at most 100 characters'),
  email: z
    .email('Enter your e-mail address, with an @ in it, for example name@example.org')
    .max(320, 'Enter at most 320 characters'),
});

type Administrator = z.infer<typeof administratorForm>;

/** GET /first-administrator?token=...: the operator's link. */
export const showFirstAdministrator = handler({ query: withToken }, async (context): Promise<Answer> => {
  const frame = await context.frame();
  if (!(await linkWorks(context, context.query.token))) return page(deadPage(frame), 410);
  return page(formPage(frame, context.query.token, {}, []));
});

/** POST /first-administrator?token=...: makes the awarding body's first administrator and logs in. */
export const makeFirstAdministrator = handler({ query: withToken }, async (context): Promise<Answer> => {
  const { token } = context.query;
  if (!(await linkWorks(context, token))) return page(deadPage(await context.frame()), 410);
  const refuse = async (errors: readonly FieldError[]) =>
    page(formPage(await context.frame(), token, context.fields, errors), 422);
  const parsed = parseForm(administratorForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { givenNames, familyName, email } = parsed.value;
  const problems = credentialsProblems(parsed.value, [givenNames, familyName, email]);
  if (problems.length > 0) return refuse(problems);
  try {
    const made = await make(context, token, parsed.value);
    if (!made) return page(deadPage(await context.frame()), 410);
    await beginSession(context, made.personId, made.username);
    return redirect('/home');
  } catch (error) {
    if (error instanceof Refused) return refuse(error.errors);
    throw error;
  }
});

async function linkWorks({ services, now }: Context, token: string): Promise<boolean> {
  return services.database.read(SYSTEM, async ({ db }) => {
    const link = await db
      .selectFrom('accounts.first_administrator_links')
      .select('expires_at')
      .where('token_hash', '=', hashToken(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (!link) return false;
    const administrator = await db
      .selectFrom('accounts.memberships')
      .select('id')
      .where('role', '=', 'body_administrator')
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return administrator === undefined;
  });
}

/** The person and username made, or null when the link died in the meantime. */
async function make(
  { services, requestId }: Context,
  token: string,
  given: Administrator,
): Promise<{ personId: string; username: string } | null> {
  const passwordHash = await hashOf(given);
  return services.database.write(
    SYSTEM,
    async (writer) => {
      // Two links used at the same time make one administrator.
      await sql`select pg_advisory_xact_lock(hashtextextended('accounts.first_administrator', 0))`.execute(writer.db);
      if (await hasAdministrator(writer)) return null;
      const used = await writer.db
        .updateTable('accounts.first_administrator_links')
        .set({ used_at: writer.now })
        .where('token_hash', '=', hashToken(token))
        .where('used_at', 'is', null)
        .where('expires_at', '>', writer.now)
        .executeTakeFirst();
      if (!used.numUpdatedRows) return null;
      const organisationId = await ensureOrganisation(writer, {
        kind: 'awarding_body',
        number: AWARDING_BODY_NUMBER,
        name: brand.awardingBody,
      });
      const personId = await ensurePerson(writer, given);
      const username = await addCredentials(writer, personId, given, passwordHash);
      await addMembership(writer, { personId, organisationId, role: 'body_administrator' });
      await writer.audit(firstAdministratorMade, { kind: 'person', id: personId }, { username });
      return { personId, username };
    },
    { requestId },
  );
}

function formPage(frame: Frame, token: string, values: FormValues, errors: readonly FieldError[]): Safe {
  const value = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : '');
  const title = 'Make the first administrator';
  return taskPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0, width: 'form', noIndex: true },
    html`${errorSummary(errors)}
${pageHead({ title, lead: `The first administrator of the ${frame.shell.brand.awardingBody} looks after all its other users` })}
${form(
  { action: `/first-administrator?token=${encodeURIComponent(token)}`, class: 'ao-card mt' },
  html`${textField({ name: 'givenNames', label: 'Given names', value: value('givenNames'), errors, autocomplete: 'given-name' })}
${textField({ name: 'familyName', label: 'Family name', value: value('familyName'), errors, autocomplete: 'family-name' })}
${textField({ name: 'email', label: 'E-mail address', value: value('email'), errors, type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
${credentialsFields(value('username'), errors)}
${submitButton('Make me administrator')}`,
)}`,
  );
}

function deadPage(frame: Frame): Safe {
  const title = 'This link does not work';
  return taskPage(
    { ...frame, title, width: 'form', noIndex: true },
    html`<section class="ao-card"><h1>${title}</h1><p class="mt-s">There is an administrator already, or the link is older than a day. Administrators log in as everybody does. If there is none, start the server again: it prints a new link.</p><p>${linkButton('Login', '/login')}</p></section>`,
  );
}
