import { sql } from 'kysely';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { card, form, linkButton, pageHead, submitButton, summaryList, taskPage } from '#ui';
import { emailChangeConfirmed, emailChanged } from '../own-details-audit.ts';
import { hashToken } from '../tokens/token.ts';
import { changedMail } from './mails.ts';
import { isTaken } from './pending.ts';

const query = z.object({ token: z.string().max(200).catch('').default('') });

type Side = 'old' | 'new';
type Outcome = 'done' | 'half' | 'used' | 'dead' | 'taken';

interface FoundChange {
  readonly id: string;
  readonly personId: string;
  readonly side: Side;
  readonly oldEmail: string | null;
  readonly newEmail: string;
  readonly state: 'open' | 'used' | 'dead';
}

/** GET /confirm-e-mail?token=...: shows what would change; opening the link alone does nothing, since mail filters open links. */
export const showConfirmEmail = handler({ query }, async (context): Promise<Answer> => {
  const { token } = context.query;
  const change = await findChange(context.services, token);
  if (change?.state !== 'open') return outcome(context, change?.state === 'used' ? 'used' : 'dead');
  return page(confirmPage(await context.frame(), change, token));
});

/** POST /confirm-e-mail?token=...: the link is used; with the second of the two the address changes. */
export const confirmEmail = handler({ query }, async (context): Promise<Answer> => {
  const change = await findChange(context.services, context.query.token);
  if (change?.state !== 'open') return outcome(context, change?.state === 'used' ? 'used' : 'dead');
  const what = await confirmSide(context, change);
  const own = context.principal.kind === 'person' && context.principal.personId === change.personId;
  return own && what === 'done' ? redirect('/my-details?done=email') : outcome(context, what);
});

async function findChange(services: Services, token: string): Promise<FoundChange | null> {
  const hash = hashToken(token);
  return services.database.read(SYSTEM, async ({ db, now }) => {
    const row = await db
      .selectFrom('accounts.email_changes')
      .selectAll()
      .where((eb) => eb.or([eb('old_token_hash', '=', hash), eb('new_token_hash', '=', hash)]))
      .executeTakeFirst();
    if (!row) return null;
    const side: Side = row.new_token_hash.equals(hash) ? 'new' : 'old';
    const used = side === 'new' ? row.new_confirmed_at : row.old_confirmed_at;
    const over = row.cancelled_at !== null || row.expires_at <= now;
    const state = used ? 'used' : over ? 'dead' : 'open';
    return { id: row.id, personId: row.person_id, side, oldEmail: row.old_email, newEmail: row.new_email, state };
  });
}

async function confirmSide(context: Context, { id, personId, side }: FoundChange): Promise<Outcome> {
  return context.services.database.write(
    { kind: 'system', personId },
    async (writer): Promise<Outcome> => {
      const { db, now } = writer;
      const person = await db
        .selectFrom('accounts.people')
        .select(['email', 'email_confirmed_at', 'given_names', 'family_name'])
        .where('id', '=', personId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const change = await db
        .selectFrom('accounts.email_changes')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      if (change.cancelled_at || change.expires_at <= now) return 'dead';
      if (side === 'new' ? change.new_confirmed_at : change.old_confirmed_at) return 'used';
      // The address changed in another way meanwhile: what was asked for no longer fits.
      if ((person.email_confirmed_at ? person.email : null) !== change.old_email) return 'dead';
      const complete = side === 'new' ? !change.old_email || change.old_confirmed_at : change.new_confirmed_at;
      // Whoever holds the link of the new address may know whose it is; with the old one's link the new one was had before.
      if (side === 'new' || complete) {
        // The same lock as ensure_person: nobody else gets the address while it is given.
        await writer.rows(
          sql`select pg_advisory_xact_lock(hashtextextended('accounts.people ' || lower(${change.new_email}), 0))`,
        );
        if (await isTaken(writer, change.new_email, personId)) return 'taken';
      }
      await db
        .updateTable('accounts.email_changes')
        .set({ [`${side}_confirmed_at`]: now, ...(complete ? { done_at: now } : {}) })
        .where('id', '=', id)
        .execute();
      const subject = { kind: 'person', id: personId };
      await writer.audit(emailChangeConfirmed, subject, { by: `${side} address` });
      if (!complete) return 'half';
      await db
        .updateTable('accounts.people')
        .set({ email: change.new_email, email_confirmed_at: now })
        .where('id', '=', personId)
        .execute();
      await writer.audit(emailChanged, subject, { before: change.old_email, after: change.new_email });
      const words = changedMail(`${person.given_names} ${person.family_name}`, change.new_email);
      for (const to of [change.old_email, change.new_email])
        if (to) await writer.mail({ kind: 'accounts.email-changed', to, personId, ...words });
      return 'done';
    },
    { requestId: context.requestId },
  );
}

function confirmPage(frame: Frame, { side, oldEmail, newEmail }: FoundChange, token: string): Safe {
  return taskPage(
    { ...frame, title: 'Confirm the change of e-mail address', width: 'form', noIndex: true },
    html`${pageHead({ title: 'Confirm the change of e-mail address' })}
${form(
  { action: `/confirm-e-mail?token=${encodeURIComponent(token)}`, class: 'ao-card' },
  html`${summaryList([oldEmail !== null && ['Old address', oldEmail], ['New address', newEmail]])}
<p>You opened the link that was sent to the ${side} address.</p>${submitButton(`Confirm by the ${side} address`)}`,
)}
<p class="muted">If you did not ask for this, close the page: nothing has changed.</p>`,
  );
}

const OUTCOMES = {
  done: {
    title: 'Your e-mail address has changed',
    text: 'Both addresses confirmed it. The new one is in use from now on.',
    status: 200,
  },
  half: {
    title: 'One of two is confirmed',
    text: 'Now use the link in the mail to the other address. Until then nothing changes.',
    status: 200,
  },
  used: {
    title: 'This link has been used',
    text: 'It works once. Look at My details to see whether the other address still has to confirm.',
    status: 410,
  },
  taken: {
    title: 'This address belongs to another account',
    text: 'An address can belong to one account only, so yours stays as it was. Log in with the account of this address, or choose another one under My details.',
    status: 409,
  },
  dead: {
    title: 'This link does not work',
    text: 'It may have expired after 72 hours, been cancelled, or be cut short. Copy the whole link from the mail, or ask for the change again under My details.',
    status: 410,
  },
} as const;

async function outcome(context: Context, which: Outcome): Promise<Answer> {
  const { title, text, status } = OUTCOMES[which];
  return page(
    taskPage(
      { ...(await context.frame()), title, width: 'form', noIndex: true },
      card(
        { label: title },
        html`<h1>${title}</h1><p class="mt-s">${text}</p><p>${linkButton('Go to My details', '/my-details')}</p>`,
      ),
    ),
    status,
  );
}
