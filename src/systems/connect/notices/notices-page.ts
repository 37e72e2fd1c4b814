import type { HtmlValue, Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { type StaffPageOptions, staffPage } from '#ui';

export const NOTICES_PATH = '/notices';
export const WRITTEN_PATH = '/notices/written';
export const NOTIFICATIONS_PATH = '/notifications';
export const WAYS_PATH = '/notifications/preferences';

/** A page of notices and notifications, with their tabs. */
export async function noticesPage(
  context: Context<unknown, unknown>,
  options: Pick<StaffPageOptions, 'title' | 'hasErrors' | 'form'>,
  body: HtmlValue,
): Promise<Safe> {
  const tabs = [
    { href: NOTICES_PATH, label: 'Notices' },
    { href: NOTIFICATIONS_PATH, label: 'Notifications' },
    { href: WAYS_PATH, label: 'How they reach you' },
    ...(may(context.principal, 'connect.write-notices') ? [{ href: WRITTEN_PATH, label: 'Write notices' }] : []),
  ];
  return staffPage({ ...(await context.frame()), ...options, system: { name: 'Notices', tabs } }, body);
}
