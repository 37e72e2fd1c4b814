/** Notification kinds of the Web Portal. */
import { notificationKind } from '#platform/notifications/notification-kinds.ts';

export const importEnded = notificationKind(
  'web-portal.import-ended',
  'A file of candidates that you confirmed is registered, or was refused',
  { to: ['coordinator', 'administrator'], way: 'page', because: 'you confirmed the file' },
);
