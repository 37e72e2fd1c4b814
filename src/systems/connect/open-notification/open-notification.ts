import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page, redirect } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { notificationKindOf } from '#platform/notifications/notification-kinds.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { card, crumbs, linkButton, organisationLine, pageHead, postButton } from '#ui';
import { NOTIFICATIONS_PATH, noticesPage } from '../notices/notices-page.ts';
import { countAnew } from '../unread/unread.ts';

const params = z.object({ id: z.uuid() });

export type Opening = 'go' | 'switch' | 'gone';

/**
 * Whether the page of a notification opens as the person acts now: `switch` when it belongs to another of the person's
 * organisations, `gone` when it belongs to one that the person has left.
 */
export function openingOf(
  { organisationId, own }: { readonly organisationId: string | null; readonly own: boolean },
  person: Pick<PersonPrincipal, 'acting' | 'organisations'>,
): Opening {
  if (own || !organisationId || person.acting?.organisationId === organisationId) return 'go';
  return person.organisations.some((one) => one.organisationId === organisationId) ? 'switch' : 'gone';
}

/** GET /notifications/:id: the address of every mail. Marks it as read and leads to its page, or offers to switch first. */
export const openNotification = handler({ params }, async (context): Promise<Answer> => {
  const person = context.person();
  const { id } = context.params;
  const found = await context.write(async ({ db, now }) => {
    const row = await db
      .selectFrom('platform.notifications')
      .select(['kind', 'organisation_id', 'subject', 'body', 'href', 'read_at'])
      .where('id', '=', id)
      .where('person_id', '=', person.personId)
      .executeTakeFirst();
    if (row && !row.read_at)
      await db.updateTable('platform.notifications').set({ read_at: now }).where('id', '=', id).execute();
    return row;
  });
  if (!found) throw new NotFound();
  countAnew(context.services, person.personId);
  const own = notificationKindOf(found.kind)?.own ?? false;
  const opening = openingOf({ organisationId: found.organisation_id, own }, person);
  if (opening === 'go') return redirect(found.href);
  return page(
    await noticesPage(
      context,
      { title: found.subject },
      html`<div class="wrap-s">${crumbs([{ label: 'Notifications', href: NOTIFICATIONS_PATH }, { label: found.subject }])}
${pageHead({ title: found.subject })}
${card({ label: 'The notification' }, html`<p>${found.body}</p>${opening === 'switch' ? switchTo(person, found) : gone()}`)}</div>`,
    ),
  );
});

function switchTo(person: PersonPrincipal, found: { organisation_id: string | null; href: string }): Safe {
  const organisation = person.organisations.find((one) => one.organisationId === found.organisation_id);
  if (!organisation) return gone();
  const label = organisation.kind === 'centre' ? 'centre' : 'awarding body';
  return html`<p>It belongs to ${organisationLine({ ...organisation, label })}. You act for ${person.acting?.name ?? 'yourself'} now.</p>${postButton(
    `Act for ${organisation.name} and open it`,
    { action: '/act-for', fields: { organisationId: organisation.organisationId, next: found.href } },
  )}`;
}

const gone = () =>
  html`<p>You do not belong to that organisation any more, so its page cannot be opened.</p>${linkButton('All notifications', NOTIFICATIONS_PATH, { look: 'quiet' })}`;
