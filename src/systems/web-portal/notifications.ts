/** Notification kinds of the Web Portal. */
import { notificationKind } from '#platform/notifications/notification-kinds.ts';

/** What came of a claim of prior learning. */
export const priorLearningMoved = notificationKind(
  'web-portal.prior-learning-moved',
  'A claim of prior learning is decided or returned',
  {
    to: ['coordinator', 'administrator', 'assessor'],
    way: 'both',
    because: 'you proposed it, or you are a coordinator or administrator of the centre',
  },
);
export const importEnded = notificationKind(
  'web-portal.import-ended',
  'A file of candidates that you confirmed is registered, or was refused',
  { to: ['coordinator', 'administrator'], way: 'page', because: 'you confirmed the file' },
);
