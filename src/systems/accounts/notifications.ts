import { notificationKind } from '#platform/notifications/notification-kinds.ts';

export const pinWasActivated = notificationKind('accounts.pin-activated', 'A user has activated the PIN', {
  to: ['coordinator'],
  way: 'page',
  because: 'you coordinate the centre',
});
export const pinWasGuessed = notificationKind('accounts.pin-guesses', 'A PIN was given wrongly several times', {
  to: ['coordinator'],
  way: 'both',
  because: 'you coordinate the centre',
  security: true,
});
