import { html } from '#platform/html/html.ts';
import { NotFound } from '#platform/http/answers.ts';
import { passwordResetStarted } from '../administration/audit.ts';
import { personParams, reasonAct, withReason } from '../administration/reason-act.ts';
import { RESET_MINUTES } from '../mail-requests/kinds.ts';
import { mailResetLink } from '../reset-password/reset-links.ts';

/** /people/:personId/start-password-reset: mails the person the link that chooses a new password. Nobody else sees it. */
export const startPasswordReset = reasonAct({
  params: personParams,
  address: () => 'start-password-reset',
  schema: withReason,
  find: async ({ db }, { id }) => {
    const account = await db
      .selectFrom('accounts.credentials')
      .select(['username', 'password_hash'])
      .where('person_id', '=', id)
      .executeTakeFirst();
    return account ?? null;
  },
  problem: ({ name, email, emailConfirmedAt, status }, account) => {
    if (!account) return `${name} has no account yet: the invitation sets it up`;
    if (status === 'suspended') return 'The account is suspended. Lift the suspension first';
    return email && emailConfirmedAt ? null : `${name} has no confirmed e-mail address to which a link could go`;
  },
  title: ({ name }) => `Start a password reset for ${name}`,
  button: 'Send the link',
  look: 'main',
  preview: ({ name, email }) =>
    html`<ul><li>A link goes to <span class="strong">${email}</span>. It works once, for ${RESET_MINUTES} minutes.</li>
<li>${name} chooses the new password. You do not see the link or the password.</li>
<li>Until then the present password works, and sessions go on. To stop those as well, end all log-in sessions.</li></ul>`,
  act: async (writer, record, account, { reason }, services) => {
    if (!account || !record.email) throw new NotFound();
    await writer.audit(passwordResetStarted, { kind: 'person', id: record.id }, { reason });
    await mailResetLink(writer, services, {
      personId: record.id,
      username: account.username,
      passwordHash: account.password_hash,
      status: 'active',
      name: record.name,
      email: record.email,
    });
  },
  done: 'reset',
});
