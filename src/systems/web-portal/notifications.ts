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
/** What became of a registration: withdrawn, reopened. */
export const registrationAmended = notificationKind(
  'web-portal.registration-amended',
  'A registration of your centre is withdrawn or reopened',
  {
    to: ['coordinator', 'administrator'],
    way: 'page',
    because: 'you are a coordinator or administrator of the centre',
  },
);
export const transferMoved = notificationKind(
  'web-portal.transfer-moved',
  'A transfer between centres is asked for, answered or has run out',
  {
    to: ['coordinator', 'administrator'],
    way: 'both',
    because: 'you are a coordinator or administrator of one of the two centres',
  },
);
export const identityDecided = notificationKind(
  'web-portal.identity-decided',
  'The awarding body decided whether two of your records are one person',
  {
    to: ['coordinator', 'administrator'],
    way: 'page',
    because: 'you are a coordinator or administrator of the centre',
  },
);
/** What came of a correction that an officer decides. */
export const amendmentDecided = notificationKind(
  'web-portal.amendment-decided',
  'A correction of a candidate is granted or refused',
  {
    to: ['coordinator', 'administrator'],
    way: 'both',
    because: 'you are a coordinator or administrator of the centre',
  },
);
export const candidateDetailsChanged = notificationKind(
  'web-portal.candidate-details-changed',
  'Another centre corrected the details of a candidate of yours',
  {
    to: ['coordinator', 'administrator'],
    way: 'page',
    because: 'you are a coordinator or administrator of a centre of the candidate',
  },
);
