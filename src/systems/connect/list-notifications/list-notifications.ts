import { sql } from 'kysely';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { allNotificationKinds, notificationKindOf, type Way } from '#platform/notifications/notification-kinds.ts';
import {
  chips,
  emptyState,
  formatDateTime,
  link,
  linkButton,
  listHref,
  note,
  pageHead,
  pager,
  plural,
  postButton,
  tag,
  toolbar,
} from '#ui';
import { NOTIFICATIONS_PATH, noticesPage, WAYS_PATH } from '../notices/notices-page.ts';
import { countAnew } from '../unread/unread.ts';

const PAGE_SIZE = 30;

const query = z.object({
  show: z.literal('unread').optional().catch(undefined),
  kind: z.string().max(80).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.literal('read').optional().catch(undefined),
});

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
  readonly way: Way;
  readonly at: Date;
  readonly read: boolean;
  readonly organisation: string | null;
}

interface KindCount {
  readonly kind: string;
  readonly count: number;
  readonly unread: number;
}

/** GET /notifications: what happened and concerns this person, the newest first. */
export const listNotifications = handler({ query }, async (context): Promise<Answer> => {
  const { personId } = context.person();
  const { show, page: number, done } = context.query;
  const kind = notificationKindOf(context.query.kind ?? '')?.name;
  const { rows, kinds } = await context.read(async (reader) => ({
    kinds: await reader.rows(sql<KindCount>`
      select kind, count(*)::int as count, (count(*) filter (where read_at is null))::int as unread
      from platform.notifications where person_id = ${personId} group by kind`),
    rows: await reader.rows(sql<Row>`
      select t.id, t.kind, t.subject, t.body, t.way, t.at, t.read_at is not null as read, o.name as organisation
      from platform.notifications t left join accounts.published_organisations o on o.id = t.organisation_id
      where t.person_id = ${personId} and (${kind ?? null}::text is null or t.kind = ${kind ?? null})
        and (${show === 'unread'} = false or t.read_at is null)
      order by t.at desc, t.id desc limit ${PAGE_SIZE} offset ${(number - 1) * PAGE_SIZE}`),
  }));
  const all = sumOf(kinds, 'count');
  const unread = sumOf(kinds, 'unread');
  const chosen = kinds.filter((one) => !kind || one.kind === kind);
  const total = sumOf(chosen, show === 'unread' ? 'unread' : 'count');
  const words = { kind, show };
  return page(
    await noticesPage(
      context,
      { title: 'Notifications' },
      html`${done && note('', { tone: 'ok', title: 'All are marked as read.', announce: true, class: 'mb' })}
${pageHead({
  title: 'Notifications',
  lead: `${plural(all, 'notification')}, ${unread} unread`,
  actions: unread > 0 && postButton('Mark all as read', { action: NOTIFICATIONS_PATH, look: 'quiet', icon: 'check' }),
})}
<section class="ao-card flush" aria-label="Notifications">${
        kinds.length > 1 &&
        toolbar({
          action: NOTIFICATIONS_PATH,
          label: 'Find notifications',
          query: words,
          keep: ['show'],
          filters: [{ kind: 'select', name: 'kind', label: 'What happened', choices: kindChoices(kinds) }],
        })
      }${
        all > 0 &&
        html`<div class="ao-toolbar chips">${chips([
          { label: 'All', count: sumOf(chosen, 'count'), href: listHref(NOTIFICATIONS_PATH, { kind }), current: !show },
          {
            label: 'Unread',
            count: sumOf(chosen, 'unread'),
            href: listHref(NOTIFICATIONS_PATH, { kind, show: 'unread' }),
            current: show === 'unread',
          },
        ])}</div>`
      }${
        rows.length > 0
          ? html`${notificationRows(rows, context.now)}${pager({
              page: number,
              pageSize: PAGE_SIZE,
              total,
              href: (to) => listHref(NOTIFICATIONS_PATH, words, { page: to > 1 ? String(to) : undefined }),
            })}`
          : html`<div class="pad">${nothing(all, show, total > 0)}</div>`
      }</section>`,
    ),
  );
});

const sumOf = (kinds: readonly KindCount[], of: 'count' | 'unread') => kinds.reduce((sum, one) => sum + one[of], 0);

/** Kinds in the order of declaration, those alone of which there is one. */
function kindChoices(kinds: readonly KindCount[]) {
  const there = new Set(kinds.map(({ kind }) => kind));
  return [
    { value: '', label: 'Everything' },
    ...allNotificationKinds()
      .filter(({ name }) => there.has(name))
      .map(({ name, description }) => ({ value: name, label: description })),
  ];
}

function nothing(all: number, show: string | undefined, beyond: boolean): Safe {
  if (all === 0)
    return emptyState({
      icon: 'bell',
      title: 'No notifications yet',
      text: 'Results, certificates, approvals and what else concerns you is told here. You choose what also comes by mail.',
      actions: linkButton('How they reach you', WAYS_PATH, { look: 'quiet' }),
    });
  return emptyState({
    icon: 'check',
    title: beyond
      ? 'The list ends before this page'
      : show === 'unread'
        ? 'You have read them all'
        : 'None of this kind',
    text: 'Look at all notifications to see the earlier ones.',
    actions: linkButton('All notifications', NOTIFICATIONS_PATH, { look: 'quiet' }),
  });
}

function notificationRows(rows: readonly Row[], now: Date): Safe {
  return html`<ul class="ao-notices">${rows.map(
    (row) =>
      html`<li><div><p class="t">${!row.read && html`<span class="new"><span class="govuk-visually-hidden">Unread: </span></span>`}${link(
        row.subject,
        `${NOTIFICATIONS_PATH}/${row.id}`,
      )}</p><p>${row.body}</p></div><div class="facts">${row.way === 'mail' && tag('By mail')}<span>${formatDateTime(row.at, 'list', now)}</span>${
        row.organisation && html`<span>${row.organisation}</span>`
      }</div></li>`,
  )}</ul>`;
}

/** POST /notifications: marks all of the person as read. */
export async function markAllRead(context: Context): Promise<Answer> {
  const { personId } = context.person();
  await context.write(({ db, now }) =>
    db
      .updateTable('platform.notifications')
      .set({ read_at: now })
      .where('person_id', '=', personId)
      .where('read_at', 'is', null)
      .execute(),
  );
  countAnew(context.services, personId);
  return redirect(`${NOTIFICATIONS_PATH}?done=read`);
}
