import { notificationKind } from '#platform/notifications/notification-kinds.ts';

export const keyExpires = notificationKind('web-portal.key-expires', 'A key of your systems expires soon', {
  to: ['coordinator'],
  way: 'both',
  because: 'you coordinate the centre',
});
