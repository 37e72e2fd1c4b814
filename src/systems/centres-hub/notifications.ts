import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { type NotificationKind, notificationKind } from '#platform/notifications/notification-kinds.ts';
import { CENTRE_ROLES } from '#platform/permissions/capabilities.ts';
import type { LockedRequest } from './requests/change-request.ts';
import { USER_ROLES } from './users/roles.ts';

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

export const applicationCame = notificationKind(
  'centres-hub.application-came',
  'An organisation that wants to become a centre has made its move',
  {
    to: ['officer', 'quality'],
    way: 'page',
    because: 'you decide about approvals',
  },
);
export const documentExpires = notificationKind(
  'centres-hub.document-expires',
  'Insurance or a policy of the centre expires soon',
  {
    to: OFFICE,
    way: 'both',
    because,
  },
);
export const withdrawalMoved = notificationKind(
  'centres-hub.withdrawal-moved',
  'A withdrawal is asked for or decided',
  {
    to: [...OFFICE, 'officer', 'quality'],
    way: 'both',
    because: 'you act for the centre or decide about approvals',
  },
);

const becauseOfRequest = 'you made the request, or you are a coordinator or administrator of the centre';

export const requestWasAsked = notificationKind('centres-hub.request-asked', 'The awarding body asks about a request', {
  to: CENTRE_ROLES,
  way: 'both',
  because: becauseOfRequest,
});
export const requestWasDecided = notificationKind('centres-hub.request-decided', 'A request is decided', {
  to: CENTRE_ROLES,
  way: 'both',
  because: becauseOfRequest,
});
export const requestCame = notificationKind(
  'centres-hub.request-came',
  'A request that is assigned to you is answered or given to you',
  {
    to: ['officer', 'quality', 'results', 'finance', 'body_administrator'],
    way: 'page',
    because: 'the request is assigned to you',
  },
);

/**
 * Tells who began and who submitted a request, while they are users of the centre, and its office what the awarding body
 * did about it. Of a confidential one the office is told nothing.
 */
export async function tellRequester(
  writer: Writer,
  kind: NotificationKind,
  request: Pick<LockedRequest, 'id' | 'centreId' | 'begunBy' | 'submittedBy' | 'definition'>,
  { subject, body }: { readonly subject: string; readonly body: string },
): Promise<void> {
  const users = await holdersOf(writer, request.centreId, USER_ROLES);
  const own = users.filter((personId) => personId === request.begunBy || personId === request.submittedBy);
  const office = request.definition.confidential ? [] : await holdersOf(writer, request.centreId, OFFICE);
  await writer.notify({
    kind,
    personIds: [...new Set([...own, ...office])],
    subject,
    body,
    href: `/centres-hub/requests/${request.id}`,
    organisationId: request.centreId,
  });
}

/** Tells whom of the awarding body a request is assigned to that it waits again; one of nobody stands in the queue. */
export async function tellAssigned(
  writer: Writer,
  request: { readonly id: string; readonly assignedTo: string | null },
  { subject, body }: { readonly subject: string; readonly body: string },
): Promise<void> {
  if (request.assignedTo === null) return;
  await writer.notify({
    kind: requestCame,
    personIds: [request.assignedTo],
    subject,
    body,
    href: `/centres-hub/requests/${request.id}`,
  });
}

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
