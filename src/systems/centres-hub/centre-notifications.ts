/** Notification kinds of documents, of becoming a centre and of withdrawals. */
import { notificationKind } from '#platform/notifications/notification-kinds.ts';

const OFFICE = ['coordinator', 'administrator'] as const;
const because = 'you are a coordinator or administrator of the centre';

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
