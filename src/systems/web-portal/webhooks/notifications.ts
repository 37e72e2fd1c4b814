import { notificationKind } from '#platform/notifications/notification-kinds.ts';

export const deliveriesFail = notificationKind(
  'web-portal.delivery-given-up',
  'A web address of your systems takes no events',
  { to: ['coordinator'], way: 'both', because: 'you coordinate the centre' },
);
