import { notificationKind } from '#platform/notifications/notification-kinds.ts';

/** Both begin with `connect.notice-`: the top bar counts the notice itself and not them. */
export const noticeToConfirm = notificationKind('connect.notice-to-confirm', 'A notice that you must confirm', {
  to: 'everybody',
  way: 'both',
  because: 'the notice is addressed to you and asks you to confirm it',
  own: true,
});
export const noticeReminder = notificationKind('connect.notice-reminder', 'A reminder of such a notice', {
  to: 'everybody',
  way: 'both',
  because: 'the notice is addressed to you, and you have not done yet what it asks',
  own: true,
});
