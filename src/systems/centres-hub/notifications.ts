import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { type NotificationKind, notificationKind } from '#platform/notifications/notification-kinds.ts';

const OFFICE = ['coordinator', 'administrator'] as const;
const because = 'you are a coordinator or administrator of the centre';

export const approvalWasGranted = notificationKind('centres-hub.approval-granted', 'An approval is granted', {
  to: OFFICE,
  way: 'page',
  because,
});
export const approvalWasEnded = notificationKind('centres-hub.approval-ended', 'An approval has ended', {
  to: OFFICE,
  way: 'both',
  because,
});
export const somethingWasStopped = notificationKind(
  'centres-hub.capability-switched-off',
  'The awarding body stops something at your centre',
  { to: OFFICE, way: 'both', because },
);

/** Tells the coordinators and administrators of a centre what the awarding body did about its approvals. */
export async function tellCentre(
  writer: Writer,
  kind: NotificationKind,
  centreId: string,
  { subject, body }: { readonly subject: string; readonly body: string },
): Promise<void> {
  const personIds = await holdersOf(writer, centreId, OFFICE);
  await writer.notify({
    kind,
    personIds,
    subject,
    body,
    href: '/centres-hub/approvals',
    organisationId: centreId,
  });
}
